import { Temporal } from "temporal-polyfill";

/** One visit of a practitioner's day, as far as others wait for it. */
export type DayVisit = {
  appointmentId: string;
  startAt: Temporal.Instant;
  endAt: Temporal.Instant;
  encounterStatus: "planned" | "arrived" | "in_progress" | "finished" | "cancelled";
  /** Since when it is in progress. */
  startedAt: Temporal.Instant | undefined;
};

export type ExpectedStart = {
  startAt: Temporal.Instant;
  /** After the booked start; whole minutes, begun ones counted. */
  lateMinutes: number;
};

const isBefore = (a: Temporal.Instant, b: Temporal.Instant) => Temporal.Instant.compare(a, b) < 0;
const later = (a: Temporal.Instant, b: Temporal.Instant) => (isBefore(a, b) ? b : a);
const wholeMinute = (instant: Temporal.Instant) =>
  instant.round({ smallestUnit: "minute", roundingMode: "ceil" });

/**
 * When the visits of one practitioner's day that nobody has started are to be expected, from what is known: their booked starts, how
 * late the practitioner says they run, since when a visit is in progress, and how long each is booked for.
 *
 * A visit begins no earlier than booked, than announced, and than the one before it can end. An announced lateness holds until it is
 * changed, also where the practitioner catches up: whoever was told of it comes then. A patient who has not come by their own time
 * keeps nobody waiting.
 *
 * @returns nothing for a visit whose expected start has come: why it has not begun, or when it will, is then not known
 */
export function expectedStarts(
  visits: readonly DayVisit[],
  delayMinutes: number,
  now: Temporal.Instant,
): ReadonlyMap<string, ExpectedStart> {
  const expected = new Map<string, ExpectedStart>();
  let free = visits.reduce((until, visit) => later(until, endOf(visit, now) ?? until), BEGINNING);
  for (const { appointmentId, startAt, endAt, encounterStatus } of inOrder(visits)) {
    if (encounterStatus !== "planned" && encounterStatus !== "arrived") continue;
    const told = startAt.add({ minutes: delayMinutes });
    const earliest = wholeMinute(later(told, free));
    if (isBefore(now, earliest)) {
      const lateMinutes = Math.ceil(startAt.until(earliest).total("minutes"));
      expected.set(appointmentId, { startAt: earliest, lateMinutes });
    }
    const isHere = encounterStatus === "arrived" || isBefore(now, told);
    if (isHere) free = later(earliest, now).add(startAt.until(endAt));
  }
  return expected;
}

/** Before every visit. */
const BEGINNING = Temporal.Instant.fromEpochMilliseconds(0);

/** When a visit in progress ends at the earliest: after its booked length, or now where it takes longer. */
const endOf = ({ startAt, endAt, encounterStatus, startedAt }: DayVisit, now: Temporal.Instant) =>
  encounterStatus === "in_progress" && startedAt
    ? later(startedAt.add(startAt.until(endAt)), now)
    : undefined;

const inOrder = (visits: readonly DayVisit[]) =>
  visits.toSorted(
    (a, b) => Temporal.Instant.compare(a.startAt, b.startAt) || (a.appointmentId < b.appointmentId ? -1 : 1),
  );
