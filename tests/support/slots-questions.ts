import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import type { ComputeSlotsInput } from "@/lib/availability/rules/slots-input";

/*
 * Random schedules and questions about them, all around changes of a zone's clock, where hours go wrong.
 */

/** The same cases at every run; another number finds others. */
export const FUZZ_SEED = Number(process.env.FUZZ_SEED ?? 20_261_123);

const ZONES = [
  ...["Africa/Cairo", "Asia/Beirut", "America/Havana", "America/Santiago", "Atlantic/Azores"],
  ...["Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Chatham", "America/New_York", "Europe/Berlin"],
  ...["Pacific/Apia", "Africa/Casablanca", "Europe/London", "Europe/Dublin", "Europe/Moscow", "UTC"],
  ...["Antarctica/Troll", "Pacific/Kiritimati", "America/St_Johns", "Asia/Tehran", "America/Toronto"],
];
const MINUTE = 60_000;
const WEEK = 7 * 24 * 60;

const two = (number: number) => String(number).padStart(2, "0");
const time = fc
  .integer({ min: 0, max: 95 })
  .map((quarter) => `${two(Math.floor(quarter / 4))}:${two((quarter % 4) * 15)}`);
const wallInterval = fc.record({ startTime: time, endTime: time });
const weekday = fc.constantFrom(1, 2, 3, 4, 5, 6, 7);
const rarely = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });

/** Somewhere around a change of a zone's clock; before the railways now and then, when clocks went by the sun. */
const place = fc
  .record({
    timeZone: fc.constantFrom(...ZONES),
    year: fc.oneof(
      { weight: 12, arbitrary: fc.integer({ min: 2005, max: 2037 }) },
      { weight: 1, arbitrary: fc.integer({ min: 1880, max: 2004 }) },
    ),
    nth: fc.integer({ min: 1, max: 4 }),
    minutesAfter: fc.integer({ min: -4 * 24 * 60, max: 24 * 60 }),
  })
  .map(({ timeZone, year, nth, minutesAfter }) => {
    let at = Temporal.PlainDate.from({ year, month: 1, day: 1 }).toZonedDateTime(timeZone);
    for (let change = 0; change < nth; change += 1) at = at.getTimeZoneTransition("next") ?? at;
    return { timeZone, from: at.epochMilliseconds + minutesAfter * MINUTE };
  });

/** A question to `computeSlots`, valid in every field. */
export const slotsQuestion = place.chain(({ timeZone, from }) => {
  const after = (min: number, max: number) =>
    fc.integer({ min, max }).map((minutes) => from + minutes * MINUTE);
  const date = fc
    .integer({ min: -3, max: 8 })
    .map((days) =>
      Temporal.Instant.fromEpochMilliseconds(from)
        .toZonedDateTimeISO(timeZone)
        .toPlainDate()
        .add({ days })
        .toString(),
    );
  const interval = fc
    .tuple(after(-WEEK / 3, WEEK), fc.integer({ min: -30, max: 300 }))
    .map(([start, minutes]) => ({ start, end: start + minutes * MINUTE }));
  return fc.record({
    timeZone: fc.constant(timeZone),
    rules: fc.array(
      fc.tuple(weekday, wallInterval, rarely(date), rarely(date)).map(([day, wall, validFrom, validTo]) => ({
        weekday: day as ComputeSlotsInput["rules"][number]["weekday"],
        ...wall,
        validFrom,
        validTo,
      })),
      { minLength: 4, maxLength: 14 },
    ),
    overrides: fc.uniqueArray(fc.record({ date, intervals: fc.array(wallInterval, { maxLength: 3 }) }), {
      selector: (override) => override.date,
      maxLength: 4,
    }),
    busy: fc.array(interval, { maxLength: 12 }),
    blocked: fc.array(interval, { maxLength: 4 }),
    bookedStarts: fc.array(after(-24 * 60, WEEK), { maxLength: 8 }),
    visitType: fc.record({
      durationMinutes: fc.constantFrom(10, 15, 20, 30, 30, 45, 45, 60, 60, 90, 480, 1_500),
      intervalMinutes: fc.constantFrom(10, 15, 20, 30, 45, 60, 90, 600),
      bufferBeforeMinutes: fc.constantFrom(0, 0, 5, 30),
      bufferAfterMinutes: fc.constantFrom(0, 0, 10, 45),
      minNoticeMinutes: fc.constantFrom(0, 0, 0, 30, 30, 1_440, 4_000),
      horizonDays: fc.constantFrom(0, 1, 2, 3, 4, 5, 7, 9, 30),
      maxPerDay: rarely(fc.integer({ min: 0, max: 3 })),
    }),
    from: fc.constant(from),
    to: fc.oneof(
      { weight: 9, arbitrary: after(24 * 60, WEEK) },
      { weight: 1, arbitrary: after(-60, 24 * 60) },
    ),
    now: fc.oneof(
      { weight: 3, arbitrary: after(-2 * 24 * 60, 0) },
      { weight: 1, arbitrary: after(0, 24 * 60) },
    ),
  });
});
