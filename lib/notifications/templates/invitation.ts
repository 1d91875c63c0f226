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
export const invitation = (t: MailWords, { clinic, address, url, expires }: Invitation): Letter => ({
  subject: t("invitation.subject", { clinic }),
  preheader: t("invitation.preheader"),
  title: t("invitation.title", { clinic }),
  blocks: [
    { kind: "paragraph", text: t("invitation.explain") },
    { kind: "facts", facts: [{ label: t("invitation.address"), value: address }] },
    { kind: "button", label: t("invitation.open"), url, otherwise: t("otherwise") },
    {
      kind: "note",
      text: t("invitation.expires", { date: expires.shortDate, time: expires.time, zone: expires.zone }),
    },
    { kind: "note", text: t("invitation.private") },
  ],
});
