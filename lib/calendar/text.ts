/** RFC 5545 §3.3.11 knows no control character in text but the escaped line feed; tab stands for itself. */
const CONTROLS = /(?![\n\t])\p{Cc}|[\p{Zl}\p{Zp}]/gu;

/**
 * Text for a property: every kind of line end as a line feed (the writer escapes it), other controls dropped, and half a
 * surrogate pair, which no encoding can carry, replaced.
 */
export const cleanText = (text: string): string =>
  Buffer.from(text.replace(/\r\n?/g, "\n").replace(CONTROLS, "")).toString();

/** Text for a parameter such as `CN`, which can hold neither quotes nor line ends (RFC 5545 §3.2). */
export const cleanParameter = (text: string): string =>
  cleanText(text)
    .replace(/["\n\t]+/g, " ")
    .trim();
