import { describe, expect, it } from "vitest";
import {
  type CheckState,
  deviceProblem,
  findingsOf,
  HEARD,
  isListened,
  LISTENED,
  microphoneStep,
  NOT_CHECKED,
  resultOf,
} from "./check-machine";

const ok = { name: "ok" } as const;
const good: CheckState = { browser: ok, camera: ok, microphone: ok, speaker: ok, network: ok };
const denied = { name: "problem", problem: "denied" } as const;

describe("resultOf", () => {
  it("says nothing before it knows", () => {
    expect(resultOf(NOT_CHECKED)).toBeUndefined();
    expect(resultOf({ ...good, network: { name: "running" } })).toBeUndefined();
  });

  it("does not wait for an answer about the speaker", () => {
    expect(resultOf({ ...good, speaker: { name: "idle" } })).toBe("ready");
  });

  it("lets a visit be held without a camera, and not without anything else", () => {
    expect(resultOf(good)).toBe("ready");
    expect(resultOf({ ...good, camera: denied })).toBe("audio_only");
    expect(resultOf({ ...good, microphone: denied })).toBe("not_ready");
    expect(resultOf({ ...good, speaker: { name: "problem", problem: "not_heard" } })).toBe("not_ready");
    expect(resultOf({ ...good, network: { name: "problem", problem: "blocked" } })).toBe("not_ready");
    expect(resultOf({ ...NOT_CHECKED, browser: { name: "problem", problem: "in_app" } })).toBe("not_ready");
  });
});

describe("a microphone", () => {
  const silent = { name: "problem", problem: "silent" } as const;

  it("works once a voice was heard, and is silent when none was for long enough", () => {
    expect(microphoneStep(0, 1)).toEqual({ name: "listening" });
    expect(microphoneStep(HEARD, LISTENED - 1)).toEqual({ name: "listening" });
    expect(microphoneStep(HEARD, LISTENED)).toEqual(silent);
    expect(microphoneStep(HEARD + 0.01, LISTENED + 200)).toEqual(ok);
  });

  it("that nobody has heard is not ready, and not told of before it was listened to", () => {
    const listening = { ...good, microphone: { name: "listening" } } as const;
    expect(resultOf(listening)).toBeUndefined();
    expect(findingsOf(listening)).toBeUndefined();
    expect(resultOf({ ...good, microphone: silent })).toBe("not_ready");
    expect(findingsOf({ ...good, microphone: silent })).toMatchObject({ microphone: false });
  });

  it("shows how loud it is as long as it is open", () => {
    expect(isListened(good)).toBe(true);
    expect(isListened({ ...good, microphone: silent })).toBe(true);
    expect(isListened({ ...good, microphone: denied })).toBe(false);
    expect(isListened(NOT_CHECKED)).toBe(false);
  });
});

describe("findingsOf", () => {
  it("waits for everything but the speaker", () => {
    expect(findingsOf(NOT_CHECKED)).toBeUndefined();
    expect(findingsOf({ ...good, microphone: denied, network: { name: "running" } })).toBeUndefined();
    expect(findingsOf({ ...good, speaker: { name: "asked" } })).toMatchObject({ speaker: null });
    expect(findingsOf({ ...good, speaker: { name: "problem", problem: "not_heard" } })).toMatchObject({
      speaker: false,
    });
  });

  it("names what works", () => {
    const all = { browser: true, camera: true, microphone: true, speaker: true, network: true };
    expect(findingsOf(good)).toEqual(all);
    expect(findingsOf({ ...good, camera: denied })).toEqual({ ...all, camera: false });
  });

  it("has nothing good to say of a browser in which nothing was tried", () => {
    const found = findingsOf({ ...NOT_CHECKED, browser: { name: "problem", problem: "in_app" } });
    expect(found).toMatchObject({ browser: false, camera: false, network: false });
  });
});

describe("deviceProblem", () => {
  it.each([
    ["NotAllowedError", "denied"],
    ["NotFoundError", "not_found"],
    ["OverconstrainedError", "not_found"],
    ["NotReadableError", "in_use"],
    ["AbortError", "in_use"],
    ["TypeError", "failed"],
  ])("%s is %s", (name, problem) => {
    expect(deviceProblem(name)).toBe(problem);
  });
});
