import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";

/** Before anybody books: what a video visit is not for. */
export function EmergencyNotice() {
  const t = useTranslations("booking.emergency");
  return (
    <Notice tone="wait" title={t("title")}>
      <p>{t("body")}</p>
    </Notice>
  );
}
