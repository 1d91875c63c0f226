import { z } from "zod";

/**
 * Characters that have no place in what people type into one line: controls, and marks that turn the direction of the text
 * around them (CVE-2021-42574 shows what those can hide).
 */
const UNWANTED_IN_LINE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/u;
/** The same for several lines: line ends and tabs may stay. */
const UNWANTED_IN_TEXT = /(?![\n\t])\p{Cc}|[\p{Bidi_Control}\ufeff]/u;

const isWellFormed = (value: string) => Buffer.from(value, "utf8").toString("utf8") === value;

/** One line: trimmed, composed (NFC), inner runs of space as one. Faults: `required`, `too_long`, `characters`. */
export const lineSchema = (maxLength: number) =>
  z
    .string({ error: "required" })
    .max(maxLength * 4, "too_long")
    .transform((value) => value.normalize("NFC").trim().replace(/ {2,}/g, " "))
    .pipe(
      z
        .string()
        .min(1, "required")
        .max(maxLength, "too_long")
        .refine((value) => !UNWANTED_IN_LINE.test(value) && isWellFormed(value), "characters"),
    );

/** Some text, possibly empty, with line ends as "\n". Faults: `too_long`, `characters`. */
export const textSchema = (maxLength: number) =>
  z
    .string({ error: "required" })
    .max(maxLength * 4, "too_long")
    .transform((value) => value.normalize("NFC").replace(/\r\n?/g, "\n").trim())
    .pipe(
      z
        .string()
        .max(maxLength, "too_long")
        .refine((value) => !UNWANTED_IN_TEXT.test(value) && isWellFormed(value), "characters"),
    );
