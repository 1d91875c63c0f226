import type { MomentDto } from "@/lib/time/format";
import type { Letter, MailWords } from "./words";

type SignInLink = { clinic: string; url: string; expires: MomentDto };

/** To a patient who has asked to sign in by mail: that may have been anybody, so it says so. */
export const signInLink = (t: MailWords, { clinic, url, expires }: SignInLink): Letter => ({
  subject: t("signInLink.subject", { clinic }),
  preheader: t("signInLink.preheader"),
  title: t("signInLink.title"),
  blocks: [
    { kind: "paragraph", text: t("signInLink.explain") },
    { kind: "button", label: t("signInLink.open"), url, otherwise: t("otherwise") },
    {
      kind: "note",
      text: t("signInLink.expires", { date: expires.shortDate, time: expires.time, zone: expires.zone }),
    },
    { kind: "note", text: t("signInLink.private") },
    { kind: "note", text: t("signInLink.mistake") },
  ],
});
