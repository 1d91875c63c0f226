import type { Temporal } from "temporal-polyfill";
import type { Refusal } from "@/lib/core/result";
import type { WhyNot } from "./rules/why-not";

/** A start that can be booked, and the end of the visit that it begins. */
export type FreeSlot = { startAt: Temporal.Instant; endAt: Temporal.Instant };

/** The next free start of a practitioner, with the visit type that it is for. */
export type NextFreeSlot = FreeSlot & { visitTypeId: string };

export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** One interval of a week's hours, on the wall clock of the practitioner's zone. */
export type WeeklyInterval = {
  /** ISO, 1 = Monday: the day on which the interval begins. */
  weekday: Weekday;
  /** "HH:MM" */
  startTime: string;
  /** "HH:MM"; at or before the start means the next day, "00:00"–"00:00" the whole day. */
  endTime: string;
};

/** An interval of weekly hours with the civil dates on which it holds, both inclusive; open where there is none. */
export type DatedInterval = WeeklyInterval & { validFrom?: string; validTo?: string };

/** The hours of a week and the civil dates from which and until which they hold, both inclusive; `null` is open. */
export type WeeklyPlan = { from: string | null; to: string | null; hours: WeeklyInterval[] };

/** A day of the hours editor: one of every week, or one date. */
export type DayKey = Weekday | "date";

/** A weekday as its readers call it. */
export type DayName = { weekday: Weekday; long: string; short: string };

/** One date whose hours are its own; none at all close it. */
export type DateOverride = { date: string; intervals: { startTime: string; endTime: string }[] };

/** A practitioner's time off, as stored: half-open, on the wall clock of the practitioner's zone. */
export type TimeOffPeriod = {
  timeOffId: string;
  startOn: string;
  /** "HH:MM" */
  startTime: string;
  endOn: string;
  endTime: string;
};

/** Days on which the whole clinic is closed, both inclusive, in the clinic's zone. */
export type ClosureDto = {
  closureId: string;
  title: string;
  startOn: string;
  endOn: string;
  imported: boolean;
};

/** Days of an imported calendar; the UID is the calendar entry's, with the date where the entry repeats. */
export type ImportedClosure = { title: string; startOn: string; endOn: string; importUid: string };

/** A booked visit that a change would leave outside of its practitioner's schedule. */
export type StrandedVisit = {
  appointmentId: string;
  startAt: Temporal.Instant;
  visitTypeNames: unknown;
  patientName: string;
  practitionerName: string;
  /** IANA zone of the practitioner's hours, as it is before the change. */
  timeZone: string;
};

/** What a change would strand; the key stands for exactly this set, and is what whoever leaves them there sends back. */
export type Stranded = { visits: StrandedVisit[]; key: string };

/** The change was not made: it strands visits, and nobody has said yet that they are to stay. */
export type Stranding = Refusal<"strands"> & { stranded: Stranded };

/** Why a schedule was not changed. A practitioner whose schedule is not the actor's to keep is not found. */
export type ScheduleRefusal =
  | "not_found"
  /** More weekly plans, special days or times off than anybody needs. */
  | "too_many"
  /** The date has passed on the practitioner's calendar. */
  | "past"
  | "strands";

/** A stranded visit for a page, on the practitioner's clock. */
export type StrandedVisitDto = {
  appointmentId: string;
  /** Where staff can move it. */
  href: string;
  date: string;
  time: string;
  visitType: string;
  patient: string;
  practitioner: string;
};

/** What a form shows before a change that strands visits; `more` are those that the list has no room for. */
export type StrandedDto = { visits: StrandedVisitDto[]; more: number; key: string };

/** Hours of every week as a line to choose. */
export type PlanLineDto = {
  /** What the page's address calls it. */
  key: string;
  /** In words; `null` is open. */
  from: string | null;
  to: string | null;
  /** ISO date from which it holds, if it does not hold for ever before. */
  validFrom: string | null;
  lines: string[];
  isPresent: boolean;
  isShown: boolean;
};

/** One practitioner's schedule for those who keep it; every text is on the practitioner's calendar and clock. */
export type ScheduleDto = {
  practitionerId: string;
  timeZone: string;
  place: string;
  /** ISO date, the first that a change can be for. */
  today: string;
  plans: PlanLineDto[];
  /** The hours that the editor shows. */
  plan: WeeklyPlan & { key: string; isNew: boolean };
  overrides: { date: string; label: string; lines: string[] }[];
  /** The special day that is being changed. */
  override: DateOverride | null;
  timesOff: { timeOffId: string; label: string }[];
};

/** A closure as a line of a list. */
export type ClosureLineDto = { closureId: string; title: string; days: string; imported: boolean };

/** The days of a calendar file as somebody looks at them before they are added. */
export type ImportDto = {
  /** As the form sends them back. */
  days: string;
  lines: { key: string; title: string; days: string }[];
  /** Entries that were imported before, and those that are no whole days or repeat otherwise than by the year. */
  known: number;
  ignored: number;
  /** What adding them would strand, once that was tried. */
  stranded: StrandedDto | null;
};

/** Why the clinic's closures were not changed. */
export type ClosureRefusal =
  | "not_found"
  | "past"
  | "too_many"
  | "strands"
  | "not_a_calendar"
  /** Nothing of an imported calendar is to come that is not there yet. */
  | "nothing_new"
  /** The calendar was read, and is to be looked at first. */
  | "preview";

/** Why patients are not offered a start: what the schedule and the claims say, or that it cannot be booked at all. */
export type WhyNotOffered =
  | WhyNot
  | "practitioner_inactive"
  | "visit_type_inactive"
  /** The practitioner does not offer this visit type. */
  | "visit_type_not_given";

/** Why one start is not offered, for staff; every text is on the practitioner's clock. */
export type WhyNotDto = {
  choices: {
    practitioners: { value: string; name: string }[];
    visitTypes: { value: string; name: string }[];
  };
  /** As the form has it. */
  asked: { practitionerId: string; visitTypeId: string; date: string; time: string };
  /** The field that kept us from looking; nothing was asked where there is neither this nor an answer. */
  problem: "practitioner" | "visit" | "date" | "time" | null;
  answer: {
    practitioner: string;
    visitType: string;
    /** "Tuesday 14 March, 10:30", and the place whose clocks show it. */
    when: string;
    place: string;
    reasons: {
      reason: WhyNotOffered;
      /** What exactly is in the way: taken times, names of closures. */
      details: { text: string; kind: "visit" | "offer" | "hold" | null; href: string | null }[];
      /** Where it can be changed, for those who may. */
      href: string | null;
    }[];
  } | null;
};
