import { MESSAGE_MAX_LENGTH } from "../constants";

/** What the page on which somebody writes knows of a message's length before the server does, in UTF-16 units. */
export const TEXT_RULES = {
  maxLength: MESSAGE_MAX_LENGTH,
  /** From here on what is left is counted. */
  countFrom: MESSAGE_MAX_LENGTH - 500,
} as const;
