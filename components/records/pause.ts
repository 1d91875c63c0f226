/** A pause in typing after which a note is saved. */
const PAUSE_MS = 1_500;
/** After a saving that did not get through. */
const AGAIN_MS = 5_000;
/** Somebody who types without a pause is saved so often all the same. */
const AT_LEAST_EVERY_MS = 10_000;

/**
 * In how long a text is saved that has just been changed.
 *
 * @param unsavedMs how long something in it has waited to be saved
 */
export const pauseMs = ({ unsavedMs, hasFailed }: { unsavedMs: number; hasFailed: boolean }): number =>
  Math.min(hasFailed ? AGAIN_MS : PAUSE_MS, Math.max(0, AT_LEAST_EVERY_MS - unsavedMs));
