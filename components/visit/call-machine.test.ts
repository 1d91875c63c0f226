import { describe, expect, it } from "vitest";
import {
  afterAnswer,
  afterDrop,
  type CallState,
  callOf,
  countDrop,
  type FrameMessage,
  NO_DROPS,
  onceIn,
  readFrameMessage,
  retryDelaySeconds,
} from "./call-machine";

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

describe("what somebody asked for", () => {
  it("is asked again as it was, but takes the call from nobody once it was there", () => {
    expect(onceIn({ take: true, by: "browser" })).toEqual({ take: false, by: "browser" });
  });

  it("is a start where the app is to ring in a visit that began", () => {
    expect(callOf("join", { take: true, by: "app" })).toBe("start");
    expect(callOf("join", { take: true, by: undefined })).toBe("join");
    expect(callOf("third", { take: true, by: undefined })).toBe("third");
  });
});

describe("a dropped call", () => {
  const IN: CallState = {
    name: "in",
    answer: {
      iframe: { src: "https://video.example.org/", title: "", allow: "", allowFullscreen: true },
      webUrl: "https://video.example.org/",
      appLinks: null,
      expiresAt: "2026-11-30T09:00:00Z",
    },
  };

  /** The states after drops that come so many seconds after one another. */
  const dropped = (gaps: readonly number[], message: FrameMessage = "connectionClosed") => {
    let [drops, now] = [NO_DROPS, 1_000_000];
    return gaps.map((seconds) => {
      now += seconds * 1_000;
      drops = countDrop(drops, now);
      return afterDrop(IN, drops, message);
    });
  };
  const delays = (gaps: readonly number[]) =>
    dropped(gaps).map((state) =>
      state.name === "retrying" ? retryDelaySeconds(state.attempt - 1) : state.name,
    );

  it("is joined again later each time, for longer than a server needs to start anew", () => {
    const states = delays([0, 1, 2, 4, 8, 15, 15, 15, 15, 15, 15, 15, 15]);
    expect(states).toEqual([1, 2, 4, 8, 15, 15, 15, 15, 15, 15, 15, 15, "refused"]);
  });

  it("is a first one again after a call that went well", () => {
    expect(delays([0, 1, 1, 60, 1])).toEqual([1, 2, 4, 1, 2]);
  });

  it("is no call any more once somebody has left, or the visit is over", () => {
    const drops = countDrop(NO_DROPS, 1_000_000);
    for (const state of [{ name: "out" }, { name: "left" }, { name: "elsewhere", on: "tab" }] as const)
      expect(afterDrop(state, drops, "connectionClosed")).toBe(state);
  });

  it("is called so when the page turns somebody away again and again", () => {
    const reasons = dropped([0, 1, 1, 1], "loginFail").map((state) => "reason" in state && state.reason);
    expect(reasons).toEqual(["dropped", "dropped", "turned_away", "turned_away"]);
    expect(dropped([0, 1, 1, 1]).at(-1)).toMatchObject({ reason: "dropped" });
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
