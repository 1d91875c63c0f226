import type { MomentDto } from "@/lib/time/format";

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

export type PartOfDay = "night" | "morning" | "afternoon" | "evening";

/** Why a day has nothing to choose. */
export type EmptyDay =
  /** Over, as the viewer's calendar says. */
  | "past"
  /** After the last day that can be booked. */
  | "beyond"
  /** Anything else. */
  | "none";

/** A cell of the month. */
export type DayDto = {
  /** ISO. */
  date: string;
  /** "Tuesday 14 March" */
  name: string;
  dayNumber: string;
  freeTimes: number;
  /** Set where there are no free times. */
  empty: EmptyDay | null;
  isChosen: boolean;
  /** In a week that belongs to this month and to another. */
  isOtherMonth: boolean;
  href: string;
};

/** The times of one day, by part of the day; no parts where there are none. */
export type OpenDayDto = {
  /** ISO. */
  date: string;
  /** "Tuesday 14 March" */
  name: string;
  freeTimes: number;
  parts: { part: PartOfDay; times: FreeTimeDto[] }[];
};

/** A month of free times, with one day opened. */
export type CalendarDto = {
  /** "March 2027" */
  title: string;
  previousHref: string | null;
  nextHref: string | null;
  /** Monday to Sunday. */
  weekdays: { short: string; long: string }[];
  /** Whole weeks, each from Monday. */
  weeks: DayDto[][];
  /** The day that is open; none where the whole month has no free time. */
  chosen: OpenDayDto | null;
  /** One moment on both clocks, where they differ. */
  clocks: { here: MomentDto; there: MomentDto } | null;
  /** The first free time of all, for a day or a month without any. */
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
