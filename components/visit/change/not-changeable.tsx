import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { VisitChangeDto } from "@/lib/visits/types/visit";
import { ClinicPhone } from "./clinic-phone";

/** Why a visit cannot be changed by its patient any more, and who still can. */
export function NotChangeable({ change }: { change: VisitChangeDto }) {
  const t = useTranslations("change.refusal");
  const { refusal, until } = change;
  if (refusal === null) return null;
  if (refusal === "not_changeable")
    return (
      <Notice tone="info" title={t("not_changeable.title")}>
        <p>{t("not_changeable.body")}</p>
      </Notice>
    );
  return (
    <Notice tone="info" title={t("too_late.title")}>
      <p>{until ? t("too_late.bodyWithUntil", timesOf(until)) : t("too_late.body")}</p>
      <ClinicPhone />
    </Notice>
  );
}

/** A moment as the messages of changing a visit take one. */
export const timesOf = ({ shortDate, time, zone }: NonNullable<VisitChangeDto["until"]>) => ({
  date: shortDate,
  time,
  zone,
});
