import type { Temporal } from "temporal-polyfill";
import { auditActor, practitionerScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { seatsFor } from "@/lib/availability/rules/seats";
import { lockClaims } from "@/lib/booking/mutations/claim";
import { newConferenceId, newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { lockEncounter } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic, practitionerTopic } from "@/lib/events/topics";
import { isBefore, toDate, toInstant } from "@/lib/time/instant";
import { findVisit, type VisitRow, visitTimes } from "../data/visits";
import { callAgainRefusal } from "../rules/windows";
import { noteCallLog } from "./attendance";
import { closeConference } from "./close-conference";

export type CallAgainRefusal =
  | "not_found"
  /** Nobody has ended it. */
  | "not_ended"
  | "cancelled"
  | "too_late"
  /** The first call's conference is still there and could not be removed now: try again soon. */
  | "video_unavailable";

/**
 * Opens a visit once more that its practitioner has ended: the same visit under the same link, in a room without a time. It is
 * then started as any other. What was written and signed stays.
 */
export async function callAgain(
  actor: Actor,
  appointmentId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, CallAgainRefusal>> {
  const visit = await findVisit(db(), practitionerScope(actor), appointmentId);
  if (!visit) return refuse("not_found");
  const refusal = callAgainRefusal(visitTimes(visit), now);
  if (refusal) return refuse(refusal);
  // Its own job may not have come to it yet; two conferences of one visit would be one too many.
  const closed = await closeConference(visit.encounter.id, now);
  if (!closed.ok) return refuse("video_unavailable");
  // From here on the visit has another conference, and nobody could ask any more who was in this one.
  await noteCallLog(visit.encounter.id, now);
  return transaction(async (tx) => {
    await lockClaims(tx, [visit.practitionerId]);
    return reopen(tx, actor, appointmentId, now);
  });
}

async function reopen(
  tx: Tx,
  actor: Actor,
  appointmentId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, CallAgainRefusal>> {
  await lockEncounter(tx, appointmentId);
  const visit = await findVisit(tx, practitionerScope(actor), appointmentId);
  if (!visit) return refuse("not_found");
  const refusal = callAgainRefusal(visitTimes(visit), now);
  if (refusal) return refuse(refusal);
  await claimRest(tx, visit, now);
  await putBack(tx, visit);
  await publish(tx, [appointmentTopic(visit.id), practitionerTopic(visit.practitionerId)]);
  await recordAudit(
    tx,
    {
      action: "encounter.reopened",
      details: {},
      actor: auditActor(actor),
      outcome: "success",
      subject: visit.patient.pseudonym,
      entity: { type: "encounter", id: visit.encounter.id },
    },
    now,
  );
  return ok();
}

/**
 * Claims the visit's time again, as far as any of it is left: one that began at once meanwhile may have been given it. What stands
 * there now stays, and this one is on top of it, as its practitioner wants it.
 */
async function claimRest(
  tx: Tx,
  { id: appointmentId, startAt, endAt, practitionerId, patientId, visitType, encounter }: VisitRow,
  now: Temporal.Instant,
): Promise<void> {
  const slot = await tx.slot.findUnique({ where: { appointmentId } });
  const isWhole = slot && slot.visitEndAt.getTime() >= endAt.getTime();
  if (isWhole || !isBefore(now, toInstant(endAt))) return;
  const times = { startAt, endAt, visitStartAt: startAt, visitEndAt: endAt, overbooked: true };
  await tx.slot.upsert({
    where: { appointmentId },
    create: {
      id: newId(),
      practitionerId,
      patientId,
      visitTypeId: visitType.id,
      appointmentId,
      status: "busy",
      seats: seatsFor(encounter.entry),
      ...times,
      createdAt: toDate(now),
    },
    update: times,
  });
}

/** To where it was before it was started: a patient who has been there still counts as having come. */
async function putBack(tx: Tx, { id, encounter }: VisitRow): Promise<void> {
  const hasArrived = encounter.arrivedAt !== null;
  await tx.encounter.update({
    where: { id: encounter.id },
    data: { status: hasArrived ? "arrived" : "planned", calledAt: null, startedAt: null, endedAt: null },
  });
  await tx.appointment.update({ where: { id }, data: { status: hasArrived ? "arrived" : "booked" } });
  // On whichever device they were, they have left it: the first that is open is brought in.
  await tx.guest.updateMany({ where: { encounterId: encounter.id }, data: { enteredBy: null } });
  await tx.conference.updateMany({
    where: { encounterId: encounter.id },
    data: {
      trueconfId: newConferenceId(),
      // Its booked time may be over, and a scheduled conference would begin by itself, or not at all.
      isVirtual: true,
      openedAt: null,
      closedAt: null,
      state: "stopped",
      selfStartedAt: null,
      emptySince: null,
      aloneSince: null,
      lastFailure: null,
    },
  });
}
