import type { Block } from "@/lib/mail/content";
import { patientFacts } from "./visit-facts";
import { type Letter, type MailedVisit, type MailWords, subjectTimes } from "./words";

type Late = {
  visit: MailedVisit;
  /** By how much. */
  minutes: number;
  /** When the visit is to begin instead, on the recipient's clock. */
  expectedTime: string;
  /** The patient's personal link. */
  url: string;
  phone: string | undefined;
};

/** To a patient who is not in the waiting room yet. The visit's own time stays as it was booked. */
export const runningLate = (t: MailWords, { visit, minutes, expectedTime, url, phone }: Late): Letter => {
  const call: Block[] = phone ? [{ kind: "paragraph", text: t("runningLate.troubleCall", { phone }) }] : [];
  return {
    subject: t("runningLate.subject", { ...subjectTimes(visit), expected: expectedTime }),
    preheader: t("runningLate.preheader"),
    title: t("runningLate.title", { expected: expectedTime }),
    blocks: [
      { kind: "paragraph", text: t("runningLate.explain", { minutes, expected: expectedTime }) },
      patientFacts(t, visit),
      { kind: "button", label: t("runningLate.open"), url, otherwise: t("otherwise") },
      { kind: "paragraph", text: t("runningLate.stay") },
      ...call,
      { kind: "note", text: t("bookingConfirmed.private") },
    ],
  };
};
