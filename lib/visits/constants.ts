/** How long before its start a practitioner may start a visit, and the waiting room is open, until the clinic decides otherwise. */
export const OPENS_BEFORE_MINUTES = 30;

/** How long after its end a visit can still be started, joined or ended, until the clinic decides otherwise. */
export const CLOSES_AFTER_MINUTES = 60;

/** How long after a visit can no longer be joined a personal link still opens its page and the conversation of the two. */
export const OPEN_AFTER_DAYS = 30;

/** What a patient waits for a conference at booking, before the page goes on without it. */
export const OPEN_BUDGET_MS = 2_500;

/** What ending a visit waits for TrueConf, before the job takes over. */
export const CLOSE_BUDGET_MS = 2_500;

/** The conference's name on TrueConf: the same for all, since it is seen by whoever can list conferences there. */
export const CONFERENCE_TOPIC = "Video visit";

/** Patient and practitioner. */
export const PARTICIPANTS = 2;

/** The marker by which we know our conferences on a server that others use too, and that of one encounter's. */
export const PORTAL_TAG = "portal";
export const encounterTag = (encounterId: string): string => `portal-${encounterId}`;

/** Where the sealed text of a waiting message stands, to which its seal is bound. */
export const waitingMessagePlace = (id: string): string => `waiting_message.text:${id}`;

/** How often a process says that its open pages are still there, and after how much silence nobody believes it. */
export const PRESENCE_BEAT_MS = 10_000;
export const PRESENCE_SILENT_MS = 30_000;

/** How long somebody whose stream has ended counts as there: a page that is loaded again comes back within it. */
export const PRESENCE_GRACE_MS = 2_000;

/** What a practitioner writes to whoever waits, in characters. */
export const LONGEST_MESSAGE = 500;

/** How late anybody can say that they run on one day. */
export const LONGEST_DELAY_MINUTES = 480;

/** How long a practitioner's TrueConf account is rung before the portal says that nobody answers. */
export const RING_SECONDS = 45;

/** Where the note of a handover is sealed to. */
export const handoverNotePlace = (handoverId: string): string => `handover.note:${handoverId}`;
