import type { Temporal } from "temporal-polyfill";
import { auditActor } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic, practitionerTopic, timesTopic } from "@/lib/events/topics";
import { enqueue } from "@/lib/jobs/send";
import { queueNotification } from "@/lib/notifications/mutations";
import { seal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { cancelRefusal } from "../rules/change";
import type { Cancellation, CancelRefusal } from "../types/change";
import { changeableTimes, lockChangeable } from "./changeable";

const MAX_ATTEMPTS = 5;

/**
 * Cancels a visit for good: nothing revives it. Its time is free again at once, its conference is deleted by the job
 * `encounter.closed`. A patient may until the visit type's limit before the start, staff until somebody has started it. Cancelling
 * twice does nothing, and keeps the first reason.
 *
 * @param cancellation `reason` may be empty where a patient cancels; what is written is kept sealed
 */
export async function cancelAppointment(
  cancellation: Cancellation,
  actor: Actor,
  now: Temporal.Instant,
): Promise<Result<undefined, CancelRefusal>> {
  for (let attempt = 1; ; attempt += 1) {
    const cancelled = await transaction((tx) => cancel(tx, cancellation, actor, now));
    if (cancelled.ok) return cancelled;
    if (cancelled.reason !== "outrun") return refuse(cancelled.reason);
    if (attempt === MAX_ATTEMPTS) return refuse("not_changeable");
  }
}

async function cancel(
  tx: Tx,
  { appointmentId, reason }: Cancellation,
  actor: Actor,
  now: Temporal.Instant,
): Promise<Result<undefined, CancelRefusal | "outrun">> {
  const changing = await lockChangeable(tx, actor, { appointmentId });
  if (!changing) return refuse("not_found");
  if (changing === "outrun") return refuse("outrun");
  const { visit, by } = changing;
  if (visit.status === "cancelled") return ok();
  const refusal = cancelRefusal(changeableTimes(visit), by, now);
  if (refusal) return refuse(refusal);

  const { encounter, slot, practitionerId, patientId } = visit;
  const sealed =
    reason.trim() === "" ? undefined : seal(reason.trim(), `appointment.cancel:${appointmentId}`);
  await tx.slot.deleteMany({ where: { appointmentId } });
  await tx.appointment.update({
    where: { id: appointmentId },
    data: {
      status: "cancelled",
      sequence: { increment: 1 },
      cancelledAt: toDate(now),
      cancelledBy: by,
      cancelReasonSealed: sealed?.sealed ?? null,
      cancelReasonKeyId: sealed?.keyId ?? null,
    },
  });
  await tx.encounter.update({ where: { id: encounter.id }, data: { status: "cancelled" } });

  await queueNotification(tx, { kind: "appointment_cancelled", appointmentId, patientId, now });
  const { userId } = visit.practitioner;
  await queueNotification(tx, { kind: "appointment_cancelled", appointmentId, userId, now });
  await enqueue(tx, "encounter.closed", { encounterId: encounter.id });
  if (slot) {
    const [startAt, endAt] = [slot.startAt.toISOString(), slot.endAt.toISOString()];
    await enqueue(tx, "slot.freed", { practitionerId, startAt, endAt });
  }
  await publish(tx, [
    appointmentTopic(appointmentId),
    practitionerTopic(practitionerId),
    timesTopic(practitionerId),
  ]);
  await recordAudit(
    tx,
    {
      action: "appointment.cancelled",
      details: { by },
      actor: auditActor(actor),
      outcome: "success",
      subject: visit.patient.pseudonym,
      entity: { type: "appointment", id: appointmentId },
    },
    now,
  );
  return ok();
}
