import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";

/** Says when the clock ends a visit that goes on past its time, or in which somebody was left alone. */
export function EndsByItself({ time }: { time: string | null | undefined }) {
  const t = useTranslations("visit.endsByItself");
  if (!time) return null;
  return (
    <Notice tone="wait" announce="status" title={t("title", { time })}>
      <p>{t("body")}</p>
    </Notice>
  );
}
