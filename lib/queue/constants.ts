/** How long a practitioner has to take an offered visit. */
export const OFFER_SECONDS = 30;

/** Whose page was last there longer ago than this is offered nothing, and to nobody. */
export const SILENT_AFTER_SECONDS = 15;

/** How often an open page says that it is there. */
export const BEAT_MS = 4_000;

/** Whose page has not been there for so long has forgotten that they are on duty. */
export const DUTY_LAPSES_AFTER_MINUTES = 10;

/** A patient whose page has not been there for so long has gone. */
export const LAPSE_AFTER_MINUTES = 15;

/** Who let somebody go is not asked again for the same person before this time is over. */
export const NOT_AGAIN_MINUTES = 5;

/**
 * A visit from the line that has not begun, and at which nobody of the practice has been for so long, goes back: long enough to load a page
 * again or start a browser anew, and shorter than somebody waits before they give up.
 */
export const RETURN_AFTER_SECONDS = 75;

/** Later than so long after it was accepted nothing goes back by itself: whoever waited has gone, or has called. */
export const RETURN_WITHIN_MINUTES = 60;

/** Where texts are sealed to. */
export const queueReasonPlace = (entryId: string): string => `queue_entry.reason:${entryId}`;
export const queueIntakePlace = (entryId: string): string => `queue_entry.intake:${entryId}`;
export const priorityReasonPlace = (entryId: string): string => `queue_entry.priority:${entryId}`;
