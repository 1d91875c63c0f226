import type { DeviceFindings } from "@/lib/visits/schema/device-check";

/** What can be wrong with a device, in the words of help that follow. */
export type DeviceProblem =
  /** The person, the browser or the system does not allow it. */
  | "denied"
  | "not_found"
  /** Another program has it. */
  | "in_use"
  | "failed";
export type MicrophoneProblem =
  | DeviceProblem
  /** It is open, and nothing is heard from it: muted, or another one than somebody speaks into. */
  | "silent";
export type NetworkProblem =
  /** The video server does not answer from here. */
  | "unreachable"
  /** The browser makes no connection of the kind that video needs, often because of a company's rules. */
  | "blocked";
export type BrowserProblem =
  | "in_app"
  /** The page did not come by https. */
  | "insecure"
  | "unsupported";

export type Step<P> =
  | { name: "idle" }
  | { name: "running" }
  | { name: "ok" }
  | { name: "problem"; problem: P };

export type CheckState = {
  browser: Step<BrowserProblem>;
  camera: Step<DeviceProblem>;
  /** Open is not enough: it is listened to until a voice was heard. */
  microphone: Step<MicrophoneProblem> | { name: "listening" };
  /** Only the person knows: what they answered to "did you hear it". */
  speaker: Step<"not_heard"> | { name: "asked" };
  network: Step<NetworkProblem>;
};

const IDLE = { name: "idle" } as const;
export const NOT_CHECKED: CheckState = {
  browser: IDLE,
  camera: IDLE,
  microphone: IDLE,
  speaker: IDLE,
  network: IDLE,
};

export type CheckResult = "ready" | "audio_only" | "not_ready";

/**
 * What a check comes to: `undefined` while anything but the speaker is still to be found out. Without a camera a visit can be held;
 * without a microphone, a way to the server or a browser that can do it, it cannot.
 */
export function resultOf({
  browser,
  camera,
  microphone,
  speaker,
  network,
}: CheckState): CheckResult | undefined {
  const steps = [browser, camera, microphone, network];
  const failed = ({ name }: { name: string }) => name === "problem";
  const isOpen = ({ name }: { name: string }) =>
    name === "idle" || name === "running" || name === "listening";
  if (failed(browser) || failed(microphone) || failed(network) || failed(speaker)) return "not_ready";
  if (steps.some(isOpen)) return undefined;
  return failed(camera) ? "audio_only" : "ready";
}

/** Above this part of 1 a voice is heard, and not the room alone. */
export const HEARD = 0.35;

/** How often a microphone's loudness is told, ten times a second, before it counts as silent. */
export const LISTENED = 60;

/**
 * What is known of an open microphone.
 *
 * @param peak the loudest so far, as a part of 1
 * @param listened how often its loudness was told
 */
export function microphoneStep(peak: number, listened: number): CheckState["microphone"] {
  if (peak > HEARD) return { name: "ok" };
  return listened < LISTENED ? { name: "listening" } : { name: "problem", problem: "silent" };
}

/** Whether the microphone is open, so that somebody can see how loud it is. */
export const isListened = ({ microphone }: CheckState): boolean =>
  microphone.name === "ok" ||
  microphone.name === "listening" ||
  (microphone.name === "problem" && microphone.problem === "silent");

/** What there is to tell of a check: `undefined` while anything but the speaker is still to be found out. */
export function findingsOf(state: CheckState): DeviceFindings | undefined {
  const { browser, camera, microphone, speaker, network } = state;
  const isKnown = ({ name }: { name: string }) => name === "ok" || name === "problem";
  const isOk = ({ name }: { name: string }) => name === "ok";
  // In a browser that cannot do it nothing else is tried.
  if (browser.name !== "problem" && ![browser, camera, microphone, network].every(isKnown)) return undefined;
  return {
    browser: isOk(browser),
    camera: isOk(camera),
    microphone: isOk(microphone),
    speaker: isKnown(speaker) ? isOk(speaker) : null,
    network: isOk(network),
  };
}

/** What `getUserMedia` threw, by its name (W3C Media Capture §10.2). */
export function deviceProblem(errorName: string): DeviceProblem {
  switch (errorName) {
    case "NotAllowedError":
    case "SecurityError":
      return "denied";
    case "NotFoundError":
    case "OverconstrainedError":
      return "not_found";
    case "NotReadableError":
    case "AbortError":
      return "in_use";
    default:
      return "failed";
  }
}
