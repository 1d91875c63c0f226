import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditActor } from "@/lib/audit/types";
import { ok, type Result } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { lockPractitioners } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { practitionerTopic, timesTopic } from "@/lib/events/topics";
import { enqueue } from "@/lib/jobs/send";
import { toDate } from "@/lib/time/instant";

/** Ends an open offer and gives its time to the next in the line. One that is no longer open is left as it is. */
export const endOffer = (
  offerId: string,
  how: "declined" | "expired",
  actor: AuditActor,
  now: Temporal.Instant,
): Promise<Result<undefined>> =>
  transaction(async (tx) => {
    const known = await tx.waitlistOffer.findUnique({ where: { id: offerId } });
    if (!known) return ok();
    await lockPractitioners(tx, [known.practitionerId]);
    await closeOffer(tx, offerId, how, actor, now);
    return ok();
  });

const AT_A_TIME = 100;

/**
 * Ends the offers that nobody took in time, each in a transaction of its own. Called before a practitioner's time is claimed, since
 * an offer that has run out still has its row, which the constraint would count; and by the sweep for everybody.
 */
export async function expireOffers(now: Temporal.Instant, practitionerId?: string): Promise<void> {
  const expired = await db().waitlistOffer.findMany({
    where: {
      status: "open",
      expiresAt: { lte: toDate(now) },
      ...(practitionerId === undefined ? {} : { practitionerId }),
    },
    orderBy: { expiresAt: "asc" },
    select: { id: true },
    take: AT_A_TIME,
  });
  for (const { id } of expired) await endOffer(id, "expired", { kind: "system" }, now);
}

/** Ends one offer, if it is still open, and has its time offered to the next; the caller holds the practitioner's lock. */
async function closeOffer(
  tx: Tx,
  offerId: string,
  how: "declined" | "expired",
  actor: AuditActor,
  now: Temporal.Instant,
): Promise<void> {
  const closed = await tx.waitlistOffer.updateMany({
    where: { id: offerId, status: "open" },
    data: { status: how },
  });
  if (closed.count === 0) return;
  const { appointment, practitionerId } = await tx.waitlistOffer.findUniqueOrThrow({
    where: { id: offerId },
    include: { appointment: { include: { slot: true, patient: true } } },
  });
  await tx.slot.deleteMany({ where: { appointmentId: appointment.id } });
  await tx.appointment.update({
    where: { id: appointment.id },
    data: {
      status: "cancelled",
      sequence: { increment: 1 },
      cancelledAt: toDate(now),
      cancelledBy: how === "expired" ? "system" : "patient",
    },
  });
  if (appointment.slot) {
    const [startAt, endAt] = [appointment.slot.startAt.toISOString(), appointment.slot.endAt.toISOString()];
    await enqueue(tx, "slot.freed", { practitionerId, startAt, endAt });
  }
  await publish(tx, [practitionerTopic(practitionerId), timesTopic(practitionerId)]);
  await recordAudit(
    tx,
    {
      action: "waitlist.offer_ended",
      details: { by: how },
      actor,
      outcome: "success",
      subject: appointment.patient.pseudonym,
      entity: { type: "appointment", id: appointment.id },
    },
    now,
  );
}
