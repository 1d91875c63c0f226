import { useTranslations } from "next-intl";
import { ButtonLink } from "@/components/ui/button";
import { Notice } from "@/components/ui/notice";
import type { VisitMark } from "@/lib/visits/types/agenda";

/** What staff can do with a visit's time, and why they may have to. */
export function VisitTimeActions({
  visit,
  base,
}: {
  visit: { marks: readonly VisitMark[]; canMove: boolean; canCancel: boolean };
  /** The visit's own page. */
  base: string;
}) {
  const t = useTranslations("agenda.time");
  if (!visit.canMove && !visit.canCancel) return null;
  return (
    <div className="flex flex-col items-start gap-3">
      {visit.marks.includes("misfit") ? (
        <Notice tone="wait" title={t("misfit.title")}>
          <p>{t("misfit.body")}</p>
        </Notice>
      ) : null}
      <div className="flex flex-wrap gap-2">
        {visit.canMove ? (
          <ButtonLink href={`${base}/move`} size="sm">
            {t("move")}
          </ButtonLink>
        ) : null}
        {visit.canCancel ? (
          <ButtonLink href={`${base}/cancel`} size="sm">
            {t("cancel")}
          </ButtonLink>
        ) : null}
      </div>
    </div>
  );
}
