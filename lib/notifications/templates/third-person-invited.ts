import { patientFacts } from "./visit-facts";
import { type Letter, type MailedVisit, type MailWords, subjectTimes } from "./words";

type Invited = {
  visit: MailedVisit;
  clinic: string;
  kind: "interpreter" | "relative" | "student" | "other";
  /** The invited person's own link. */
  url: string;
};

/** To somebody who is asked to join a visit. Whose visit it is, and what for, is not in it: mails are read by others. */
export const thirdPersonInvited = (t: MailWords, { visit, clinic, kind, url }: Invited): Letter => ({
  subject: t("thirdPersonInvited.subject", subjectTimes(visit)),
  preheader: t("thirdPersonInvited.preheader"),
  title: t("thirdPersonInvited.title"),
  blocks: [
    { kind: "paragraph", text: t("thirdPersonInvited.explain", { clinic, kind }) },
    patientFacts(t, visit),
    { kind: "button", label: t("thirdPersonInvited.open"), url, otherwise: t("otherwise") },
    { kind: "paragraph", text: t("thirdPersonInvited.door") },
    { kind: "note", text: t("thirdPersonInvited.private") },
    { kind: "note", text: t("thirdPersonInvited.mistake") },
  ],
});
