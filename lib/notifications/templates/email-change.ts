import type { MomentDto } from "@/lib/time/format";
import type { Letter, MailWords } from "./words";

type EmailChangeLink = { clinic: string; url: string; expires: MomentDto };

/** To an address that an account is to have. Whoever reads it may be a stranger: it says nothing of whose account. */
export const emailChangeLink = (t: MailWords, { clinic, url, expires }: EmailChangeLink): Letter => ({
  subject: t("emailChangeLink.subject", { clinic }),
  preheader: t("emailChangeLink.preheader"),
  title: t("emailChangeLink.title"),
  blocks: [
    { kind: "paragraph", text: t("emailChangeLink.explain") },
    { kind: "button", label: t("emailChangeLink.open"), url, otherwise: t("otherwise") },
    {
      kind: "note",
      text: t("emailChangeLink.expires", { date: expires.shortDate, time: expires.time, zone: expires.zone }),
    },
    { kind: "note", text: t("emailChangeLink.mistake") },
  ],
});

type EmailChanged = { clinic: string; changed: MomentDto; phone: string | undefined };

/** To the address that an account had: its reader may be the owner, whom somebody has robbed of it. The new one it does not say. */
export const emailChanged = (t: MailWords, { clinic, changed, phone }: EmailChanged): Letter => ({
  subject: t("emailChanged.subject", { clinic }),
  preheader: t("emailChanged.preheader"),
  title: t("emailChanged.title"),
  blocks: [
    {
      kind: "paragraph",
      text: t("emailChanged.explain", { date: changed.shortDate, time: changed.time, zone: changed.zone }),
    },
    {
      kind: "note",
      text: phone ? t("emailChanged.mistakeCall", { phone }) : t("emailChanged.mistake"),
    },
  ],
});
