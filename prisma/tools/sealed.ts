import { totpPlace } from "@/lib/auth/constants";
import { answerPlace } from "@/lib/booking/rules/intake";
import { emergencyPlace } from "@/lib/emergency/constants";
import { fileContentPlace, fileNamePlace, messagePlace } from "@/lib/messaging/constants";
import { erasureContactPlace, erasureReasonPlace } from "@/lib/notifications/constants";
import { exportPlace, identityPlace } from "@/lib/privacy/constants";
import { priorityReasonPlace, queueIntakePlace, queueReasonPlace } from "@/lib/queue/constants";
import { feedbackPlace, notePlace, summaryPlace } from "@/lib/records/constants";
import { handoverNotePlace, waitingMessagePlace } from "@/lib/visits/constants";

/** A column of sealed texts: where its key's id stands, and to which place each is sealed. */
export type SealedColumn = {
  table: string;
  /** The row's id, which the place is made of. */
  id: string;
  sealed: string;
  keyId: string;
  place: (id: string) => string;
};

/** Texts `<name>_sealed` with `<name>_key_id` beside them. */
const text = (table: string, name: string, place: (id: string) => string, id = "id"): SealedColumn => ({
  table,
  id,
  sealed: `${name}_sealed`,
  keyId: `${name}_key_id`,
  place,
});

/** Every sealed column of the database; a test compares them with it. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  text("appointment", "reason", (id) => `appointment.reason:${id}`),
  text("appointment", "cancel_reason", (id) => `appointment.cancel:${id}`),
  text("appointment", "overbook_reason", (id) => `appointment.overbook:${id}`),
  text("intake_answer", "value", answerPlace),
  text("queue_entry", "reason", queueReasonPlace),
  text("queue_entry", "intake", queueIntakePlace),
  text("queue_entry", "priority_reason", priorityReasonPlace),
  text("message", "text", messagePlace),
  text("attachment", "name", fileNamePlace),
  text("waiting_message", "text", waitingMessagePlace),
  text("handover", "note", handoverNotePlace),
  text("visit_note", "text", notePlace),
  text("visit_summary", "text", summaryPlace),
  text("emergency_access", "text", emergencyPlace),
  text("visit_feedback", "comment", feedbackPlace, "encounter_id"),
  text("patient", "identity", identityPlace),
  text("erasure", "reason", erasureReasonPlace),
  text("erasure", "contact", erasureContactPlace),
  { table: "totp", id: "user_id", sealed: "sealed", keyId: "key_id", place: totpPlace },
];

/** Rows that stand for a sealed file under DATA_DIR: `storage_key`, and `content_key_id` for the key. */
export type SealedFiles = {
  table: string;
  place: (id: string) => string;
  /** In SQL, which rows have no bytes any more that anybody keeps. */
  without: string;
};

/** Every table of such rows. */
export const SEALED_FILES: readonly SealedFiles[] = [
  // Bytes that the scanner refused are removed, and the row stays to say so.
  { table: "attachment", place: fileContentPlace, without: "scan = 'refused'" },
  { table: "data_export", place: exportPlace, without: "false" },
];
