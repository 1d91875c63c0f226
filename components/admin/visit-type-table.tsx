import { useLocale, useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Status } from "@/components/ui/status";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { ManagedVisitType } from "@/lib/admin/types/clinic";

/** Every visit type with its times and limits. */
export function VisitTypeTable({ visitTypes }: { visitTypes: readonly ManagedVisitType[] }) {
  const t = useTranslations("admin.visitTypes");
  const state = useTranslations("admin.state");
  const locale = useLocale();
  const number = "text-end tabular-nums whitespace-nowrap";
  const minutes = (count: number) => t("minutes", { count });
  return (
    <Table caption={t("caption")}>
      <thead>
        <tr>
          <TableHead>{t("name")}</TableHead>
          <TableHead>{t("state")}</TableHead>
          <TableHead className="text-end!">{t("duration")}</TableHead>
          <TableHead className="text-end!">{t("interval")}</TableHead>
          <TableHead className="text-end!">{t("notice")}</TableHead>
          <TableHead className="text-end!">{t("horizon")}</TableHead>
          <TableHead className="text-end!">{t("practitioners")}</TableHead>
        </tr>
      </thead>
      <tbody>
        {visitTypes.map((type) => (
          <TableRow key={type.id}>
            <TableCell>
              <Link href={`/admin/visit-types/${type.id}`} className="font-medium">
                {type.names[locale]}
              </Link>
            </TableCell>
            <TableCell>
              <Status kind={type.active ? "done" : "neutral"}>
                {state(type.active ? "active" : "inactive")}
              </Status>
            </TableCell>
            <TableCell className={number}>{minutes(type.durationMinutes)}</TableCell>
            <TableCell className={number}>{minutes(type.intervalMinutes)}</TableCell>
            <TableCell className={number}>
              {type.minNoticeMinutes === 0 ? t("noNotice") : minutes(type.minNoticeMinutes)}
            </TableCell>
            <TableCell className={number}>{t("days", { count: type.horizonDays })}</TableCell>
            <TableCell className={number}>{type.practitioners}</TableCell>
          </TableRow>
        ))}
      </tbody>
    </Table>
  );
}
