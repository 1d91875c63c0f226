import type { MomentDto } from "@/lib/time/format";
import type { Letter, MailWords } from "./words";

type Invitation = {
  clinic: string;
  /** With which the invited person will sign in. */
  address: string;
  url: string;
  expires: MomentDto;
};

/** To somebody for whom an administrator has made an account. */
export const invitation = (t: MailWords, given: Invitation): Letter => passwordLink(t, "invitation", given);

/** To one of the staff to whom an administrator lets set another password. */
export const passwordReset = (t: MailWords, given: Invitation): Letter =>
  passwordLink(t, "passwordReset", given);

const passwordLink = (
  t: MailWords,
  what: "invitation" | "passwordReset",
  { clinic, address, url, expires }: Invitation,
): Letter => ({
  subject: t(`${what}.subject`, { clinic }),
  preheader: t(`${what}.preheader`),
  title: t(`${what}.title`, { clinic }),
  blocks: [
    { kind: "paragraph", text: t(`${what}.explain`) },
    { kind: "facts", facts: [{ label: t("invitation.address"), value: address }] },
    { kind: "button", label: t("invitation.open"), url, otherwise: t("otherwise") },
    {
      kind: "note",
      text: t(`${what}.expires`, { date: expires.shortDate, time: expires.time, zone: expires.zone }),
    },
    { kind: "note", text: t("invitation.private") },
  ],
});
