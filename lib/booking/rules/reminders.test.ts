import { describe, expect, it } from "vitest";
import { reminderWindows } from "./reminders";

describe("reminderWindows", () => {
  it("lets each reminder catch up until halfway to the next, and the last to the start", () => {
    expect(reminderWindows([60, 1_440])).toEqual([
      { minutes: 1_440, untilMinutes: 750 },
      { minutes: 60, untilMinutes: 30 },
    ]);
  });

  it("reminds once where the same time is given twice, and never where none is", () => {
    expect(reminderWindows([60, 60])).toEqual([{ minutes: 60, untilMinutes: 30 }]);
    expect(reminderWindows([])).toEqual([]);
  });
});
