/** The longest message, in UTF-16 units. Longer texts are for files and letters. */
export const MESSAGE_MAX_LENGTH = 4_000;

/** What one person may send: far more than anybody types. */
export const SEND_LIMIT = { max: 60, windowSeconds: 60 };

/** Messages read at a time, the last ones first. */
export const MESSAGES_PER_PAGE = 50;

/** Conversations listed at a time, those written in last first. */
export const CONVERSATIONS_PER_PAGE = 50;

/** What is unread is counted in so many conversations, those written in last. */
export const COUNTED_CONVERSATIONS = 500;

/** With so many of those seen last can a conversation be begun from the list. */
export const CONTACTS_LISTED = 100;

/** A search opens no more messages than these, from the last one back, and shows no more than those. */
export const SEARCH_MAX_READ = 5_000;
export const SEARCH_MAX_FOUND = 50;

/** Where texts are sealed to. */
export const messagePlace = (messageId: string): string => `message.text:${messageId}`;

/** The largest file, in bytes: a phone's photo, a scan of some pages. Below what a request may carry at all. */
export const FILE_MAX_BYTES = 8 * 1024 * 1024;

export const FILE_NAME_MAX_LENGTH = 120;

/** Files of one message, and of one side of a conversation that wait to be sent. */
export const FILES_PER_MESSAGE = 10;

/** What one person may upload. */
export const ATTACH_LIMIT = { max: 60, windowSeconds: 600 };

/** A file that was not sent by then is removed. */
export const UNSENT_KEPT_HOURS = 24;

/** Left behind by a killed process when older: no scan takes so long. */
export const COPY_KEPT_MINUTES = 10;

/** A file that has had no verdict for so long, and no job any more, is given another. */
export const SCAN_AGAIN_MINUTES = 60;

/** Where a file's name and its bytes are sealed to. */
export const fileNamePlace = (attachmentId: string): string => `attachment.name:${attachmentId}`;
export const fileContentPlace = (attachmentId: string): string => `attachment.content:${attachmentId}`;

/**
 * What may be sent, with the endings that say so: pictures, PDF, and documents that carry no macros. Every browser shows `image`s, and
 * nothing in one of them runs.
 */
export const FILE_TYPES: Readonly<
  Record<string, { endings: readonly string[]; kind: "image" | "document" }>
> = {
  "image/jpeg": { endings: ["jpg", "jpeg"], kind: "image" },
  "image/png": { endings: ["png"], kind: "image" },
  "image/webp": { endings: ["webp"], kind: "image" },
  "image/gif": { endings: ["gif"], kind: "image" },
  "image/heic": { endings: ["heic", "heif"], kind: "document" },
  "application/pdf": { endings: ["pdf"], kind: "document" },
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": {
    endings: ["docx"],
    kind: "document",
  },
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
    endings: ["xlsx"],
    kind: "document",
  },
  "application/vnd.oasis.opendocument.text": { endings: ["odt"], kind: "document" },
  "application/vnd.oasis.opendocument.spreadsheet": { endings: ["ods"], kind: "document" },
};
