import { FILE_MAX_BYTES, FILE_NAME_MAX_LENGTH, FILE_TYPES, MESSAGE_MAX_LENGTH } from "./constants";
import type { AttachRefusal, SendRefusal, Side } from "./types";

export const otherSide = (side: Side): Side => (side === "patient" ? "practitioner" : "patient");

/** Why a text cannot be sent, or nothing. With files it may be empty. */
export function textRefusal(text: string, files = 0): Extract<SendRefusal, "empty" | "too_long"> | undefined {
  if (text.length > MESSAGE_MAX_LENGTH) return "too_long";
  return text.trim() === "" && files === 0 ? "empty" : undefined;
}

/**
 * Whether a mail should say that there is something unread. Once for each stretch: until its reader has got as far as the last mail
 * spoke of, there is nothing new to say.
 */
export const needsNotice = ({
  readSequence,
  noticedSequence,
}: {
  readSequence: number;
  noticedSequence: number;
}): boolean => noticedSequence <= readSequence;

/** Text as it is searched: without regard to case, or to how its letters are composed. */
export const folded = (text: string): string => text.normalize("NFKC").toLowerCase();

const endingOf = (name: string): string | undefined => /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();

/**
 * A file's name as it is kept: its last part, in one line, without what would turn or hide a part of it, the ending kept.
 */
export function keptFileName(name: string): string {
  const line = (name.split(/[\\/]/).at(-1) ?? "")
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}"<>:|?*]/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  const ending = endingOf(line);
  const end = ending === undefined ? "" : `.${ending}`;
  const stem = line.slice(0, line.length - end.length).trim() || "file";
  return `${[...stem].slice(0, FILE_NAME_MAX_LENGTH - end.length).join("")}${end}`;
}

/**
 * Why a file cannot be sent, or nothing.
 *
 * @param mediaType by its content; a name without an ending claims nothing
 */
export function fileRefusal({
  name,
  sizeBytes,
  mediaType,
}: {
  name: string;
  sizeBytes: number;
  mediaType: string | undefined;
}): AttachRefusal | undefined {
  if (sizeBytes === 0) return "empty_file";
  if (sizeBytes > FILE_MAX_BYTES) return "too_large";
  const ending = endingOf(name);
  const named =
    ending !== undefined && Object.values(FILE_TYPES).some(({ endings }) => endings.includes(ending));
  if (ending !== undefined && !named) return "type_not_allowed";
  const type = mediaType === undefined ? undefined : FILE_TYPES[mediaType];
  if (ending === undefined) return type ? undefined : "type_not_allowed";
  return type?.endings.includes(ending) ? undefined : "type_differs";
}
