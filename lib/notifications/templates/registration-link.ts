import type { MomentDto } from "@/lib/time/format";
import type { Letter, MailWords } from "./words";

type RegistrationLink = { clinic: string; url: string; expires: MomentDto };

/** To somebody who wants an account. That may have been anybody, so nothing that was typed stands in it. */
export const registrationLink = (t: MailWords, { clinic, url, expires }: RegistrationLink): Letter => ({
  subject: t("registrationLink.subject", { clinic }),
  preheader: t("registrationLink.preheader"),
  title: t("registrationLink.title"),
  blocks: [
    { kind: "paragraph", text: t("registrationLink.explain") },
    { kind: "button", label: t("registrationLink.open"), url, otherwise: t("otherwise") },
    {
      kind: "note",
      text: t("registrationLink.expires", {
        date: expires.shortDate,
        time: expires.time,
        zone: expires.zone,
      }),
    },
    { kind: "note", text: t("registrationLink.private") },
    { kind: "note", text: t("registrationLink.mistake") },
  ],
});
