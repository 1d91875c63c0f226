import { useTranslations } from "next-intl";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/ui/page-header";
import { Table, TableCell, TableHead, TableRow } from "@/components/ui/table";
import type { ErasuresDto } from "@/lib/privacy/types";

/** Who asks to be erased, for administrators: what waits, the oldest first, and what was decided. */
export function ErasureList({ erasures: { open, decided } }: { erasures: ErasuresDto }) {
  const t = useTranslations("privacy.erasure.list");
  return (
    <div className="flex flex-col gap-8">
      <PageHeader title={t("title")} lead={t("lead")} />
      {open.length === 0 ? (
        <EmptyState title={t("none")} />
      ) : (
        <Table caption={t("openCaption")}>
          <thead>
            <tr>
              <TableHead>{t("name")}</TableHead>
              <TableHead>{t("asked")}</TableHead>
              <TableHead>{t("state")}</TableHead>
            </tr>
          </thead>
          <tbody>
            {open.map(({ erasureId, name, asked, isApproved }) => (
              <TableRow key={erasureId}>
                <TableCell className="wrap-anywhere">
                  {isApproved ? name : <Link href={`/admin/erasures/${erasureId}`}>{name}</Link>}
                </TableCell>
                <TableCell className="whitespace-nowrap tabular-nums">{asked.date}</TableCell>
                <TableCell>{t(isApproved ? "atWork" : "waiting")}</TableCell>
              </TableRow>
            ))}
          </tbody>
        </Table>
      )}
      {decided.length > 0 ? (
        <section aria-labelledby="decided" className="flex flex-col gap-3">
          <h2 id="decided" className="text-lg font-semibold">
            {t("decidedTitle")}
          </h2>
          <Table caption={t("decidedCaption")}>
            <thead>
              <tr>
                <TableHead>{t("asked")}</TableHead>
                <TableHead>{t("decided")}</TableHead>
                <TableHead>{t("outcome")}</TableHead>
              </tr>
            </thead>
            <tbody>
              {decided.map(({ erasureId, asked, decided: at, isDone }) => (
                <TableRow key={erasureId}>
                  <TableCell className="whitespace-nowrap tabular-nums">{asked.date}</TableCell>
                  <TableCell className="whitespace-nowrap tabular-nums">{at?.date}</TableCell>
                  <TableCell>{t(isDone ? "done" : "refused")}</TableCell>
                </TableRow>
              ))}
            </tbody>
          </Table>
        </section>
      ) : null}
    </div>
  );
}
