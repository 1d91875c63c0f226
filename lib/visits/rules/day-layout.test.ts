import { describe, expect, it } from "vitest";
import { axisOf, inLanes } from "./day-layout";

describe("a day's axis", () => {
  it("holds everything between full hours", () => {
    expect(
      axisOf(
        [
          { start: 545, end: 700 },
          { start: 1_000, end: 1_081 },
        ],
        1_440,
      ),
    ).toEqual({ start: 540, end: 1_140 });
  });
  it("ends with the day, also one of 23 hours", () => {
    expect(axisOf([{ start: 0, end: 2_000 }], 1_380)).toEqual({ start: 0, end: 1_380 });
  });
  it("has the usual hours where there is nothing", () =>
    expect(axisOf([], 1_440)).toEqual({ start: 480, end: 1_080 }));
});

describe("what overlaps", () => {
  const lanes = (spans: [number, number][]) =>
    inLanes(spans.map(([start, end]) => ({ start, end }))).map(({ start, lane, lanes: all }) => [
      start,
      lane,
      all,
    ]);

  it("stands side by side", () => {
    expect(
      lanes([
        [0, 30],
        [15, 45],
        [45, 60],
      ]),
    ).toEqual([
      [0, 0, 2],
      [15, 1, 2],
      [45, 0, 1],
    ]);
  });
  it("takes a lane again that has come free, while the group lasts", () => {
    expect(
      lanes([
        [0, 60],
        [0, 20],
        [20, 40],
      ]),
    ).toEqual([
      [0, 0, 2],
      [0, 1, 2],
      [20, 1, 2],
    ]);
  });
  it("is none where one ends as the next begins", () => {
    expect(
      lanes([
        [0, 30],
        [30, 60],
      ]),
    ).toEqual([
      [0, 0, 1],
      [30, 0, 1],
    ]);
  });
});
