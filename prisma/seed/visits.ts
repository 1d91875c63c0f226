import { Temporal } from "temporal-polyfill";
import { computeSlots } from "@/lib/availability/rules/slots";
import type { AppointmentStatus } from "@/lib/db/generated/client";
import { PRACTITIONERS, VISIT_TYPES } from "./clinic";
import { PATIENTS } from "./patients";

/** One visit of the plan; people and visit types by their place in the clinic's lists, the demonstration's patient as "demo". */
export type PlannedVisit = {
  practitioner: number;
  visitType: number;
  patient: number | "demo";
  startAt: Temporal.Instant;
  status: AppointmentStatus;
  /** Which of the invented reasons. */
  reason: number;
};

const DAYS_BACK = 14;
const DAYS_AHEAD = 14;
/** Near the present everything stays free: nobody finds a visit half over, and the demonstration can book for now. */
const QUIET_HOURS = { before: 2, after: 3 };
/** The demonstration's practitioner keeps a longer future mostly free. */
const DEMO_QUIET_AFTER_HOURS = 40;

/** Numbers in [0, 1) that look random and are the same at every run (mulberry32). */
function sequence(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const HOUR = 3_600_000;
type Taken = { start: number; end: number };
const meets = (taken: readonly Taken[], start: number, end: number) =>
  taken.some((other) => other.start < end && start < other.end);

/**
 * Two weeks of visits on either side of `now`, within everybody's hours and without a person in two of them at once: those that
 * were are mostly done, some missed or cancelled; those to come are booked, some cancelled.
 */
export function planVisits(now: Temporal.Instant): PlannedVisit[] {
  const random = sequence(20_261_123);
  const present = now.epochMilliseconds;
  const taken = { practitioner: new Map<number, Taken[]>(), patient: new Map<number | "demo", Taken[]>() };
  const plan: PlannedVisit[] = [];

  const add = (visit: Omit<PlannedVisit, "reason" | "startAt">, start: number): boolean => {
    const type = VISIT_TYPES[visit.visitType];
    if (!type) return false;
    const end = start + (type.durationMinutes + type.bufferAfterMinutes) * 60_000;
    const ofPractitioner = taken.practitioner.get(visit.practitioner) ?? [];
    const ofPatient = taken.patient.get(visit.patient) ?? [];
    if (meets(ofPractitioner, start, end) || meets(ofPatient, start, end)) return false;
    taken.practitioner.set(visit.practitioner, [...ofPractitioner, { start, end }]);
    taken.patient.set(visit.patient, [...ofPatient, { start, end }]);
    const startAt = Temporal.Instant.fromEpochMilliseconds(start);
    plan.push({ ...visit, startAt, reason: Math.floor(random() * 6) });
    return true;
  };

  for (const { practitioner, visitType, hours, status } of OF_DEMO_PATIENT) {
    const starts = startsOf(practitioner, visitType, now);
    const wanted = present + hours * HOUR;
    const start = hours < 0 ? starts.findLast((at) => at <= wanted) : starts.find((at) => at >= wanted);
    if (start !== undefined) add({ practitioner, visitType, patient: "demo", status }, start);
  }
  PRACTITIONERS.forEach((_, practitioner) => {
    for (const start of startsOf(practitioner, 0, now)) {
      const isPast = start < present;
      const quietFrom = present - QUIET_HOURS.before * HOUR;
      const quietTo = present + (practitioner === 0 ? DEMO_QUIET_AFTER_HOURS : QUIET_HOURS.after) * HOUR;
      if (start > quietFrom && start < quietTo) continue;
      // The one who is always on duty has as many visits a day as the others, not as many an hour.
      if (random() > (isPast ? 0.14 : 0.06) * (practitioner === 0 ? 0.4 : 1)) continue;
      const patient = Math.floor(random() * PATIENTS.length);
      const chance = random();
      const past = chance < 0.8 ? "fulfilled" : chance < 0.9 ? "noshow" : "cancelled";
      const status = isPast ? past : chance < 0.92 ? "booked" : "cancelled";
      add({ practitioner, visitType: random() < 0.6 ? 0 : 1, patient, status }, start);
    }
  });
  return plan;
}

/** What the demonstration's patient finds under "my visits"; hours from now, to the nearest time within the practitioner's hours. */
const OF_DEMO_PATIENT: readonly {
  practitioner: number;
  visitType: number;
  hours: number;
  status: AppointmentStatus;
}[] = [
  { practitioner: 2, visitType: 0, hours: -11 * 24, status: "fulfilled" },
  { practitioner: 0, visitType: 0, hours: -7 * 24 - 3, status: "fulfilled" },
  { practitioner: 4, visitType: 1, hours: -4 * 24, status: "cancelled" },
  { practitioner: 0, visitType: 1, hours: -26, status: "fulfilled" },
  { practitioner: 0, visitType: 1, hours: 26, status: "booked" },
  { practitioner: 2, visitType: 1, hours: 6 * 24, status: "booked" },
];

/** Everything within the practitioner's hours, as somebody would have found it before anything was booked. */
function startsOf(practitioner: number, visitType: number, now: Temporal.Instant): number[] {
  const [person, type] = [PRACTITIONERS[practitioner], VISIT_TYPES[visitType]];
  if (!person || !type) return [];
  const from = now.epochMilliseconds - DAYS_BACK * 24 * HOUR;
  return computeSlots({
    timeZone: person.timeZone,
    rules: person.hours,
    overrides: [],
    busy: [],
    blocked: [],
    bookedStarts: [],
    visitType: { ...type, bufferBeforeMinutes: 0, minNoticeMinutes: 0 },
    from,
    to: now.epochMilliseconds + DAYS_AHEAD * 24 * HOUR,
    now: from,
  });
}
