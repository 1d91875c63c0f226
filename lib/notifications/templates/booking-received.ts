import { practitionerFacts } from "./visit-facts";
import { type Letter, type MailedVisit, type MailWords, subjectTimes } from "./words";

/** To the practitioner, after a booking: nothing in it says who comes or why. `url` leads into the agenda, behind the sign-in. */
export const bookingReceived = (
  t: MailWords,
  { visit, url }: { visit: MailedVisit; url: string },
): Letter => ({
  subject: t("bookingReceived.subject", subjectTimes(visit)),
  preheader: t("bookingReceived.preheader"),
  title: t("bookingReceived.title"),
  blocks: [
    practitionerFacts(t, visit),
    { kind: "button", label: t("bookingReceived.open"), url, otherwise: t("otherwise") },
    { kind: "note", text: t("bookingReceived.private") },
    { kind: "note", text: t("bookingReceived.calendar") },
  ],
});
