import type { Letter, MailWords } from "./words";

/** The last mail to somebody whom the portal knows no more: it has no button, for there is nothing left to open. */
export const erasureDone = (
  t: MailWords,
  { clinic, phone }: { clinic: string; phone: string | undefined },
): Letter => ({
  subject: t("erasureDone.subject", { clinic }),
  preheader: t("erasureDone.preheader"),
  title: t("erasureDone.title"),
  blocks: [
    { kind: "paragraph", text: t("erasureDone.explain") },
    { kind: "paragraph", text: t("erasureDone.kept") },
    { kind: "note", text: phone ? t("erasureDone.askCall", { phone }) : t("erasureDone.ask") },
  ],
});

/**
 * To whoever asked to be erased: that the clinic does not do it, and why, in its own words. Who has no account has no page about it to
 * open.
 */
export const erasureRefused = (
  t: MailWords,
  {
    clinic,
    url,
    reason,
    phone,
  }: { clinic: string; url: string | undefined; reason: string; phone: string | undefined },
): Letter => ({
  subject: t("erasureRefused.subject", { clinic }),
  preheader: t("erasureRefused.preheader"),
  title: t("erasureRefused.title"),
  blocks: [
    { kind: "paragraph", text: t("erasureRefused.explain") },
    { kind: "paragraph", text: reason },
    ...(url === undefined
      ? []
      : [{ kind: "button" as const, label: t("erasureRefused.open"), url, otherwise: t("otherwise") }]),
    {
      kind: "note",
      text: phone ? t("erasureRefused.complainCall", { phone }) : t("erasureRefused.complain"),
    },
  ],
});

/** To administrators, one of whom is to decide. Who has asked stands behind the sign-in. */
export const erasureRequested = (t: MailWords, { clinic, url }: { clinic: string; url: string }): Letter => ({
  subject: t("erasureRequested.subject", { clinic }),
  preheader: t("erasureRequested.preheader"),
  title: t("erasureRequested.title"),
  blocks: [
    { kind: "paragraph", text: t("erasureRequested.explain") },
    { kind: "button", label: t("erasureRequested.open"), url, otherwise: t("otherwise") },
  ],
});
