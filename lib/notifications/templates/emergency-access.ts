import type { MomentDto } from "@/lib/time/format";
import type { Letter, MailWords } from "./words";

type Opened = { clinic: string; url: string; opened: MomentDto; phone: string | undefined };

/** To a patient whose record was opened by somebody who is not their practitioner. Who and why, the portal says behind the sign-in. */
export const recordOpened = (t: MailWords, given: Opened): Letter => ({
  ...letterOf(t, "recordOpened", given),
  blocks: [
    ...letterOf(t, "recordOpened", given).blocks,
    {
      kind: "note",
      text: given.phone
        ? t("recordOpened.questionsCall", { phone: given.phone })
        : t("recordOpened.questions"),
    },
  ],
});

/** The same to an administrator, who looks whether it was right. */
export const recordOpenedForStaff = (t: MailWords, given: Opened): Letter =>
  letterOf(t, "recordOpenedForStaff", given);

const letterOf = (
  t: MailWords,
  what: "recordOpened" | "recordOpenedForStaff",
  { clinic, url, opened }: Opened,
): Letter => ({
  subject: t(`${what}.subject`, { clinic }),
  preheader: t(`${what}.preheader`),
  title: t(`${what}.title`),
  blocks: [
    {
      kind: "paragraph",
      text: t(`${what}.explain`, { date: opened.shortDate, time: opened.time, zone: opened.zone }),
    },
    { kind: "button", label: t(`${what}.open`), url, otherwise: t("otherwise") },
  ],
});
