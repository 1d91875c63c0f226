import { patientFacts } from "./visit-facts";
import { type Letter, type MailedVisit, type MailWords, subjectTimes } from "./words";

type Reminder = {
  visit: MailedVisit;
  /** The patient's personal link, which leads into the waiting room. */
  url: string;
  /** Where camera and sound can be tried. */
  checkUrl: string;
  phone: string | undefined;
};

/** To the patient, some time before the visit. */
export const appointmentReminder = (t: MailWords, { visit, url, checkUrl, phone }: Reminder): Letter => ({
  subject: t("reminder.subject", subjectTimes(visit)),
  preheader: t("reminder.preheader"),
  title: t("reminder.title"),
  blocks: [
    patientFacts(t, visit),
    { kind: "button", label: t("reminder.open"), url, otherwise: t("otherwise") },
    { kind: "note", text: t("bookingConfirmed.private") },
    { kind: "paragraph", text: t("reminder.check", { address: checkUrl }) },
    {
      kind: "paragraph",
      text: phone ? t("reminder.troubleCall", { phone }) : t("reminder.trouble"),
    },
  ],
});
