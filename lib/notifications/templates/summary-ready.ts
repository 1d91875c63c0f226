import { patientFacts } from "./visit-facts";
import { type Letter, type MailedVisit, type MailWords, subjectTimes } from "./words";

/** To the patient: the summary of a visit can be read. Nothing of what it says. */
export const summaryReady = (t: MailWords, { visit, url }: { visit: MailedVisit; url: string }): Letter => ({
  subject: t("summaryReady.subject", subjectTimes(visit)),
  preheader: t("summaryReady.preheader"),
  title: t("summaryReady.title"),
  blocks: [
    { kind: "paragraph", text: t("summaryReady.explain") },
    patientFacts(t, visit),
    { kind: "button", label: t("summaryReady.open"), url, otherwise: t("otherwise") },
    { kind: "note", text: t("bookingConfirmed.private") },
  ],
});
