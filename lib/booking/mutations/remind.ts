import type { Temporal } from "temporal-polyfill";
import { ok, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { queueNotification } from "@/lib/notifications/mutations";
import { toDate } from "@/lib/time/instant";
import { reminderWindows } from "../rules/reminders";

/** What makes a reminder one: the same for the same arrangement of a visit is refused, whichever worker comes second. */
const CONSTRAINTS = {
  notification_appointment_id_sequence_reminder_minutes_key: "already_queued",
} as const;

/** One sweep's share; the next one, a minute later, goes on. */
const AT_A_TIME = 500;

type Due = { id: string; sequence: number; patient_id: string; minutes: number };

/**
 * Queues the reminders that are due: of visits that are still to come, once for each arrangement and each of the visit type's times,
 * and only where the visit was arranged before that time; the encounter's making says when, since an offer of the waitlist has its
 * appointment from before it was taken. What a standstill has missed catches up as `reminderWindows` says.
 *
 * @returns how many were queued
 */
export async function queueReminders(now: Temporal.Instant): Promise<number> {
  const types = await db().visitType.findMany({ select: { id: true, reminderMinutes: true } });
  const windows = types.flatMap(({ id, reminderMinutes }) =>
    reminderWindows(reminderMinutes).map((window) => ({ id, ...window })),
  );
  if (windows.length === 0) return 0;
  const due = await db().$queryRaw<Due[]>`
    SELECT a."id", a."sequence", a."patient_id", w."minutes"
    FROM unnest(
      ${windows.map(({ id }) => id)}::uuid[],
      ${windows.map(({ minutes }) => minutes)}::int[],
      ${windows.map(({ untilMinutes }) => untilMinutes)}::float8[]
    ) AS w("visit_type_id", "minutes", "until_minutes")
    JOIN "appointment" a ON a."visit_type_id" = w."visit_type_id"
      AND a."start_at" > ${toDate(now)}::timestamptz + make_interval(secs => w."until_minutes" * 60)
      AND a."start_at" <= ${toDate(now)}::timestamptz + make_interval(mins => w."minutes")
    JOIN "patient" p ON p."id" = a."patient_id" AND p."email" IS NOT NULL
    JOIN "encounter" e ON e."appointment_id" = a."id"
    WHERE a."status" IN ('booked', 'arrived')
      AND coalesce(a."moved_at", e."created_at") <= a."start_at" - make_interval(mins => w."minutes")
      AND NOT EXISTS (
        SELECT 1 FROM "notification" n
        WHERE n."appointment_id" = a."id" AND n."sequence" = a."sequence" AND n."reminder_minutes" = w."minutes"
      )
    ORDER BY a."start_at", a."id"
    LIMIT ${AT_A_TIME}`;
  let queued = 0;
  for (const reminder of due) if (await queueReminder(reminder, now)) queued += 1;
  return queued;
}

/** Queues one, unless the visit has been changed or another worker was faster. */
async function queueReminder(
  { id, sequence, patient_id, minutes }: Due,
  now: Temporal.Instant,
): Promise<boolean> {
  const queued = await transaction(async (tx) => {
    // Held until the mail is queued, so that it is about the arrangement that was looked at.
    const [present] = await tx.$queryRaw<{ sequence: number; status: string }[]>`
      SELECT "sequence", "status" FROM "appointment" WHERE "id" = ${id}::uuid FOR NO KEY UPDATE`;
    const isSame = present?.sequence === sequence && ["booked", "arrived"].includes(present.status);
    if (!isSame) return refuse("changed");
    await queueNotification(tx, {
      kind: "appointment_reminder",
      appointmentId: id,
      patientId: patient_id,
      reminderMinutes: minutes,
      now,
    });
    return ok();
  }, CONSTRAINTS);
  return queued.ok;
}
