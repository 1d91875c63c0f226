/** The longest message, in UTF-16 units. Longer texts are for files and letters. */
export const MESSAGE_MAX_LENGTH = 4_000;

/** What one person may send: far more than anybody types. */
export const SEND_LIMIT = { max: 60, windowSeconds: 60 };

/** Messages read at a time, the last ones first. */
export const MESSAGES_PER_PAGE = 50;

/** Conversations listed at a time, those written in last first. */
export const CONVERSATIONS_PER_PAGE = 50;

/** With so many of those seen last can a conversation be begun from the list. */
export const CONTACTS_LISTED = 100;

/** A search opens no more messages than these, from the last one back, and shows no more than those. */
export const SEARCH_MAX_READ = 5_000;
export const SEARCH_MAX_FOUND = 50;

/** Where texts are sealed to. */
export const messagePlace = (messageId: string): string => `message.text:${messageId}`;
