import type { Temporal } from "temporal-polyfill";
import { newId } from "@/lib/core/ids";
import { db, type Tx } from "@/lib/db/client";
import { enqueue } from "@/lib/jobs/send";
import { toDate } from "@/lib/time/instant";
import {
  CONFIRMATION_DELAY_SECONDS,
  LEASE_SECONDS,
  NO_SHOW_DELAY_SECONDS,
  UNREAD_DELAY_SECONDS,
} from "./constants";
import type { Claim, NewNotification, NotificationFailure } from "./types";

const DELAY_SECONDS: Partial<Record<NewNotification["kind"], number>> = {
  booking_confirmed: CONFIRMATION_DELAY_SECONDS,
  noshow_patient: NO_SHOW_DELAY_SECONDS,
  noshow_practitioner: NO_SHOW_DELAY_SECONDS,
  messages_unread: UNREAD_DELAY_SECONDS,
};

/**
 * Puts a mail into the outbox and its job on the queue: both exist if, and only if, the transaction commits. Addresses, names and
 * links are read and made when it is sent.
 *
 * A mail about an appointment is about its present arrangement (`appointment.sequence`): change that first, then call this. What
 * was queued for an earlier arrangement is then not sent any more.
 *
 * @param sequence of the arrangement, where the caller has just written it
 * @returns the notification's id
 */
export async function queueNotification(
  tx: Tx,
  notification: NewNotification,
  { sequence }: { sequence?: number } = {},
): Promise<string> {
  const { kind, now } = notification;
  const notificationId = newId();
  await tx.notification.create({
    data: {
      id: notificationId,
      kind,
      ...("appointmentId" in notification && {
        appointmentId: notification.appointmentId,
        sequence: sequence ?? (await presentSequence(tx, notification.appointmentId)),
      }),
      patientId: "patientId" in notification ? notification.patientId : undefined,
      userId: "userId" in notification ? notification.userId : undefined,
      reminderMinutes: "reminderMinutes" in notification ? notification.reminderMinutes : undefined,
      waitlistEntryId: "waitlistEntryId" in notification ? notification.waitlistEntryId : undefined,
      thirdPersonId: "thirdPersonId" in notification ? notification.thirdPersonId : undefined,
      conversationId: "conversationId" in notification ? notification.conversationId : undefined,
      signInRequestId: "signInRequestId" in notification ? notification.signInRequestId : undefined,
      emailChangeId: "emailChangeId" in notification ? notification.emailChangeId : undefined,
      dataExportId: "dataExportId" in notification ? notification.dataExportId : undefined,
      erasureId: "erasureId" in notification ? notification.erasureId : undefined,
      createdAt: toDate(now),
    },
  });
  const startAfterSeconds = DELAY_SECONDS[kind] ?? 0;
  await enqueue(tx, "notification.send", { notificationId }, { startAfterSeconds });
  return notificationId;
}

async function presentSequence(tx: Tx, appointmentId: string): Promise<number> {
  const { sequence } = await tx.appointment.findUniqueOrThrow({
    where: { id: appointmentId },
    select: { sequence: true },
  });
  return sequence;
}

/**
 * Takes a queued mail for this worker. One statement, so of two workers one gets it; a worker that dies keeps it only until the
 * lease runs out. All by the database's clock, since workers on several machines need not agree on theirs.
 *
 * @returns nothing if another worker has it, or it is settled, or there is none
 */
export async function claimNotification(notificationId: string): Promise<Claim | undefined> {
  const [row] = await db().$queryRaw<{ claimed_at: Date }[]>`
    UPDATE "notification"
    SET "claimed_at" = clock_timestamp(), "attempts" = "attempts" + 1
    WHERE "id" = ${notificationId}::uuid AND "status" = 'queued'
      AND ("claimed_at" IS NULL OR "claimed_at" < clock_timestamp() - make_interval(secs => ${LEASE_SECONDS}::int))
    RETURNING "claimed_at"`;
  return row && { notificationId, claimedAt: row.claimed_at };
}

/** The server has taken the mail; that is so even if the lease has run out meanwhile. */
export async function settleSent({ notificationId }: Claim, sentAt: Temporal.Instant): Promise<void> {
  await db().notification.updateMany({
    where: { id: notificationId, status: { not: "sent" } },
    data: { status: "sent", sentAt: toDate(sentAt), lastFailure: null, claimedAt: null },
  });
}

/** Nobody will try again. Does nothing if another worker has taken the mail meanwhile. */
export async function settleFailed(claim: Claim, failure: NotificationFailure): Promise<void> {
  await db().notification.updateMany({
    where: held(claim),
    data: { status: "failed", lastFailure: failure, claimedAt: null },
  });
}

/** Gives the mail back for another try. Does nothing if another worker has taken it meanwhile. */
export async function releaseClaim(claim: Claim, failure: NotificationFailure): Promise<void> {
  await db().notification.updateMany({
    where: held(claim),
    data: { lastFailure: failure, claimedAt: null },
  });
}

const held = ({ notificationId, claimedAt }: Claim) =>
  ({ id: notificationId, status: "queued", claimedAt }) as const;
