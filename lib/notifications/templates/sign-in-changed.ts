import type { MomentDto } from "@/lib/time/format";
import type { Letter, MailWords } from "./words";

type SignInChanged = { clinic: string; url: string; changed: MomentDto; phone: string | undefined };

/** To somebody whose password or second step was changed, by themselves or by somebody in their place. What exactly, it does not say. */
export const signInChanged = (t: MailWords, { clinic, url, changed, phone }: SignInChanged): Letter => ({
  subject: t("signInChanged.subject", { clinic }),
  preheader: t("signInChanged.preheader"),
  title: t("signInChanged.title"),
  blocks: [
    {
      kind: "paragraph",
      text: t("signInChanged.explain", { date: changed.shortDate, time: changed.time, zone: changed.zone }),
    },
    { kind: "button", label: t("signInChanged.open"), url, otherwise: t("otherwise") },
    {
      kind: "note",
      text: phone ? t("signInChanged.mistakeCall", { phone }) : t("signInChanged.mistake"),
    },
  ],
});
