import type { MomentDto } from "@/lib/time/format";
import { patientFacts, practitionerFacts } from "./visit-facts";
import { type Letter, type MailedVisit, type MailWords, subjectTimes } from "./words";

type Moved = {
  visit: MailedVisit;
  /** When it was to be before. */
  before: MomentDto;
  url: string;
};

const formerTime = (t: MailWords, { date, time, zone }: MomentDto) => t("moved.before", { date, time, zone });

/** To the patient: the new time first, with a fresh personal link; the old one only so that it can be told apart. */
export const movedForPatient = (
  t: MailWords,
  { visit, before, url, phone }: Moved & { phone: string | undefined },
): Letter => ({
  subject: t("moved.subject", subjectTimes(visit)),
  preheader: t("moved.preheader"),
  title: t("moved.title"),
  blocks: [
    patientFacts(t, visit),
    { kind: "paragraph", text: formerTime(t, before) },
    { kind: "button", label: t("moved.open"), url, otherwise: t("otherwise") },
    { kind: "note", text: t("bookingConfirmed.private") },
    { kind: "paragraph", text: phone ? t("moved.troubleCall", { phone }) : t("moved.trouble") },
    { kind: "note", text: t("moved.calendar") },
  ],
});

/** To the practitioner; without a word on the patient. */
export const movedForPractitioner = (t: MailWords, { visit, before, url }: Moved): Letter => ({
  subject: t("movedForPractitioner.subject", subjectTimes(visit)),
  preheader: t("movedForPractitioner.preheader"),
  title: t("movedForPractitioner.title"),
  blocks: [
    practitionerFacts(t, visit),
    { kind: "paragraph", text: formerTime(t, before) },
    { kind: "button", label: t("movedForPractitioner.open"), url, otherwise: t("otherwise") },
    { kind: "note", text: t("moved.calendar") },
  ],
});
