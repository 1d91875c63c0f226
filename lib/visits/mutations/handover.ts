import type { Temporal } from "temporal-polyfill";
import { auditActor, practitionerScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { seatsFor } from "@/lib/availability/rules/seats";
import { unsafeIsInVisit } from "@/lib/booking/data/instant";
import { clearWay, lockClaims, seatsTaken } from "@/lib/booking/mutations/claim";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { lockEncounter } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import {
  appointmentTopic,
  CONFERENCES_TOPIC,
  practitionerTopic,
  timesTopic,
  waitsTopic,
} from "@/lib/events/topics";
import { enqueue } from "@/lib/jobs/send";
import { seal } from "@/lib/security/seal";
import { toDate, toInstant } from "@/lib/time/instant";
import { handoverNotePlace } from "../constants";
import { findVisit, visitTimes } from "../data/visits";
import { handoverRefusal } from "../rules/handover";
import type { HandoverRefusal } from "../types/handover";

const OFFER_CONSTRAINTS = { handover_encounter_excl: "already_offered" } as const;

/** Offers a visit to a colleague, who sees it at once in their agenda. Until they take it nothing changes for anybody. */
export const offerHandover = (
  actor: Actor,
  offer: { appointmentId: string; practitionerId: string; note?: string | undefined },
  now: Temporal.Instant,
): Promise<Result<undefined, HandoverRefusal>> =>
  transaction(async (tx) => {
    const { appointmentId, practitionerId: toPractitionerId, note } = offer;
    await lockEncounter(tx, appointmentId);
    const visit = await findVisit(tx, practitionerScope(actor), appointmentId);
    if (!visit) return refuse("not_found");
    if (handoverRefusal(visitTimes(visit), now)) return refuse("ended");
    const colleague = await tx.practitioner.findFirst({ where: { id: toPractitionerId, active: true } });
    if (!colleague || colleague.id === visit.practitionerId) return refuse("unknown_practitioner");
    // One that somebody made who has the visit no more, since it was given to another practitioner meanwhile, stands in nobody's way.
    await tx.handover.updateMany({
      where: {
        encounterId: visit.encounter.id,
        status: "offered",
        fromPractitionerId: { not: visit.practitionerId },
      },
      data: { status: "withdrawn", decidedAt: toDate(now) },
    });
    const id = newId();
    const sealed = note ? seal(note, handoverNotePlace(id)) : undefined;
    await tx.handover.create({
      data: {
        id,
        encounterId: visit.encounter.id,
        fromPractitionerId: visit.practitionerId,
        toPractitionerId,
        noteSealed: sealed?.sealed ?? null,
        noteKeyId: sealed?.keyId ?? null,
        createdAt: toDate(now),
      },
    });
    await publish(tx, [
      appointmentTopic(visit.id),
      practitionerTopic(visit.practitionerId),
      practitionerTopic(toPractitionerId),
    ]);
    await recordAudit(
      tx,
      {
        action: "handover.offered",
        details: {},
        actor: auditActor(actor),
        outcome: "success",
        subject: visit.patient.pseudonym,
        entity: { type: "handover", id },
      },
      now,
    );
    return ok();
  }, OFFER_CONSTRAINTS);

/** An offer that somebody has made, or been made. */
const findOwn = (tx: Pick<Tx, "handover">, actor: Actor, handoverId: string, side: "from" | "to") => {
  const practitionerId = actor.kind === "user" ? actor.practitionerId : undefined;
  if (practitionerId === undefined) return null;
  return tx.handover.findFirst({
    where: {
      id: handoverId,
      ...(side === "from" ? { fromPractitionerId: practitionerId } : { toPractitionerId: practitionerId }),
    },
    include: { encounter: { select: { appointmentId: true } } },
  });
};

/** The colleague lets it go; whoever offered it keeps the visit. */
export const declineHandover = (actor: Actor, handoverId: string, now: Temporal.Instant) =>
  close(actor, handoverId, { side: "to", status: "declined" }, now);

/** Whoever offered it keeps it after all. */
export const withdrawHandover = (actor: Actor, handoverId: string, now: Temporal.Instant) =>
  close(actor, handoverId, { side: "from", status: "withdrawn" }, now);

const close = (
  actor: Actor,
  handoverId: string,
  { side, status }: { side: "from" | "to"; status: "declined" | "withdrawn" },
  now: Temporal.Instant,
): Promise<Result<undefined, HandoverRefusal>> =>
  transaction(async (tx) => {
    const known = await findOwn(tx, actor, handoverId, side);
    if (!known) return refuse("not_found");
    const { appointmentId } = known.encounter;
    await lockEncounter(tx, appointmentId);
    const { count } = await tx.handover.updateMany({
      where: { id: handoverId, status: "offered" },
      data: { status, decidedAt: toDate(now) },
    });
    if (count === 0) return refuse("offer_ended");
    await noteDecision(tx, actor, { ...known, appointmentId }, status, now);
    return ok();
  });

/**
 * The colleague takes the visit: it is theirs from this moment on, with the same link, the same conference and the patient where
 * they are. Their claim is written even where something else of theirs stands at that time, as one on top of it. One who is in a
 * visit takes no other.
 */
export async function acceptHandover(
  actor: Actor,
  handoverId: string,
  now: Temporal.Instant,
): Promise<Result<{ appointmentId: string }, HandoverRefusal>> {
  const known = await findOwn(db(), actor, handoverId, "to");
  if (!known) return refuse("not_found");
  return transaction(async (tx) => {
    const { appointmentId } = known.encounter;
    await lockClaims(tx, [known.fromPractitionerId, known.toPractitionerId]);
    await lockEncounter(tx, appointmentId);
    const open = await tx.handover.findFirst({ where: { id: handoverId, status: "offered" } });
    if (!open) return refuse("offer_ended");
    const visit = await findVisit(tx, practitionerScope({ kind: "system" }), appointmentId);
    if (!visit || visit.practitionerId !== open.fromPractitionerId) return refuse("offer_ended");
    if (handoverRefusal(visitTimes(visit), now)) return refuse("ended");
    if (await unsafeIsInVisit(tx, open.toPractitionerId)) return refuse("practitioner_busy");
    const colleague = await tx.practitioner.findUniqueOrThrow({ where: { id: open.toPractitionerId } });
    const { encounter } = visit;
    const claimed = await moveClaim(tx, { appointmentId, entry: encounter.entry }, colleague, now);
    if (!claimed.ok) return claimed;

    await tx.appointment.update({ where: { id: visit.id }, data: { practitionerId: colleague.id } });
    await tx.encounter.update({
      where: { id: encounter.id },
      data: { entry: colleague.entry, calledAt: null },
    });
    await tx.handover.update({
      where: { id: open.id },
      data: { status: "accepted", decidedAt: toDate(now) },
    });
    // A conference that nobody has started follows to its new owner; one that runs stays whose it is.
    if (encounter.conference?.state === "stopped" && encounter.status !== "in_progress")
      await enqueue(tx, "appointment.moved", { appointmentId });
    const both = [open.fromPractitionerId, colleague.id];
    // How long those wait who have a visit with either of them depends on it too.
    await publish(tx, [...both.map(timesTopic), ...both.map(waitsTopic), CONFERENCES_TOPIC]);
    await noteDecision(tx, actor, { ...known, appointmentId }, "accepted", now);
    return ok({ appointmentId });
  });
}

/** The visit's time goes to the colleague, with the guest seats that their way in takes. */
async function moveClaim(
  tx: Tx,
  visit: { appointmentId: string; entry: "guest" | "account" },
  colleague: { id: string; entry: "guest" | "account" },
  now: Temporal.Instant,
): Promise<Result<undefined, "no_guest_seat">> {
  const slot = await tx.slot.findUnique({ where: { appointmentId: visit.appointmentId } });
  if (!slot) return ok();
  const claim = { start: toInstant(slot.startAt), end: toInstant(slot.endAt) };
  const period = { start: toInstant(slot.visitStartAt), end: toInstant(slot.visitEndAt) };
  const seats = slot.seats - seatsFor(visit.entry) + seatsFor(colleague.entry);
  const limit = env().TRUECONF_GUEST_SEATS;
  if (limit !== undefined && (await seatsTaken(tx, period, now, slot.id)) + seats > limit)
    return refuse("no_guest_seat");
  const isTaken = await clearWay(tx, { practitionerId: colleague.id, claim }, now, slot.id);
  await tx.slot.update({
    where: { id: slot.id },
    data: { practitionerId: colleague.id, seats, overbooked: slot.overbooked || isTaken },
  });
  return ok();
}

async function noteDecision(
  tx: Tx,
  actor: Actor,
  handover: { id: string; appointmentId: string; fromPractitionerId: string; toPractitionerId: string },
  by: "accepted" | "declined" | "withdrawn",
  now: Temporal.Instant,
): Promise<void> {
  await publish(tx, [
    appointmentTopic(handover.appointmentId),
    practitionerTopic(handover.fromPractitionerId),
    practitionerTopic(handover.toPractitionerId),
  ]);
  const { patient } = await tx.appointment.findUniqueOrThrow({
    where: { id: handover.appointmentId },
    select: { patient: { select: { pseudonym: true } } },
  });
  await recordAudit(
    tx,
    {
      action: "handover.decided",
      details: { by },
      actor: auditActor(actor),
      outcome: "success",
      subject: patient.pseudonym,
      entity: { type: "handover", id: handover.id },
    },
    now,
  );
}
