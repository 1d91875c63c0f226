import type { Temporal } from "temporal-polyfill";
import { auditActor, schedulingScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { lockChangeable } from "@/lib/booking/mutations/changeable";
import { checkSeats, claimColumns, claimOf, dropExpiredHolds } from "@/lib/booking/mutations/claim";
import { newConferenceId, newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic, practitionerTopic, timesTopic } from "@/lib/events/topics";
import { enqueue } from "@/lib/jobs/send";
import { isBefore, toDate, toInstant } from "@/lib/time/instant";
import { findVisit, type VisitRow, visitTimes } from "../data/visits";
import { closesAt } from "../rules/windows";

export type RevertRefusal =
  | "not_found"
  /** It is no no-show. */
  | "not_changeable"
  /** The rest of its time went to another visit meanwhile: the practitioner's, the patient's, or the licence's seats. */
  | "slot_taken"
  | "patient_busy"
  | "no_guest_seat";

const CONSTRAINTS = {
  slot_practitioner_excl: "slot_taken",
  slot_patient_excl: "patient_busy",
} as const;

/** How often a visit may go to another practitioner between the first look at it and its locks. */
const MAX_ATTEMPTS = 5;

/**
 * Takes a no-show back: the visit is booked and planned again as if nobody had said anything, and whoever waits on its page arrives
 * anew. What was left of its time is claimed again; its conference is made again by the job `appointment.booked`, under another
 * id. The clock alone does not say it a second time.
 */
export async function revertNoShow(
  appointmentId: string,
  actor: Actor,
  now: Temporal.Instant,
): Promise<Result<undefined, RevertRefusal>> {
  for (let attempt = 1; ; attempt += 1) {
    const reverted = await transaction((tx) => revert(tx, appointmentId, actor, now), CONSTRAINTS);
    if (reverted.ok) return reverted;
    if (reverted.reason !== "outrun") return refuse(reverted.reason);
    if (attempt === MAX_ATTEMPTS) return refuse("not_changeable");
  }
}

async function revert(
  tx: Tx,
  appointmentId: string,
  actor: Actor,
  now: Temporal.Instant,
): Promise<Result<undefined, RevertRefusal | "outrun">> {
  const changing = await lockChangeable(tx, actor, { appointmentId });
  if (changing === "outrun") return refuse("outrun");
  const visit = await findVisit(tx, schedulingScope(actor), appointmentId);
  if (!visit) return refuse("not_found");
  if (visit.status !== "noshow") return refuse("not_changeable");
  const claimed = await claimAgain(tx, visit, now);
  if (!claimed.ok) return claimed;

  await tx.appointment.update({
    where: { id: appointmentId },
    data: {
      status: "booked",
      noShow: null,
      noShowAt: null,
      noShowAutomatic: false,
      noShowRevertedAt: toDate(now),
    },
  });
  const { encounter, practitionerId } = visit;
  await tx.encounter.update({
    where: { id: encounter.id },
    data: { status: "planned", arrivedAt: null, calledAt: null, startedAt: null },
  });
  if (isBefore(now, closesAt(visitTimes(visit)))) await openAgain(tx, visit);
  await publish(tx, [
    appointmentTopic(appointmentId),
    practitionerTopic(practitionerId),
    timesTopic(practitionerId),
  ]);
  await recordAudit(
    tx,
    {
      action: "appointment.no_show_reverted",
      details: {},
      actor: auditActor(actor),
      outcome: "success",
      subject: visit.patient.pseudonym,
      entity: { type: "appointment", id: appointmentId },
    },
    now,
  );
  return ok();
}

/** Claims the visit's time as it was, where some of it is still to come. */
async function claimAgain(
  tx: Tx,
  { id: appointmentId, startAt, endAt, practitionerId, patientId, visitType, encounter }: VisitRow,
  now: Temporal.Instant,
): Promise<Result<undefined, RevertRefusal>> {
  const slot = await tx.slot.findUnique({ where: { appointmentId } });
  const isWhole = slot && slot.visitEndAt.getTime() === endAt.getTime();
  const visit = { start: toInstant(startAt), end: toInstant(endAt) };
  if (isWhole || !isBefore(now, visit.end)) return ok();
  const durationMinutes = visit.start.until(visit.end).total("minutes");
  const period = claimOf({ ...visitType, durationMinutes }, visit.start);
  await dropExpiredHolds(tx, practitionerId, period.claim, now);
  const seated = await checkSeats(tx, visit, encounter, now, slot?.id);
  if (!seated.ok) return seated;
  const claim = {
    practitionerId,
    visitTypeId: visitType.id,
    patientId,
    appointmentId,
    status: "busy",
    ...claimColumns(period),
    seats: seated.value.seats,
  } as const;
  // One that was booked on top of others keeps that mark with its row; a new row meets whatever stands there.
  await tx.slot.upsert({
    where: { appointmentId },
    create: { id: newId(), ...claim, createdAt: toDate(now) },
    update: claim,
  });
  return ok();
}

/**
 * Another conference under another id, in a room without a time since the booked one has begun. The old one may be gone, or its job
 * may be about to remove it; what that finds is not this one.
 */
async function openAgain(tx: Tx, { id: appointmentId, encounter }: VisitRow): Promise<void> {
  await tx.conference.updateMany({
    where: { encounterId: encounter.id },
    data: {
      trueconfId: newConferenceId(),
      isVirtual: true,
      openedAt: null,
      closedAt: null,
      state: "stopped",
      selfStartedAt: null,
      emptySince: null,
      lastFailure: null,
    },
  });
  await enqueue(tx, "appointment.booked", { appointmentId });
}
