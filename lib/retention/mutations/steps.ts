import { Prisma } from "@/lib/db/generated/client";
import type { SweptKind } from "../types";

/** Rows of one table whose period is over, and what is done with them. */
export type Step = {
  table: string;
  /** The column that tells the rows apart; `id` unless it is said. */
  key?: "encounter_id";
  /** What else is asked about the rows `t`. */
  joins?: Prisma.Sql;
  /** When the period of a row began, for the oldest of them. */
  since: Prisma.Sql;
  /** @param cutoff what began then or before may go */
  isDue: (cutoff: Date) => Prisma.Sql;
  /** What must have gone before the row; the same run sees to it, so that a dry run counts the row all the same. */
  after?: Prisma.Sql;
  /** What is emptied of a row that stays as a figure; without it the row goes. */
  clear?: Prisma.Sql;
};

const { sql } = Prisma;

/** A patient's record is one: nothing of it goes while any visit of theirs, past or to come, is still within the period. */
const recordIsOver = (patientId: Prisma.Sql, cutoff: Date) => sql`NOT EXISTS (
  SELECT 1 FROM "appointment" other WHERE other."patient_id" = ${patientId} AND other."end_at" > ${cutoff})`;

const ofVisit = (table: string, joins: Prisma.Sql): Step => ({
  table,
  joins,
  since: sql`a."end_at"`,
  // The start, which an index knows, is before the end.
  isDue: (cutoff) => sql`a."start_at" <= ${cutoff} AND a."end_at" <= ${cutoff}
    AND ${recordIsOver(sql`a."patient_id"`, cutoff)}`,
});
const ofEncounter = (table: string) =>
  ofVisit(
    table,
    sql`JOIN "encounter" e ON e."id" = t."encounter_id" JOIN "appointment" a ON a."id" = e."appointment_id"`,
  );
const ofAppointment = (table: string) =>
  ofVisit(table, sql`JOIN "appointment" a ON a."id" = t."appointment_id"`);

/** Who opened a record in an emergency is known as long as the record: of several under one name, as long as any of them. */
const emergencyAccess: Step = {
  table: "emergency_access",
  since: sql`t."expires_at"`,
  isDue: (cutoff) => sql`t."expires_at" <= ${cutoff} AND NOT EXISTS (
    SELECT 1 FROM "emergency_access_patient" p JOIN "appointment" other ON other."patient_id" = p."patient_id"
    WHERE p."access_id" = t."id" AND other."end_at" > ${cutoff})`,
};

const REASONS = ["reason", "cancel_reason", "overbook_reason"] as const;
const reasonColumns = REASONS.flatMap((name) => [`"${name}_sealed"`, `"${name}_key_id"`]);

/** The words of a visit go; that it was, when, of which kind and how it ended, stays. */
const appointmentWords: Step = {
  table: "appointment",
  since: sql`t."end_at"`,
  isDue: (cutoff) => sql`t."start_at" <= ${cutoff} AND t."end_at" <= ${cutoff}
    AND ${recordIsOver(sql`t."patient_id"`, cutoff)} AND num_nonnulls(${Prisma.raw(reasonColumns.map((column) => `t.${column}`).join(", "))}) > 0`,
  clear: Prisma.raw(reasonColumns.map((column) => `${column} = NULL`).join(", ")),
};

/** What a row of somebody says whose name is kept no longer. */
const NAMELESS = "–";

/**
 * Somebody who had no account, and of whom nothing is left but figures: the name goes, and the pseudonym by which the trail knew them.
 * Who has an account, or is spoken for by one, stays as long as it does.
 */
const patientName: Step = {
  table: "patient",
  since: sql`t."created_at"`,
  isDue: (cutoff) => sql`t."created_at" <= ${cutoff} AND t."user_id" IS NULL AND t."contact_user_id" IS NULL
    AND (t."name" <> ${NAMELESS} OR num_nonnulls(t."email", t."phone", t."contact_name") > 0)
    AND ${recordIsOver(sql`t."id"`, cutoff)}
    AND NOT EXISTS (SELECT 1 FROM "conversation" c WHERE c."patient_id" = t."id")
    AND NOT EXISTS (SELECT 1 FROM "waitlist_entry" w WHERE w."patient_id" = t."id")
    AND NOT EXISTS (SELECT 1 FROM "queue_entry" q WHERE q."patient_id" = t."id" AND q."appointment_id" IS NULL)`,
  after: sql`NOT EXISTS (SELECT 1 FROM "queue_entry" q WHERE q."patient_id" = t."id")`,
  clear: sql`"name" = ${NAMELESS}, "contact_name" = NULL, "email" = NULL, "email_verified_at" = NULL,
    "phone" = NULL, "pseudonym" = gen_random_uuid()`,
};

