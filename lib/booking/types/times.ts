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
  /** Minutes since 1970, by which live news tell times apart. */
  minute: number;
  time: string;
  /** Set where the clock shows the same time twice that day. */
  offset: string | null;
};

export type PartOfDay = "night" | "morning" | "afternoon" | "evening";

/** Why a day has nothing to choose. */
export type EmptyDay =
  /** Over, as the viewer's calendar says. */
  | "past"
  /** After the last day that can be booked. */
  | "beyond"
  /** The practitioner sees nobody on it: no hours, time off, a holiday. */
  | "closed"
  /** Everything left of it begins before the visit type's notice is over. */
  | "too_soon"
  /** Everything is taken, or as many visits are booked as the day may have. */
  | "full"
  /** Today, once its visits are over. */
  | "over";

/** Minutes since 1970; half-open. A day is not always 1,440 of them. */
export type MinuteRange = { fromMinute: number; toMinute: number };

/** A cell of the month. */
export type DayDto = MinuteRange & {
  /** ISO. */
  date: string;
  /** "Tuesday 14 March" */
  name: string;
  dayNumber: string;
  /** How many times each part of the day has. */
  sizes: number[];
  freeTimes: number;
  /** Set where there are no free times. */
  empty: EmptyDay | null;
  isChosen: boolean;
  /** In a week that belongs to this month and to another. */
  isOtherMonth: boolean;
  href: string;
};

/** The times of one day, by part of the day; no parts where there are none. */
export type OpenDayDto = MinuteRange & {
  /** ISO. */
  date: string;
  /** "Tuesday 14 March" */
  name: string;
  freeTimes: number;
  parts: { part: PartOfDay; times: FreeTimeDto[] }[];
};

/** What pages with a practitioner's times have in common, however they show them. */
export type TimesDto = {
  /** One moment on both clocks, where they differ. */
  clocks: { here: MomentDto; there: MomentDto } | null;
  /** The first free time of all, for a day or a month without any. */
  firstFree: { date: string; time: string; href: string } | null;
  /** The time that this visitor holds here, and where it is booked. */
  held: HeldTimeDto | null;
  /** What to follow while the page is open; nothing where what is free depends on more than the visitor. */
  liveKey: string | null;
};

export type HeldTimeDto = { minute: number; date: string; time: string; untilTime: string; href: string };

/** A month of free times, with one day opened. */
export type CalendarDto = TimesDto & {
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
};

/** A day of the list: all its times where it was opened, else the first ones and where the others are. */
export type ListedDayDto = OpenDayDto & { isOpen: boolean; allHref: string | null };

/** The next days with free times. */
export type DayListDto = TimesDto & {
  days: ListedDayDto[];
  /** The same list with more days, or the days after it. */
  moreHref: string | null;
  /** ISO date of the first day that comes then, where it is known. */
  moreFrom: string | null;
  /** The beginning of the list, for one that begins later. */
  firstHref: string | null;
};

export type VisitTypeChoiceDto = {
  visitTypeId: string;
  name: string;
  durationMinutes: number;
  href: string;
  isChosen: boolean;
};

/** The month or the list, as the address says. */
export type TimesView = { view: "month"; calendar: CalendarDto } | { view: "list"; list: DayListDto };

/** A practitioner's page: who, and the free times of one visit type. */
export type PractitionerTimesDto = {
  practitionerId: string;
  name: string;
  specialty: string;
  languages: string;
  introduction: string;
  visitTypes: VisitTypeChoiceDto[];
  /** None where the practitioner offers no visit type. */
  times: ({ visitTypeId: string; monthHref: string; listHref: string } & TimesView) | null;
  zone: ZoneDto;
};
