import type { Block } from "@/lib/mail/content";
import { patientFacts } from "./visit-facts";
import { type Letter, type MailedVisit, type MailWords, subjectTimes } from "./words";

type Missed = {
  visit: MailedVisit;
  /** The patient's personal link, where another time is booked. */
  url: string;
  phone: string | undefined;
};

/** To a patient who did not come: no reproach, and a way to another time. */
export const missedByPatient = (t: MailWords, missed: Missed): Letter => write(t, "missedByPatient", missed);

/** To a patient whose practitioner did not come: an apology, and a way to another time. */
export const missedByPractitioner = (t: MailWords, missed: Missed): Letter =>
  write(t, "missedByPractitioner", missed);

function write(
  t: MailWords,
  key: "missedByPatient" | "missedByPractitioner",
  { visit, url, phone }: Missed,
): Letter {
  const call: Block[] = phone ? [{ kind: "paragraph", text: t(`${key}.troubleCall`, { phone }) }] : [];
  return {
    subject: t(`${key}.subject`, subjectTimes(visit)),
    preheader: t(`${key}.preheader`),
    title: t(`${key}.title`),
    blocks: [
      { kind: "paragraph", text: t(`${key}.explain`) },
      patientFacts(t, visit),
      { kind: "button", label: t(`${key}.open`), url, otherwise: t("otherwise") },
      ...call,
      { kind: "note", text: t("bookingConfirmed.private") },
    ],
  };
}
