import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { FUZZ_SEED, slotsQuestion } from "@/tests/support/slots-questions";
import { computeSlots } from "./slots";
import { type ExplainInput, explainStart } from "./why-not";

const MINUTE = 60_000;
const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds;

/** Dr Ada Example on Monday 23 November 2026 in Berlin: 09:00 to 12:00, visits of half an hour every half hour. */
const ada = (
  over: Partial<ExplainInput> = {},
  visitType: Partial<ExplainInput["visitType"]> = {},
): ExplainInput => ({
  timeZone: "Europe/Berlin",
  rules: [{ weekday: 1, startTime: "09:00", endTime: "12:00" }],
  overrides: [],
  busy: [],
  blocked: { closures: [], timesOff: [], seats: [] },
  bookedStarts: [],
  now: at("2026-11-23T07:00+01:00"),
  ...over,
  visitType: {
    durationMinutes: 30,
    intervalMinutes: 30,
    bufferBeforeMinutes: 10,
    bufferAfterMinutes: 10,
    minNoticeMinutes: 60,
    horizonDays: 14,
    ...visitType,
  },
});
const between = (start: string, end: string) => ({ start: at(start), end: at(end) });
/** A visit from 10:00 to 10:30 with ten minutes before and after it. */
const TEN = {
  ...between("2026-11-23T09:50+01:00", "2026-11-23T10:40+01:00"),
  visitStart: at("2026-11-23T10:00+01:00"),
  visitEnd: at("2026-11-23T10:30+01:00"),
};
const MORNING = between("2026-11-23T09:00+01:00", "2026-11-23T12:00+01:00");

describe("explainStart", () => {
  it.each<[string, ExplainInput, string, string[]]>([
    ["nothing of a start that is offered", ada(), "2026-11-23T09:00+01:00", []],
    ["past", ada(), "2026-11-23T06:30+01:00", ["past", "outside_hours"]],
    ["the notice", ada({}, { minNoticeMinutes: 150 }), "2026-11-23T09:00+01:00", ["too_soon"]],
    ["the horizon", ada(), "2026-12-14T09:00+01:00", ["beyond_horizon"]],
    ["the hours", ada(), "2026-11-23T13:00+01:00", ["outside_hours"]],
    ["the hours that end during the visit", ada(), "2026-11-23T11:45+01:00", ["outside_hours"]],
    [
      "the hours of that date, not the weekly ones",
      ada({ overrides: [{ date: "2026-11-23", intervals: [] }] }),
      "2026-11-23T09:00+01:00",
      ["override"],
    ],
    ["the grid", ada(), "2026-11-23T09:10+01:00", ["off_grid"]],
    [
      "a closure and time off",
      ada({ blocked: { closures: [MORNING], timesOff: [MORNING], seats: [] } }),
      "2026-11-23T09:00+01:00",
      ["closure", "time_off"],
    ],
    ["another visit", ada({ busy: [TEN] }), "2026-11-23T10:00+01:00", ["busy"]],
    ["a buffer", ada({ busy: [TEN] }), "2026-11-23T10:30+01:00", ["buffer"]],
    [
      "one visit in the way, and another too near",
      ada({
        busy: [
          TEN,
          {
            ...TEN,
            start: TEN.start + 50 * MINUTE,
            end: TEN.end + 50 * MINUTE,
            visitStart: TEN.visitStart + 50 * MINUTE,
            visitEnd: TEN.visitEnd + 50 * MINUTE,
          },
        ],
      }),
      "2026-11-23T10:30+01:00",
      ["busy", "buffer"],
    ],
    [
      "the limit of a day",
      ada({ bookedStarts: [at("2026-11-23T09:30+01:00")] }, { maxPerDay: 1 }),
      "2026-11-23T11:00+01:00",
      ["day_full"],
    ],
    [
      "guest seats",
      ada({ blocked: { closures: [], timesOff: [], seats: [MORNING] } }),
      "2026-11-23T09:00+01:00",
      ["no_guest_seat"],
    ],
  ])("tells of %s", (_what, input, start, reasons) => {
    expect(explainStart(input, at(start))).toEqual(reasons);
  });

  it("finds a reason wherever no slot is computed, and none where one is", { timeout: 120_000 }, () => {
    const asked = slotsQuestion.chain(({ blocked, busy, ...question }) =>
      fc.record({
        question: fc.constant(question),
        // Each visit with five minutes of its claim before and after it.
        busy: fc.constant(
          busy.map(({ start, end }) => ({
            ...{ start, end },
            ...{ visitStart: start + 5 * MINUTE, visitEnd: end - 5 * MINUTE },
          })),
        ),
        blocked: fc.constant({
          closures: blocked.slice(0, 1),
          timesOff: blocked.slice(1, 2),
          seats: blocked.slice(2),
        }),
        offsets: fc.array(fc.integer({ min: -60, max: 7 * 24 * 60 }), { minLength: 3, maxLength: 3 }),
      }),
    );
    fc.assert(
      fc.property(asked, ({ question, busy, blocked, offsets }) => {
        const offered = new Set(computeSlots({ ...question, busy, blocked: Object.values(blocked).flat() }));
        const near = offsets.map((minutes) => question.from + minutes * MINUTE);
        const inRange = (start: number) => start >= question.from && start < question.to;
        for (const start of [...near.filter(inRange), ...[...offered].slice(0, 5)]) {
          const reasons = explainStart({ ...question, busy, blocked }, start);
          expect(reasons.length === 0, `${start}: ${reasons.join(", ")}`).toBe(offered.has(start));
        }
      }),
      { numRuns: 4_000, seed: FUZZ_SEED },
    );
  });
});
