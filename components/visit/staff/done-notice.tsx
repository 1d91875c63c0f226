import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";

const DONE = ["booked", "moved", "cancelled"] as const;
export type Done = (typeof DONE)[number];

export const isDone = (text: string | undefined): text is Done => DONE.some((done) => done === text);

/** What was just done with a visit, and who hears of it. */
export function DoneNotice({
  done,
  email,
  phone,
}: {
  done: Done;
  email: string | null;
  phone: string | null;
}) {
  const t = useTranslations("staff.done");
  return (
    <Notice tone={email ? "live" : "wait"} title={t(`${done}.title`)} announce="status">
      {email ? (
        <p className="break-words">{t(`${done}.mailed`, { email })}</p>
      ) : (
        <p>{t("noAddress", { phone: phone ?? "" })}</p>
      )}
    </Notice>
  );
}
