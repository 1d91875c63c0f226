import { describe, expect, it } from "vitest";
import { parseTimesKey, timesKey } from "./live-times";

const practitionerId = "0198a000-0000-7000-8000-000000000001";
const visitTypeId = "0198a000-0000-7000-8000-000000000002";
const window = { practitionerId, visitTypeId, fromMinute: 29_923_140, toMinute: 29_983_620, isHolder: false };

describe("timesKey", () => {
  it.each([window, { ...window, isHolder: true }])("leads back to its window and fits a request", (each) => {
    expect(parseTimesKey(timesKey(each))).toEqual(each);
    expect(timesKey(each).length).toBeLessThanOrEqual(100);
  });

  it.each([
    "",
    "visit:0198a000-0000-7000-8000-000000000001",
    `times:${practitionerId}`,
    timesKey({ ...window, toMinute: window.fromMinute }),
    timesKey({ ...window, toMinute: window.fromMinute + 44 * 24 * 60 }),
    timesKey({ ...window, fromMinute: -1 }),
    timesKey({ ...window, toMinute: 99_999_999 }),
    timesKey({ ...window, practitionerId: "nobody" }),
    `${timesKey(window)}:h:h`,
  ])("has no window for %j", (key) => expect(parseTimesKey(key)).toBeUndefined());
});
