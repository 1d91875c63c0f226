import type { Block } from "@/lib/mail/content";
import { patientFacts, practitionerFacts } from "./visit-facts";
import { type Letter, type MailedVisit, type MailWords, subjectTimes } from "./words";

type Cancelled = { visit: MailedVisit; url: string };

/** To the patient. `url` leads to booking; nothing in it opens the cancelled visit. */
export const cancelledForPatient = (
  t: MailWords,
  { visit, url, phone }: Cancelled & { phone: string | undefined },
): Letter => {
  const call: Block[] = phone
    ? [{ kind: "paragraph", text: t("cancelledForPatient.troubleCall", { phone }) }]
    : [];
  return {
    subject: t("cancelledForPatient.subject", subjectTimes(visit)),
    preheader: t("cancelledForPatient.preheader"),
    title: t("cancelledForPatient.title"),
    blocks: [
      { kind: "paragraph", text: t("cancelledForPatient.explain") },
      patientFacts(t, visit),
      { kind: "button", label: t("cancelledForPatient.open"), url, otherwise: t("otherwise") },
      ...call,
      { kind: "note", text: t("cancelledForPatient.calendar") },
    ],
  };
};

/** To the practitioner; again without a word on the patient. */
export const cancelledForPractitioner = (t: MailWords, { visit, url }: Cancelled): Letter => ({
  subject: t("cancelledForPractitioner.subject", subjectTimes(visit)),
  preheader: t("cancelledForPractitioner.preheader"),
  title: t("cancelledForPractitioner.title"),
  blocks: [
    { kind: "paragraph", text: t("cancelledForPractitioner.explain") },
    practitionerFacts(t, visit),
    { kind: "button", label: t("cancelledForPractitioner.open"), url, otherwise: t("otherwise") },
    { kind: "note", text: t("cancelledForPractitioner.calendar") },
  ],
});
