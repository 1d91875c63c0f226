import { describe, expect, it } from "vitest";
import { type FrameFacts, frameTrouble } from "./frame-trouble";

const FINE: FrameFacts = {
  seconds: 0,
  hasLoaded: true,
  isReachable: true,
  areDevicesRefused: false,
  keepsNothing: false,
  isIn: false,
  isAnybodyIn: false,
};

describe("a frame that shows the video", () => {
  it("is let be, also while somebody chooses a camera", () => {
    expect(frameTrouble({ ...FINE, isReachable: undefined, hasLoaded: false, seconds: 7 })).toBeUndefined();
    expect(frameTrouble({ ...FINE, isAnybodyIn: true, seconds: 29 })).toBeUndefined();
    expect(frameTrouble({ ...FINE, seconds: 59 })).toBeUndefined();
  });

  it("is let be whatever the signs, once TrueConf shows the person inside", () => {
    const signs = { isReachable: false, hasLoaded: false, areDevicesRefused: true, keepsNothing: true };
    expect(frameTrouble({ ...FINE, ...signs, seconds: 60, isIn: true })).toBeUndefined();
  });
});

describe("a frame that is blocked", () => {
  it.each<[string, Partial<FrameFacts>, string]>([
    ["its server does not answer, or nobody trusts its certificate", { isReachable: false }, "unreachable"],
    ["it never loads", { hasLoaded: false, seconds: 8 }, "not_loaded"],
    ["the microphone is refused to this site", { areDevicesRefused: true }, "devices"],
    ["the browser keeps nothing for sites", { keepsNothing: true }, "storage"],
    ["TrueConf sees others, and not this person", { isAnybodyIn: true, seconds: 30 }, "not_seen"],
    ["TrueConf sees nobody at all, for long", { seconds: 60 }, "not_seen"],
  ])("shows when %s", (_sign, facts, trouble) => {
    expect(frameTrouble({ ...FINE, ...facts })).toBe(trouble);
  });
});
