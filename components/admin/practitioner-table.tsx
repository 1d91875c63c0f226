import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { PractitionerLine } from "@/lib/admin/types/clinic";
import { PractitionerState } from "./practitioner-state";

/** Every practitioner, active or not. */
export function PractitionerTable({ practitioners }: { practitioners: readonly PractitionerLine[] }) {
  const t = useTranslations("admin.practitioners");
  return (
    <Table caption={t("caption")}>
      <thead>
        <tr>
          <TableHead>{t("name")}</TableHead>
          <TableHead>{t("state")}</TableHead>
          <TableHead>{t("visitTypes")}</TableHead>
          <TableHead>{t("email")}</TableHead>
        </tr>
      </thead>
      <tbody>
        {practitioners.map((line) => (
          <TableRow key={line.id}>
            <TableCell>
              <Link href={`/admin/practitioners/${line.id}`} className="font-medium">
                {line.displayName}
              </Link>
              <p className="text-sm text-muted">{line.specialty}</p>
            </TableCell>
            <TableCell>
              <PractitionerState line={line} />
            </TableCell>
            <TableCell className="min-w-44">
              {line.visitTypes.length > 0 ? line.visitTypes.join(", ") : t("none")}
            </TableCell>
            <TableCell className="text-muted">{line.email}</TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
