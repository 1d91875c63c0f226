import { Temporal } from "temporal-polyfill";
import { computeSlots } from "@/lib/availability/rules/slots";
import type { ComputeSlotsInput } from "@/lib/availability/rules/slots-input";

/*
 * Questions about free times in the words of a clock on the wall.
 */

/** Reads a local time with its offset, so that each expected value shows what a clock on the wall says. */
export const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds;

export const HOURLY = {
  durationMinutes: 60,
  intervalMinutes: 60,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  minNoticeMinutes: 0,
  horizonDays: 60,
};

export type Case = Omit<Partial<ComputeSlotsInput>, "visitType" | "from" | "to" | "now"> & {
  timeZone: string;
  from: string;
  to: string;
  now?: string;
  visitType?: Partial<ComputeSlotsInput["visitType"]>;
};

export const input = ({ from, to, now, visitType, ...rest }: Case): ComputeSlotsInput => ({
  rules: [],
  overrides: [],
  busy: [],
  blocked: [],
  bookedStarts: [],
  ...rest,
  visitType: { ...HOURLY, ...visitType },
  from: at(from),
  to: at(to),
  now: at(now ?? from),
});

/** The starts as a clock in the schedule's zone shows them: "Sun 29 01:30+01:00". */
export function wall(given: ComputeSlotsInput): string[] {
  return computeSlots(given).map((start) => {
    const local = Temporal.Instant.fromEpochMilliseconds(start).toZonedDateTimeISO(given.timeZone);
    return `${local.toPlainDateTime().toString({ smallestUnit: "minute" })}${local.offset}`;
  });
}

export const rule = (weekday: 1 | 2 | 3 | 4 | 5 | 6 | 7, startTime: string, endTime: string) => ({
  weekday,
  startTime,
  endTime,
});

export const everyDay = (startTime: string, endTime: string) =>
  ([1, 2, 3, 4, 5, 6, 7] as const).map((weekday) => rule(weekday, startTime, endTime));

export const BERLIN = { timeZone: "Europe/Berlin" };
/** Monday 23 November 2026. */
export const MONDAY = { from: "2026-11-23T00:00+01:00", to: "2026-11-24T00:00+01:00" };
