import { describe, expect, it } from "vitest";
import type { WeeklyInterval } from "@/lib/availability/types";
import {
  addInterval,
  copyDay,
  draftOfHours,
  draftOfValues,
  hoursOfDraft,
  removeInterval,
} from "./hours-draft";

const HOURS: WeeklyInterval[] = [
  { weekday: 1, startTime: "09:00", endTime: "13:00" },
  { weekday: 1, startTime: "14:00", endTime: "18:00" },
  { weekday: 6, startTime: "00:00", endTime: "00:00" },
];

describe("a draft of weekly hours", () => {
  it("stands for the hours that it was made of", () => {
    expect(hoursOfDraft(draftOfHours(HOURS))).toEqual(HOURS);
  });

  it("keeps what a refused form had in it, and leaves it out of the picture", () => {
    const draft = draftOfValues({ "start.2.0": "09:00", "end.2.0": "", "aroundTheClock.3": "on" }, 8);
    expect(draft[1]?.intervals).toEqual([{ key: 0, start: "09:00", end: "" }]);
    expect(hoursOfDraft(draft)).toEqual([{ weekday: 3, startTime: "00:00", endTime: "00:00" }]);
  });

  it("copies a day to others", () => {
    const copied = copyDay(draftOfHours(HOURS), 1, [2, 6]);
    expect(hoursOfDraft(copied).map(({ weekday, startTime }) => `${weekday} ${startTime}`)).toEqual([
      "1 09:00",
      "1 14:00",
      "2 09:00",
      "2 14:00",
      "6 09:00",
      "6 14:00",
    ]);
  });

  it("takes rows away and adds new ones that are never mistaken for old ones", () => {
    const [monday] = draftOfHours(HOURS);
    if (!monday) throw new Error("a week begins on Monday");
    const changed = addInterval(removeInterval(monday, 0));
    expect(changed.intervals).toEqual([
      { key: 1, start: "14:00", end: "18:00" },
      { key: 2, start: "", end: "" },
    ]);
    expect(addInterval({ ...monday, intervals: [] }).intervals).toEqual([
      { key: 0, start: "09:00", end: "17:00" },
    ]);
  });
});
