import type { Temporal } from "temporal-polyfill";
import type { MomentDto } from "@/lib/time/format";

/** Why a time could not be booked. */
export type BookingRefusal =
  /** Somebody else has it. */
  | "slot_taken"
  /** The patient has another visit at that time. */
  | "patient_busy"
  /** Outside the hours, the notice or the horizon, or of a visit type or practitioner that cannot be booked. */
  | "not_offered"
  /** As many guests as the licence allows are expected at that time. */
  | "no_guest_seat"
  /** The same form has already booked another time. */
  | "already_booked";

/** Who comes: a patient with an account, or the contact of somebody without one. */
export type Booker =
  | { kind: "account"; patientId: string; pseudonym: string }
  | { kind: "guest"; name: string; email: string; phone: string | undefined };

export type Booking = {
  practitionerId: string;
  visitTypeId: string;
  startAt: Temporal.Instant;
  reason: string;
  idempotencyKey: string;
  booker: Booker;
  /** The viewer's language and zone: kept for mails and for pages opened by link. */
  locale: string;
  timeZone: string;
  address: string | undefined;
};

export type Booked = {
  appointmentId: string;
  /** The personal link's token, for somebody without an account. */
  token: string | undefined;
};

/** The viewer's zone, as the pages with times name it. */
export type ZoneDto = {
  /** IANA name. */
  timeZone: string;
  place: string;
  /** The offset that holds now. */
  offset: string;
  source: "choice" | "device" | "clinic";
};

/** A free time to choose, on the viewer's clock. */
export type FreeTimeDto = {
  /** RFC 3339. */
  iso: string;
  time: string;
  /** Set where the clock shows the same time twice that day. */
  offset: string | null;
  /** The page that books it. */
  href: string;
};

export type Option = { value: string; name: string };
export type DirectoryFilter = {
  specialty: string | undefined;
  language: string | undefined;
  visitType: string | undefined;
};

/** A practitioner in the directory, with the first free times. */
export type DirectoryEntryDto = {
  practitionerId: string;
  name: string;
  specialty: string;
  languages: string;
  /** All times. */
  href: string;
  next: {
    day: "today" | "tomorrow" | "later";
    date: string;
    visitType: string;
    durationMinutes: number;
    times: FreeTimeDto[];
  } | null;
};

export type DirectoryDto = {
  entries: DirectoryEntryDto[];
  options: { specialties: Option[]; languages: Option[]; visitTypes: Option[] };
  filter: DirectoryFilter;
  zone: ZoneDto;
};

export type PartOfDay = "night" | "morning" | "afternoon" | "evening";

/** A cell of the calendar. */
export type DayDto = {
  /** ISO. */
  date: string;
  /** "Tuesday 14 March" */
  name: string;
  weekday: string;
  dayNumber: string;
  freeTimes: number;
  /** Before today or after the last day that can be booked. */
  isOutside: boolean;
  isChosen: boolean;
  href: string;
};

export type CalendarDto = {
  /** "1–14 March" */
  title: string;
  previousHref: string | null;
  nextHref: string | null;
  days: DayDto[];
  /** The day that is open; none where the whole window has no free time. */
  chosen: { name: string; parts: { part: PartOfDay; times: FreeTimeDto[] }[] } | null;
  /** One moment on both clocks, where they differ. */
  clocks: { here: MomentDto; there: MomentDto } | null;
  /** The first free time of all, for a day or a window without any. */
  firstFree: { date: string; time: string; href: string } | null;
};

export type VisitTypeChoiceDto = {
  visitTypeId: string;
  name: string;
  durationMinutes: number;
  href: string;
  isChosen: boolean;
};

/** A practitioner's page: who, and the free times of one visit type. */
export type PractitionerTimesDto = {
  practitionerId: string;
  name: string;
  specialty: string;
  languages: string;
  introduction: string;
  visitTypes: VisitTypeChoiceDto[];
  /** None where the practitioner offers no visit type. */
  calendar: CalendarDto | null;
  zone: ZoneDto;
};

/** What a patient needs to know of one visit, on the viewer's clock. */
export type VisitFactsDto = {
  practitionerName: string;
  specialty: string;
  visitType: string;
  durationMinutes: number;
  starts: MomentDto;
  endTime: string;
  /** The start on the practitioner's clock, where it differs. */
  practitionerStarts: MomentDto | null;
};

/** The page on which one time is booked. */
export type BookingPageDto = VisitFactsDto & {
  practitionerId: string;
  visitTypeId: string;
  /** The account that books; none for a guest. */
  accountName: string | null;
  /** Set where the time cannot be booked (any more): the nearest ones that can. */
  instead: { moment: MomentDto; href: string }[] | null;
  /** All times of this practitioner and visit type. */
  timesHref: string;
  /** This page. */
  href: string;
};
