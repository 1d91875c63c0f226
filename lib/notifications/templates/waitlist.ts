import type { MomentDto } from "@/lib/time/format";
import { patientFacts } from "./visit-facts";
import { type Letter, type MailedVisit, type MailWords, subjectTimes } from "./words";

type Joined = {
  /** For whom or what they wait: a practitioner's name or a specialty. */
  who: string;
  visitType: string;
  /** "1 – 14 March", on the calendar that was chosen. */
  dates: string;
  /** The personal link to the entry. */
  url: string;
};

/** To somebody who has joined the waitlist. */
export const waitlistJoined = (t: MailWords, { who, visitType, dates, url }: Joined): Letter => ({
  subject: t("waitlistJoined.subject"),
  preheader: t("waitlistJoined.preheader"),
  title: t("waitlistJoined.title"),
  blocks: [
    { kind: "paragraph", text: t("waitlistJoined.explain") },
    {
      kind: "facts",
      facts: [
        { label: t("facts.who"), value: who },
        { label: t("facts.what"), value: visitType },
        { label: t("waitlistJoined.dates"), value: dates },
      ],
    },
    { kind: "button", label: t("waitlistJoined.open"), url, otherwise: t("otherwise") },
    { kind: "note", text: t("waitlistJoined.private") },
    { kind: "note", text: t("waitlistJoined.mistake") },
  ],
});

type Offer = {
  visit: MailedVisit;
  /** Until when it is held, on the recipient's clock. */
  deadline: MomentDto;
  /** The personal link to the entry, where the offer is taken by a button: opening it takes nothing. */
  url: string;
};

/** To the first whom a freed time suits. */
export const waitlistOffer = (t: MailWords, { visit, deadline, url }: Offer): Letter => ({
  subject: t("waitlistOffer.subject", subjectTimes(visit)),
  preheader: t("waitlistOffer.preheader"),
  title: t("waitlistOffer.title"),
  blocks: [
    patientFacts(t, visit),
    {
      kind: "paragraph",
      text: t("waitlistOffer.deadline", { date: deadline.date, time: deadline.time, zone: deadline.zone }),
    },
    { kind: "button", label: t("waitlistOffer.open"), url, otherwise: t("otherwise") },
    { kind: "note", text: t("waitlistOffer.otherwise") },
    { kind: "note", text: t("waitlistJoined.private") },
  ],
});
