/** What can keep the video from showing inside this page, where a tab of its own would show it. */
export type FrameTrouble = "unreachable" | "not_loaded" | "devices" | "storage" | "not_seen";

/** What a page can know of a frame of another site: little, since the browser keeps the two apart. */
export type FrameFacts = Inside & {
  /** Since the frame was shown. */
  seconds: number;
  hasLoaded: boolean;
  /** Whether the video server answers this page's own question; a certificate that nobody trusts counts as no. */
  isReachable: boolean | undefined;
  /** The microphone was refused to this site, and with it to every frame on it. */
  areDevicesRefused: boolean;
  /**
   * Browsers that keep nothing for sites keep nothing for frames on them either. One that keeps nothing for frames alone does not say so:
   * that shows by the person not being seen.
   */
  keepsNothing: boolean;
};

/** Whether TrueConf shows this person in the conference, and anybody at all. */
export type Inside = { isIn: boolean; isAnybodyIn: boolean };

/** @param people of the visit, as its live state has them */
export const insideOf = (
  people: readonly { kind: string; isIn: boolean }[],
  mine: "patient" | "practitioner",
): Inside => ({
  isIn: people.some(({ kind, isIn }) => kind === mine && isIn),
  isAnybodyIn: people.some(({ isIn }) => isIn),
});

const LOADS_WITHIN_SECONDS = 8;
/** Longer than a first choice of camera and microphone takes. */
const SEEN_WITHIN_SECONDS = 30;
/** The same where nobody else is seen either: the server may tell nobody who is in, and the video be there all the same. */
const SEEN_ALONE_WITHIN_SECONDS = 60;

/**
 * What seems to be wrong with the frame, the surest sign first. The frame itself says nothing when all is well, so that TrueConf does not
 * show the person is the last sign left: the surer where it is known to show others.
 */
export function frameTrouble(facts: FrameFacts): FrameTrouble | undefined {
  if (facts.isIn) return undefined;
  if (facts.isReachable === false) return "unreachable";
  if (!facts.hasLoaded && facts.seconds >= LOADS_WITHIN_SECONDS) return "not_loaded";
  if (facts.areDevicesRefused) return "devices";
  if (facts.keepsNothing) return "storage";
  const patience = facts.isAnybodyIn ? SEEN_WITHIN_SECONDS : SEEN_ALONE_WITHIN_SECONDS;
  return facts.seconds >= patience ? "not_seen" : undefined;
}

/** The moments at which time alone changes the answer. */
export const FRAME_MOMENTS_SECONDS = [LOADS_WITHIN_SECONDS, SEEN_WITHIN_SECONDS, SEEN_ALONE_WITHIN_SECONDS];
