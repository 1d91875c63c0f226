import { Temporal } from "temporal-polyfill";
import { auditActor } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import type { AuditInput } from "@/lib/audit/types";
import { FILE_MAX_BYTES, FILE_NAME_MAX_LENGTH, FILE_TYPES, MESSAGE_MAX_LENGTH } from "./constants";
import type { AttachRefusal, CardDto, SendRefusal, Side } from "./types";

/** A reading of a conversation by one side, as the trail has it. */
export const readingOf = (
  actor: Actor,
  side: Side,
  { id, patient }: { id: string; patient: { pseudonym: string } },
): AuditInput => ({
  action: "conversation.read",
  details: { as: side },
  actor: auditActor(actor),
  outcome: "success",
  subject: patient.pseudonym,
  entity: { type: "conversation", id },
});

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

/** What a card follows: the visit that began in the conversation. */
export type CardVisit = {
  appointmentId: string;
  appointmentStatus: "pending" | "booked" | "arrived" | "fulfilled" | "cancelled" | "noshow";
  encounterStatus: "planned" | "arrived" | "in_progress" | "finished" | "cancelled";
  endAt: Temporal.Instant;
  /** Whether the patient was ever there, before it began or after. */
  hasCome: boolean;
  /** Who has it, where that is another practitioner than the conversation's. */
  handedTo: string | undefined;
  /** When it began and when it ended, as far as that has happened. */
  startedAt: Temporal.Instant | undefined;
  endedAt: Temporal.Instant | undefined;
};

/** What is left of a visit to be joined: while it goes on, however late, and until its time is over where it has not begun. */
export const isOpenCard = (visit: CardVisit, now: Temporal.Instant): boolean =>
  ["waiting", "live"].includes(describeCard(visit, now).state);

/** What a card says at this instant. */
export function describeCard(visit: CardVisit, now: Temporal.Instant): CardDto {
  const { appointmentId, appointmentStatus, encounterStatus, endAt, hasCome, startedAt, endedAt } = visit;
  const handedTo = visit.handedTo ?? null;
  const card = (state: CardDto["state"], minutes: number | null = null) => ({
    appointmentId,
    state,
    minutes,
    handedTo,
  });
  if (appointmentStatus === "noshow") return card("unanswered");
  if (encounterStatus === "in_progress") return card("live");
  if (encounterStatus === "cancelled") return card("cancelled");
  if (encounterStatus !== "finished")
    return card(Temporal.Instant.compare(now, endAt) < 0 ? "waiting" : "unanswered");
  if (!hasCome || !startedAt || !endedAt) return card("unanswered");
  return card("ended", Math.max(1, Math.round(startedAt.until(endedAt).total("minutes"))));
}
