import type { Block } from "@/lib/mail/content";
import { patientFacts } from "./visit-facts";
import type { Letter, MailedVisit, MailWords } from "./words";

/** A visit to come with a personal link made for this mail. */
export type ListedVisit = { visit: MailedVisit; url: string };

/** To an address for which somebody has asked for its links again: that may have been anybody, so it says so. */
export const visitList = (t: MailWords, visits: readonly ListedVisit[]): Letter => ({
  subject: t("visitList.subject"),
  preheader: t("visitList.preheader"),
  title: t("visitList.title"),
  blocks: [
    { kind: "paragraph", text: t("visitList.explain", { count: visits.length }) },
    ...visits.flatMap(({ visit, url }): Block[] => [
      patientFacts(t, visit),
      { kind: "button", label: t("bookingConfirmed.open"), url, otherwise: t("otherwise") },
    ]),
    { kind: "note", text: t("visitList.private") },
    { kind: "note", text: t("visitList.mistake") },
  ],
});
