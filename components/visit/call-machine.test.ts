import { describe, expect, it } from "vitest";
import { afterAnswer, mayRejoin, readFrameMessage, retryDelaySeconds } from "./call-machine";

describe("after asking for the way in", () => {
  it("waits quietly while it is not time", () => {
    for (const reason of ["not_started", "ended", "cancelled"] as const) {
      expect(afterAnswer({ kind: "refused", reason }, 1)).toEqual({ name: "out" });
    }
  });

  it("leaves the call to the device that has it", () => {
    const answer = { kind: "refused", reason: "elsewhere" } as const;
    expect(afterAnswer(answer, 2)).toEqual({ name: "elsewhere", on: "device" });
  });

  it("tries again by itself what passes by itself, later each time, and not for ever", () => {
    expect(afterAnswer({ kind: "offline" }, 1)).toEqual({ name: "retrying", reason: "offline", attempt: 2 });
    expect(afterAnswer({ kind: "refused", reason: "video_unavailable" }, 40)).toEqual({
      name: "refused",
      reason: "video_unavailable",
    });
    expect([1, 2, 3, 4, 5, 6, 30].map(retryDelaySeconds)).toEqual([1, 2, 4, 8, 15, 15, 15]);
  });

  it("waits for a seat in a visit that goes on, and leaves it to the practitioner whether one begins", () => {
    const answer = { kind: "refused", reason: "no_guest_seat" } as const;
    expect(afterAnswer(answer, 1).name).toBe("retrying");
    expect(afterAnswer(answer, 1, "start").name).toBe("refused");
  });

  it("does not repeat what only a person can mend", () => {
    expect(afterAnswer({ kind: "refused", reason: "video_misconfigured" }, 1).name).toBe("refused");
    expect(afterAnswer({ kind: "refused", reason: "not_found" }, 1).name).toBe("refused");
  });
});

describe("a dropped call", () => {
  it("is joined again three times in a minute", () => {
    expect(mayRejoin([], 0)).toBe(true);
    expect(mayRejoin([1, 2], 3)).toBe(true);
    expect(mayRejoin([1, 2, 3], 4)).toBe(false);
    expect(mayRejoin([1, 2, 3], 60_003)).toBe(true);
  });
});

describe("a message from the video page", () => {
  it("is one of four, or nothing", () => {
    expect(readFrameMessage({ type: "logout" })).toBe("logout");
    expect(readFrameMessage({ type: "other" })).toBeUndefined();
    expect(readFrameMessage("logout")).toBeUndefined();
    expect(readFrameMessage(null)).toBeUndefined();
  });
});
