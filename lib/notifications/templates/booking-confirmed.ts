import { patientFacts } from "./visit-facts";
import { type Letter, type MailedVisit, type MailWords, subjectTimes } from "./words";

type Confirmed = {
  visit: MailedVisit;
  /** The patient's personal link. */
  url: string;
  /** Whether the conference exists already. */
  conferenceReady: boolean;
  phone: string | undefined;
};

/**
 * To the patient, after booking. What the patient typed is not in it, not even the name: anybody can book with somebody else's
 * address, and must not be able to send that person words of their own under the clinic's name.
 */
export const bookingConfirmed = (
  t: MailWords,
  { visit, url, conferenceReady, phone }: Confirmed,
): Letter => ({
  subject: t("bookingConfirmed.subject", subjectTimes(visit)),
  preheader: t("bookingConfirmed.preheader"),
  title: t("bookingConfirmed.title"),
  blocks: [
    patientFacts(t, visit),
    ...(conferenceReady ? [] : [{ kind: "paragraph" as const, text: t("bookingConfirmed.linkFollows") }]),
    { kind: "button", label: t("bookingConfirmed.open"), url, otherwise: t("otherwise") },
    { kind: "note", text: t("bookingConfirmed.private") },
    { kind: "heading", text: t("bookingConfirmed.howTo") },
    {
      kind: "list",
      items: [t("bookingConfirmed.when"), t("bookingConfirmed.prepare"), t("bookingConfirmed.stay")],
    },
    { kind: "heading", text: t("bookingConfirmed.trouble") },
    {
      kind: "paragraph",
      text: phone ? t("bookingConfirmed.troubleCall", { phone }) : t("bookingConfirmed.troubleTry"),
    },
    { kind: "note", text: t("bookingConfirmed.calendar") },
    { kind: "note", text: t("bookingConfirmed.mistake") },
  ],
});
