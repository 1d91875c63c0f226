import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Monogram } from "@/components/ui/monogram";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { PractitionerLine } from "@/lib/admin/types/clinic";
import { NextFree } from "./practitioner-state";

/** Who can be booked, when they see patients, and when they are free next. */
export function OverviewTable({ practitioners }: { practitioners: readonly PractitionerLine[] }) {
  const t = useTranslations("admin");
  return (
    <Table caption={t("overview.caption")}>
      <thead>
        <tr>
          <TableHead>{t("overview.practitioner")}</TableHead>
          <TableHead>{t("overview.nextFree")}</TableHead>
          <TableHead>{t("overview.hours")}</TableHead>
        </tr>
      </thead>
      <tbody>
        {practitioners.map((line) => (
          <TableRow key={line.id}>
            <TableCell className="align-top">
              <div className="flex items-center gap-3">
                <Monogram name={line.displayName} size="sm" className="hidden sm:inline-flex" />
                <div className="min-w-0">
                  <Link href={`/admin/practitioners/${line.id}`} className="font-medium">
                    {line.displayName}
                  </Link>
                  <p className="text-sm text-muted">{line.specialty}</p>
                </div>
              </div>
            </TableCell>
            <TableCell className="align-top">
              <NextFree line={line} />
            </TableCell>
            <TableCell className="align-top">
              <ul className="tabular-nums">
                {line.hours.map((text) => (
                  <li key={text} className="min-w-44">
                    {text}
                  </li>
                ))}
              </ul>
              <p className="text-sm text-muted">{t("zone", { place: line.zone })}</p>
            </TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
