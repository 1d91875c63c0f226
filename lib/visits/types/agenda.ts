import type { ConsentKind } from "@/lib/booking/types/intake";
import type { MomentDto } from "@/lib/time/format";
import type { VisitSigns, VisitState } from "./visit";

/** One visit as a line of a day, for whoever keeps its time: nothing in it is clinical. */
export type StaffItemDto = {
  appointmentId: string;
  patientName: string;
  visitType: string;
  starts: MomentDto;
  endTime: string;
  durationMinutes: number;
  isNoShow: boolean;
  marks: VisitMark[];
  state: VisitSigns;
  noShow: NoShowDto;
};

/** The same for its practitioner, with what they have said to whoever waits. */
export type AgendaItemDto = StaffItemDto & { state: VisitState };

export type NoShowSide = "patient" | "practitioner";

/** What can be said of a visit to which somebody did not come. */
export type NoShowDto = {
  /** Who seems not to have come. */
  proposed: NoShowSide | null;
  /** Of whom a person may say so. */
  may: NoShowSide[];
  /** The clock has said it, by the clinic's setting. */
  isAutomatic: boolean;
};

/** What staff should know of a visit's time: it was put there with a written reason; the schedule has no room for it there. */
export type VisitMark = "overbooked" | "misfit";

/** When nobody can be booked although the week's hours say so. */
export type AwayDto = { kind: "time_off" | "closure"; fromTime: string; toTime: string };

/** What a day has in it. */
export type AgendaDayDto = {
  /** ISO civil date. */
  date: string;
  isToday: boolean;
  title: string;
  /** The same for a narrow column. */
  shortTitle: string;
  /** How late the practitioner has said that they run. */
  delayMinutes: number;
  away: AwayDto[];
  items: AgendaItemDto[];
};

/** One day of a practitioner, in the practitioner's zone. */
export type AgendaDto = AgendaDayDto & {
  /** ISO civil dates. */
  previous: string;
  next: string;
  /** The zone's city. */
  zone: string;
};

/** Seven days of a practitioner from Monday on, in the practitioner's zone. */
export type AgendaWeekDto = {
  /** ISO civil dates: its Monday, and those around it. */
  from: string;
  previous: string;
  next: string;
  isThisWeek: boolean;
  title: string;
  zone: string;
  days: AgendaDayDto[];
};

/** A visit beside the practitioner's call. */
/** Another visit of the same patient and practitioner. */
export type LinkedVisitDto = { appointmentId: string; starts: MomentDto };

export type PractitionerVisitDto = AgendaItemDto & {
  /** The civil date of its start in the practitioner's zone. */
  date: string;
  reason: string | null;
  /** What whoever cancelled it wrote. */
  cancelReason: string | null;
  /** Why it was booked where there was no room. */
  overbookReason: string | null;
  /** What was agreed to, and when. */
  consents: { kind: ConsentKind; version: number; agreed: string }[];
  /** Whether it can still be moved and cancelled by staff. */
  canMove: boolean;
  canCancel: boolean;
  /** The name is there where somebody else speaks for the patient. */
  patientContact: { name: string | null; email: string | null; phone: string | null };
  /** The visit after which this one was booked, and those booked after it, as far as they are the same practitioner's. */
  follows: LinkedVisitDto | null;
  followedBy: LinkedVisitDto[];
  /** Where another visit of the same patient is booked after this one. */
  followUpHref: string;
  /** What was asked at booking, and answered. */
  answers: { questionId: string; question: string; answer: string }[];
  /** TrueConf's own links; whoever has one has a key to the conference. */
  conferenceCalendar: { google: string | null; outlook: string | null; ics: string | null };
  /** The kind of failure that keeps the conference from being opened, or from following the visit to its new time. */
  conferenceFailure: string | null;
};
