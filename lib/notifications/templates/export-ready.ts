import type { MomentDto } from "@/lib/time/format";
import type { Letter, MailWords } from "./words";

type ExportReady = { clinic: string; url: string; expires: MomentDto; phone: string | undefined };

/** To whoever asked for a copy of what is kept about them: that it is there, and nothing of what is in it. */
export const exportReady = (t: MailWords, { clinic, url, expires, phone }: ExportReady): Letter => ({
  subject: t("exportReady.subject", { clinic }),
  preheader: t("exportReady.preheader"),
  title: t("exportReady.title"),
  blocks: [
    { kind: "paragraph", text: t("exportReady.explain") },
    { kind: "button", label: t("exportReady.open"), url, otherwise: t("otherwise") },
    {
      kind: "note",
      text: t("exportReady.expires", { date: expires.shortDate, time: expires.time, zone: expires.zone }),
    },
    { kind: "note", text: phone ? t("exportReady.mistakeCall", { phone }) : t("exportReady.mistake") },
  ],
});
