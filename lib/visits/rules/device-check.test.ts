import { describe, expect, it } from "vitest";
import { deviceOutcome } from "./device-check";

const GOOD = { browser: true, camera: true, microphone: true, speaker: true, network: true };

describe("what a device check comes to", () => {
  it.each([
    ["ready", {}],
    ["ready", { speaker: null }],
    ["audio_only", { camera: false }],
    ["not_ready", { browser: false }],
    ["not_ready", { microphone: false }],
    ["not_ready", { camera: false, microphone: false }],
    ["not_ready", { speaker: false }],
    ["not_ready", { network: false }],
  ] as const)("%s with %j", (outcome, different) => {
    expect(deviceOutcome({ ...GOOD, ...different })).toBe(outcome);
  });
});
