import type { Block, Fact } from "@/lib/mail/content";
import type { MailedVisit, MailWords } from "./words";

const when = (t: MailWords, { starts, endTime, theirStart }: MailedVisit): Fact => ({
  label: t("facts.when"),
  value: t("facts.span", { date: starts.date, from: starts.time, to: endTime }),
  details: [
    t("facts.zone", { zone: starts.zone, offset: starts.offset }),
    ...(theirStart
      ? [t("facts.theirTime", { date: theirStart.shortDate, time: theirStart.time, zone: theirStart.zone })]
      : []),
  ],
});

const what = (t: MailWords, { visitType, durationMinutes }: MailedVisit): Fact => ({
  label: t("facts.what"),
  value: t("facts.whatValue", { type: visitType, minutes: durationMinutes }),
});

/** When, with whom and what, for the patient. */
export const patientFacts = (t: MailWords, visit: MailedVisit): Block => ({
  kind: "facts",
  facts: [when(t, visit), { label: t("facts.who"), value: visit.practitionerName }, what(t, visit)],
});

/** When and what, for the practitioner: who comes is to be read in the agenda only. */
export const practitionerFacts = (t: MailWords, visit: MailedVisit): Block => ({
  kind: "facts",
  facts: [when(t, visit), what(t, visit)],
});
