import { describe, expect, it, vi } from "vitest";
import { createSkewMeter, skewOf } from "./skew";

const DATE = "Sun, 14 Mar 2027 10:30:00 GMT";
const SAID = Date.UTC(2027, 2, 14, 10, 30);

describe("the clock of a server, by its answer's date", () => {
  it.each([
    ["the same", -100, 100, 0],
    ["within its own second", 950, 990, 0],
    ["within a slow answer", -4_000, 4_000, 0],
    ["ahead", -7_000, -6_500, 6_500],
    ["behind", 9_000, 9_200, -8_000],
  ])("is %s", (_what, sent, received, skew) => {
    expect(skewOf({ date: DATE, sentAt: SAID + sent, receivedAt: SAID + received })).toBe(skew);
  });

  it.each([undefined, "", "yesterday"])("is not known by %j", (date) => {
    expect(skewOf({ date, sentAt: SAID, receivedAt: SAID })).toBeUndefined();
  });
});

describe("a clock that is off", () => {
  it("is said when it is found to be, once an hour, and again after it was right", () => {
    const warn = vi.fn();
    const meter = createSkewMeter({ warn });
    const answerAt = (minutes: number, skewMs: number) => {
      const at = SAID + minutes * 60_000;
      meter.note({ date: new Date(at + skewMs).toUTCString(), sentAt: at, receivedAt: at });
    };
    expect(meter.notableMs()).toBe(0);
    answerAt(0, 4_000);
    expect([meter.notableMs(), warn.mock.calls.length]).toEqual([0, 0]);
    answerAt(1, 90_000);
    answerAt(2, 90_000);
    expect([meter.notableMs(), warn.mock.calls.length]).toEqual([90_000, 1]);
    answerAt(61, 90_000);
    expect(warn).toHaveBeenCalledTimes(2);
    answerAt(62, 0);
    answerAt(63, -90_000);
    expect(warn).toHaveBeenLastCalledWith({ skewSeconds: -89 }, expect.any(String));
    expect(meter.notableMs()).toBe(-89_000);
  });
});
