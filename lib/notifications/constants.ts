/**
 * How long a worker that has taken a mail is left alone with it. Longer than sending may take (`deadlineMs` in `lib/mail`) and
 * shorter than the queue's own patience, so that whoever gets the job after a crash finds the mail free.
 */
export const LEASE_SECONDS = 55;

/** How long a mail is tried for; after that it is shown as failed. */
export const GIVE_UP_AFTER_HOURS = 72;

/**
 * What a confirmation waits before it is sent: by then the conference is usually open, and the mail need not speak of a link that
 * follows.
 */
export const CONFIRMATION_DELAY_SECONDS = 3;

/** What a mail about somebody who did not come waits before it is sent: so long it can be taken back without a word. */
export const NO_SHOW_DELAY_SECONDS = 30;

/** Whoever reads a message meanwhile needs no mail that there is one. */
export const UNREAD_DELAY_SECONDS = 180;

/** Whoever could not sign in has been helped otherwise by then. */
export const RESET_WAITS_HOURS = 24;

/** When the calendar entry of a mail reminds. */
export const REMINDER_MINUTES = 15;

/** Where the words of a refused erasure, and the address of somebody's last mail, are sealed to. */
export const erasureReasonPlace = (erasureId: string): string => `erasure.reason:${erasureId}`;
export const erasureContactPlace = (erasureId: string): string => `erasure.contact:${erasureId}`;
