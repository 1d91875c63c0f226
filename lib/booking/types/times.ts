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
