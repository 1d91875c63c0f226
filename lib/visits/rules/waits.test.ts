import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { type DayVisit, expectedStarts } from "./waits";

const at = (time: string) => Temporal.Instant.from(`2027-03-16T${time.length === 5 ? `${time}:00` : time}Z`);

type Line = readonly [
  id: string,
  start: string,
  minutes: number,
  status: DayVisit["encounterStatus"],
  startedAt?: string,
];
const day = (lines: readonly Line[]): DayVisit[] =>
  lines.map(([appointmentId, start, minutes, encounterStatus, startedAt]) => ({
    appointmentId,
    startAt: at(start),
    endAt: at(start).add({ minutes }),
    encounterStatus,
    startedAt: startedAt === undefined ? undefined : at(startedAt),
  }));

type Case = {
  name: string;
  now: string;
  delay?: number;
  visits: readonly Line[];
  /** Expected start and lateness; `null` where nothing is known. */
  expected: Readonly<Record<string, readonly [string, number] | null>>;
};

const CASES: readonly Case[] = [
  {
    name: "on time before the day begins",
    now: "08:00",
    visits: [
      ["a", "09:00", 20, "planned"],
      ["b", "09:20", 20, "planned"],
    ],
    expected: { a: ["09:00", 0], b: ["09:20", 0] },
  },
  {
    name: "a visit that began on time holds nobody up",
    now: "09:10",
    visits: [
      ["a", "09:00", 20, "in_progress", "09:00"],
      ["b", "09:20", 20, "arrived"],
    ],
    expected: { a: null, b: ["09:20", 0] },
  },
  {
    name: "a visit that began late takes its length, and so on down the day, until a gap takes it up",
    now: "09:16",
    visits: [
      ["a", "09:00", 20, "in_progress", "09:15"],
      ["b", "09:20", 20, "planned"],
      ["c", "09:40", 20, "planned"],
      ["d", "10:30", 20, "planned"],
    ],
    expected: { a: null, b: ["09:35", 15], c: ["09:55", 15], d: ["10:30", 0] },
  },
  {
    name: "seconds count as a begun minute",
    now: "09:16",
    visits: [
      ["a", "09:00", 20, "in_progress", "09:15:01"],
      ["b", "09:20", 20, "planned"],
    ],
    expected: { b: ["09:36", 16] },
  },
  {
    name: "an early start makes nobody earlier",
    now: "08:55",
    visits: [
      ["a", "09:00", 20, "in_progress", "08:50"],
      ["b", "09:20", 20, "planned"],
    ],
    expected: { b: ["09:20", 0] },
  },
  {
    name: "a visit that overruns: of the next nothing is known, the one after it waits for both",
    now: "09:45",
    visits: [
      ["a", "09:00", 20, "in_progress", "09:00"],
      ["b", "09:20", 20, "arrived"],
      ["c", "09:40", 20, "planned"],
    ],
    expected: { a: null, b: null, c: ["10:05", 25] },
  },
  {
    name: "an overrunning visit is no news for whoever comes after a gap",
    now: "09:45",
    visits: [
      ["a", "09:00", 20, "in_progress", "09:00"],
      ["b", "10:00", 20, "planned"],
    ],
    expected: { b: ["10:00", 0] },
  },
  {
    name: "an announced lateness moves every visit that nobody has started",
    now: "08:00",
    delay: 25,
    visits: [
      ["a", "09:00", 20, "planned"],
      ["b", "09:20", 20, "planned"],
      ["c", "15:00", 20, "planned"],
    ],
    expected: { a: ["09:25", 25], b: ["09:45", 25], c: ["15:25", 25] },
  },
  {
    name: "of an announced and a computed lateness the later counts",
    now: "09:32",
    delay: 10,
    visits: [
      ["a", "09:00", 20, "in_progress", "09:30"],
      ["b", "09:20", 20, "planned"],
      ["c", "11:00", 20, "planned"],
    ],
    expected: { b: ["09:50", 30], c: ["11:10", 10] },
  },
  {
    name: "a start that was announced and has gone by is not put off by inventing another",
    now: "09:25",
    delay: 25,
    visits: [
      ["a", "09:00", 20, "arrived"],
      ["b", "10:00", 20, "planned"],
    ],
    expected: { a: null, b: ["10:25", 25] },
  },
  {
    name: "whoever is there and was not begun with keeps the next waiting",
    now: "09:10",
    visits: [
      ["a", "09:00", 30, "arrived"],
      ["b", "09:30", 20, "planned"],
    ],
    expected: { a: null, b: ["09:40", 10] },
  },
  {
    name: "whoever has not come by their time does not",
    now: "09:10",
    visits: [
      ["a", "09:00", 30, "planned"],
      ["b", "09:30", 20, "planned"],
    ],
    expected: { a: null, b: ["09:30", 0] },
  },
  {
    name: "what is over, cancelled or a no-show keeps nobody waiting and expects nothing",
    now: "09:10",
    visits: [
      ["a", "09:00", 30, "finished", "09:00"],
      ["b", "09:05", 30, "cancelled"],
      ["c", "09:20", 20, "planned"],
    ],
    expected: { a: null, b: null, c: ["09:20", 0] },
  },
  {
    name: "two at one time, one booked on top of the other, come after each other",
    now: "08:00",
    visits: [
      ["b", "09:00", 20, "planned"],
      ["a", "09:00", 20, "planned"],
    ],
    expected: { a: ["09:00", 0], b: ["09:20", 20] },
  },
  {
    name: "the expected instant itself is not to come any more",
    now: "09:00",
    visits: [["a", "09:00", 20, "arrived"]],
    expected: { a: null },
  },
];

describe("expected starts", () => {
  it.each(CASES)("$name", ({ now, delay = 0, visits, expected }) => {
    const found = expectedStarts(day(visits), delay, at(now));
    for (const [id, line] of Object.entries(expected)) {
      const start = found.get(id);
      const known = start ? [start.startAt.toString(), start.lateMinutes] : null;
      expect({ [id]: known }).toEqual({ [id]: line && [at(line[0]).toString(), line[1]] });
    }
  });

  it("do not depend on the order in which visits are read", () => {
    const visits = day(CASES[2]?.visits ?? []);
    expect(expectedStarts(visits.toReversed(), 5, at("09:16"))).toEqual(
      expectedStarts(visits, 5, at("09:16")),
    );
  });

  it("are never earlier than booked", () => {
    for (const { visits, now, delay = 0 } of CASES) {
      for (const { startAt, lateMinutes } of expectedStarts(day(visits), delay, at(now)).values()) {
        expect(lateMinutes).toBeGreaterThanOrEqual(0);
        expect(Temporal.Instant.compare(startAt, at(now))).toBe(1);
      }
    }
  });
});
