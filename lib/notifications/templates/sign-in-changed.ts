import type { MomentDto } from "@/lib/time/format";
import type { Letter, MailWords } from "./words";

type Changed = { clinic: string; url: string; changed: MomentDto; phone: string | undefined };

/** To somebody whose password or second step was changed, by themselves or by somebody in their place. What exactly, it does not say. */
export const signInChanged = (t: MailWords, given: Changed): Letter => changeOf(t, "signInChanged", given);

/** To somebody whose roles were changed, or whose account was opened again, by an administrator. */
export const accountChanged = (t: MailWords, given: Changed): Letter => changeOf(t, "accountChanged", given);

const changeOf = (
  t: MailWords,
  what: "signInChanged" | "accountChanged",
  { clinic, url, changed, phone }: Changed,
): Letter => ({
  subject: t(`${what}.subject`, { clinic }),
  preheader: t(`${what}.preheader`),
  title: t(`${what}.title`),
  blocks: [
    {
      kind: "paragraph",
      text: t(`${what}.explain`, { date: changed.shortDate, time: changed.time, zone: changed.zone }),
    },
    { kind: "button", label: t("signInChanged.open"), url, otherwise: t("otherwise") },
    {
      kind: "note",
      text: phone ? t(`${what}.mistakeCall`, { phone }) : t(`${what}.mistake`),
    },
  ],
});
