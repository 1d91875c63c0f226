import { getTranslations } from "next-intl/server";
import { Notice } from "@/components/ui/notice";

/** Says, before somebody waits for a mail, that mail is late at present. */
export async function MailDelayed({ delayed }: { delayed: boolean }) {
  if (!delayed) return null;
  const t = await getTranslations("auth.delayed");
  return (
    <Notice tone="wait" title={t("title")} announce="status">
      <p>{t("body")}</p>
    </Notice>
  );
}