/** Written long enough ago, to somebody whose record is over. */
const writtenTo = (patientId: Prisma.Sql, writtenAt: Prisma.Sql) => ({
  since: writtenAt,
  isDue: (cutoff: Date) => sql`${writtenAt} <= ${cutoff} AND ${recordIsOver(patientId, cutoff)}`,
});
const conversation = writtenTo(sql`t."patient_id"`, sql`t."last_message_at"`);

const endOfLink = sql`least(t."used_at", t."revoked_at", t."expires_at", a."end_at", v."end_at")`;

/** What goes of each kind, in this order. Rows of other tables that belong to one of these go with it, as the database has it. */
export const STEPS: Readonly<Record<SweptKind, readonly Step[]>> = {
  records: [
    ofEncounter("guest"),
    ofEncounter("visit_note"),
    ofEncounter("visit_summary"),
    ofEncounter("waiting_message"),
    ofEncounter("handover"),
    ofEncounter("third_person"),
    ofAppointment("intake_answer"),
    ofAppointment("consent"),
    ofAppointment("queue_entry"),
    emergencyAccess,
    appointmentWords,
    patientName,
  ],
  messages: [
    {
      table: "attachment",
      joins: sql`JOIN "message" m ON m."id" = t."message_id" JOIN "conversation" c ON c."id" = m."conversation_id"`,
      ...writtenTo(sql`c."patient_id"`, sql`m."created_at"`),
    },
    {
      table: "message",
      joins: sql`JOIN "conversation" c ON c."id" = t."conversation_id"`,
      ...writtenTo(sql`c."patient_id"`, sql`t."created_at"`),
    },
    {
      table: "conversation",
      since: conversation.since,
      isDue: (cutoff) => sql`${conversation.isDue(cutoff)}
        AND NOT EXISTS (SELECT 1 FROM "attachment" f WHERE f."conversation_id" = t."id" AND f."message_id" IS NULL)`,
      after: sql`NOT EXISTS (SELECT 1 FROM "message" m WHERE m."conversation_id" = t."id")`,
    },
  ],
  deviceChecks: [
    {
      table: "device_check",
      key: "encounter_id",
      since: sql`t."checked_at"`,
      isDue: (cutoff) => sql`t."checked_at" <= ${cutoff}`,
    },
  ],
  comments: [
    {
      table: "visit_feedback",
      key: "encounter_id",
      since: sql`t."created_at"`,
      isDue: (cutoff) => sql`t."created_at" <= ${cutoff} AND t."comment_sealed" IS NOT NULL`,
      clear: sql`"comment_sealed" = NULL, "comment_key_id" = NULL`,
    },
  ],
  queueEntries: [
    {
      table: "queue_entry",
      since: sql`t."ended_at"`,
      isDue: (cutoff) => sql`t."ended_at" <= ${cutoff} AND t."appointment_id" IS NULL`,
    },
  ],
  waitlist: [
    {
      table: "waitlist_entry",
      since: sql`t."ended_at"`,
      isDue: (cutoff) => sql`t."ended_at" <= ${cutoff}`,
    },
  ],
  mails: [
    {
      table: "notification",
      joins: sql`LEFT JOIN "appointment" a ON a."id" = t."appointment_id"`,
      since: sql`coalesce(t."sent_at", t."created_at")`,
      // That a reminder was sent is known until its visit is over, or it would be sent again.
      isDue: (
        cutoff,
      ) => sql`t."status" IN ('sent', 'failed') AND coalesce(t."sent_at", t."created_at") <= ${cutoff}
        AND (a."id" IS NULL OR a."end_at" <= ${cutoff})`,
    },
  ],
  sessions: [
    {
      table: "session",
      since: sql`least(t."expires_at", t."revoked_at")`,
      isDue: (cutoff) => sql`least(t."expires_at", t."revoked_at") <= ${cutoff}`,
    },
  ],
  links: [
    {
      table: "access_link",
      joins: sql`LEFT JOIN "appointment" a ON a."id" = t."appointment_id"
        LEFT JOIN "third_person" p ON p."id" = t."third_person_id" LEFT JOIN "encounter" e ON e."id" = p."encounter_id"
        LEFT JOIN "appointment" v ON v."id" = e."appointment_id"`,
      since: endOfLink,
      isDue: (cutoff) => sql`${endOfLink} <= ${cutoff}`,
    },
  ],
};

/** The rows `t` of a step that are due. */
export const dueRows = ({ table, joins = Prisma.empty, isDue }: Step, cutoff: Date): Prisma.Sql =>
  sql`FROM ${Prisma.raw(`"${table}"`)} t ${joins} WHERE ${isDue(cutoff)}`;
