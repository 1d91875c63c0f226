import type { EMERGENCY_REASONS } from "./constants";

export type EmergencyReason = (typeof EMERGENCY_REASONS)[number];

/** Why no record was opened: there is nobody of that name with that address or phone, or none that is theirs to open. */
export type OpenRefusal = "not_found";

/** Why one was not given back: it is not theirs, or over already. */
export type EndRefusal = "not_found";

/** An access that a practitioner holds at present. */
export type EmergencyAccessDto = {
  accessId: string;
  patientName: string;
  /** Until when, on the practitioner's clock. */
  untilTime: string;
  untilIso: string;
};

/** One of the patient's visits, with whomever. */
export type EmergencyVisitDto = {
  appointmentId: string;
  date: string;
  time: string;
  status: "pending" | "booked" | "arrived" | "fulfilled" | "cancelled" | "noshow";
  visitType: string;
  practitionerName: string;
  reason: string | null;
  answers: { questionId: string; question: string; answer: string }[];
  /** As it stands; earlier versions stay with its author. */
  note: string | null;
  /** What was signed, addenda included. */
  summary: string | null;
};

/** A record as break-glass shows it. */
export type EmergencyRecordDto = EmergencyAccessDto & {
  reason: EmergencyReason;
  /** In the practitioner's own words. */
  text: string;
  zone: string;
  contacts: { patientId: string; contactName: string | null; email: string | null; phone: string | null }[];
  visits: EmergencyVisitDto[];
};
