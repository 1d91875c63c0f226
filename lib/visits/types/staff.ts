import type { ChoiceDto, StaffArea, StaffStepDto, SuggestionDto } from "@/lib/booking/types/staff";
import type { AwayDto, StaffItemDto } from "./agenda";

/** Minutes since the beginning of the day that is shown; half-open. */
export type SpanDto = { start: number; end: number };

/** Where something stands beside what overlaps it: in this lane of so many. */
export type LaneDto = SpanDto & { lane: number; lanes: number };

/** Something that takes a practitioner's time. Nothing of it is clinical. */
export type DayClaimDto = LaneDto & { id: string } & (
    | { kind: "visit"; visit: StaffItemDto }
    /** A time that a visitor or the waitlist's next one has been given for some minutes. */
    | { kind: "hold" | "offer"; visitType: string; fromTime: string; toTime: string }
  );

/** One practitioner's day. */
export type DayColumnDto = {
  practitionerId: string;
  name: string;
  specialtyCode: string;
  specialty: string;
  /** The hours are this date's own. */
  hasOwnHours: boolean;
  working: (SpanDto & { fromTime: string; toTime: string })[];
  away: (SpanDto & AwayDto)[];
  claims: DayClaimDto[];
  cancelled: StaffItemDto[];
};

/** One day of the whole clinic, on the clinic's clock. */
export type ClinicDayDto = {
  /** ISO civil dates. */
  date: string;
  previous: string;
  next: string;
  isToday: boolean;
  title: string;
  zone: string;
  /** What of the day is drawn, with the full hours in it. */
  axis: SpanDto & { hours: { minute: number; time: string }[] };
  /** Where the present is; nothing on other days. */
  nowMinute: number | null;
  columns: DayColumnDto[];
  /** Who neither works nor has anything that day. */
  absent: { practitionerId: string; name: string; specialtyCode: string }[];
};

/** A visit as whoever keeps its time sees it: who, when, with whom. */
export type StaffVisitDto = StaffItemDto & {
  area: StaffArea;
  /** Where it is seen, and the day on which it is. */
  path: string;
  dayPath: string;
  practitionerId: string;
  practitionerName: string;
  visitTypeId: string;
  zone: string;
  patientId: string;
  contact: { name: string | null; email: string | null; phone: string | null };
  /** Written for them: they answer for every double booking. */
  overbookReason: string | null;
  movedFrom: string | null;
  cancelledBy: "patient" | "staff" | "system" | null;
  canMove: boolean;
  canCancel: boolean;
};

/** The page on which staff move a visit. */
export type StaffMoveDto = {
  visit: StaffVisitDto;
  path: string;
  /** Who may take it; one alone for practitioners. */
  practitioners: ChoiceDto[];
  to: { practitionerId: string; practitionerName: string } | null;
  suggestions: SuggestionDto[];
  /** Nothing where it cannot be moved any more, or nobody offers such visits. */
  step: StaffStepDto | null;
};
