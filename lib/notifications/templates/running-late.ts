import type { Block } from "@/lib/mail/content";
import { patientFacts } from "./visit-facts";
import { type Letter, type MailedVisit, type MailWords, subjectTimes } from "./words";

type Late = {
  visit: MailedVisit;
  /** By how much; zero takes back what was said before. */
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
  const expected = expectedTime;
  const [head, explain] =
    minutes === 0
      ? ([
          {
            subject: t("runningLate.takenBack.subject", subjectTimes(visit)),
            preheader: t("runningLate.takenBack.preheader"),
            title: t("runningLate.takenBack.title", { expected }),
          },
          t("runningLate.takenBack.explain", { expected }),
        ] as const)
      : ([
          {
            subject: t("runningLate.subject", { ...subjectTimes(visit), expected }),
            preheader: t("runningLate.preheader"),
            title: t("runningLate.title", { expected }),
          },
          t("runningLate.explain", { minutes, expected }),
        ] as const);
  return {
    ...head,
    blocks: [
      { kind: "paragraph", text: explain },
      patientFacts(t, visit),
      { kind: "button", label: t("runningLate.open"), url, otherwise: t("otherwise") },
      { kind: "paragraph", text: t("runningLate.stay") },
      ...call,
      { kind: "note", text: t("bookingConfirmed.private") },
    ],
  };
};
