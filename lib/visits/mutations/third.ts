import type { Temporal } from "temporal-polyfill";
import { appointmentScope, auditActor, practitionerScope } from "@/lib/access/rules";
import type { Actor, AppointmentScope } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditAction } from "@/lib/audit/types";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { lockEncounter, lockSeats } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic, practitionerTopic } from "@/lib/events/topics";
import { queueNotification } from "@/lib/notifications/mutations";
import { mintThirdPersonLink } from "@/lib/security/access-link";
import { toDate } from "@/lib/time/instant";
import { findThirdPerson, unsafeCountThirdPersons } from "../data/third";
import { findVisit, type VisitRow, visitTimes } from "../data/visits";
import { sideOf } from "../rules/side";
import { inviteRefusal, MOST_THIRD_PERSONS } from "../rules/third";
import type { ThirdPersonRefusal } from "../types/third";
import { takeSeats } from "./take-seats";
import { makeRoom, putOut } from "./third-room";

type Invitation = {
  appointmentId: string;
  kind: "interpreter" | "relative" | "student" | "other";
  name: string;
  email?: string | undefined;
  locale: string;
};

/**
 * Asks somebody into a visit: by mail where there is an address, else by a link that whoever asks hands over. They wait at the door
 * until the practitioner lets them in, whoever has asked.
 *
 * @returns the token of a link to hand over, where no mail goes
 */
export async function inviteThirdPerson(
  actor: Actor,
  invitation: Invitation,
  now: Temporal.Instant,
): Promise<Result<{ token: string | undefined }, ThirdPersonRefusal>> {
  const invited = await transaction((tx) => invite(tx, actor, invitation, now));
  // Before the visit begins there is time to make room for one more; a call that runs is not disturbed for an invitation.
  if (invited.ok) await makeRoom(invitation.appointmentId, { mayRestart: false });
  return invited;
}

async function invite(
  tx: Tx,
  actor: Actor,
  { appointmentId, email, ...person }: Invitation,
  now: Temporal.Instant,
): Promise<Result<{ token: string | undefined }, ThirdPersonRefusal>> {
  const visit = await lockVisit(tx, appointmentScope(actor), appointmentId);
  if (!visit) return refuse("not_found");
  if (inviteRefusal(visitTimes(visit), now)) return refuse("ended");
  if ((await unsafeCountThirdPersons(tx, visit.encounter.id)) >= MOST_THIRD_PERSONS)
    return refuse("too_many");
  const id = newId();
  await tx.thirdPerson.create({
    data: {
      id,
      encounterId: visit.encounter.id,
      ...person,
      email: email ?? null,
      invitedBy: sideOf(actor, visit),
      createdAt: toDate(now),
    },
  });
  await countParticipants(tx, visit.encounter.id);
  const token = email === undefined ? await mintThirdPersonLink(tx, id, now) : undefined;
  if (email !== undefined)
    await queueNotification(tx, { kind: "third_person_invited", appointmentId, thirdPersonId: id, now });
  await tell(tx, actor, visit, id, { action: "third_person.invited", details: { kind: person.kind } }, now);
  return ok({ token });
}

/** The conference's row says for how many it must have room; TrueConf is told by {@link makeRoom}. */
const countParticipants = async (tx: Tx, encounterId: string): Promise<void> => {
  const maxParticipants = 2 + (await unsafeCountThirdPersons(tx, encounterId));
  await tx.conference.updateMany({ where: { encounterId }, data: { maxParticipants } });
};

/**
 * Lets a third person in: the practitioner alone does, and only as long as the licence has a guest seat left, at that time and, in
 * mid-call, now. Letting somebody in twice does nothing.
 */
export async function admitThirdPerson(
  actor: Actor,
  { appointmentId, thirdPersonId }: { appointmentId: string; thirdPersonId: string },
  now: Temporal.Instant,
): Promise<Result<undefined, ThirdPersonRefusal>> {
  const visit = await findVisit(db(), practitionerScope(actor), appointmentId);
  if (!visit) return refuse("not_found");
  if (!(await makeRoom(appointmentId, { mayRestart: true }))) return refuse("video_unavailable");
  return transaction(async (tx) => {
    if (env().TRUECONF_GUEST_SEATS !== undefined) await lockSeats(tx);
    const locked = await lockVisit(tx, practitionerScope(actor), appointmentId);
    const person =
      locked && (await findThirdPerson(tx, practitionerScope(actor), locked.encounter.id, thirdPersonId));
    if (!locked || !person) return refuse("not_found");
    if (inviteRefusal(visitTimes(locked), now)) return refuse("ended");
    if (person.status === "revoked") return refuse("revoked");
    if (person.status === "admitted") return ok();
    if (!(await takeSeats(tx, locked, (seats) => seats + 1, now))) return refuse("no_guest_seat");
    await tx.thirdPerson.update({
      where: { id: person.id },
      data: { status: "admitted", admittedAt: toDate(now) },
    });
    await tell(tx, actor, locked, person.id, { action: "third_person.admitted", details: {} }, now);
    return ok();
  });
}

/**
 * Sends a third person away: the link opens nothing any more, and no way in is minted. TrueConf cannot put one person out, so
 * where they may be inside, the call restarts for a moment, and everybody else is back by themselves. The practitioner sends away
 * anybody, a patient whom the patient has asked in.
 */
export async function revokeThirdPerson(
  actor: Actor,
  { appointmentId, thirdPersonId }: { appointmentId: string; thirdPersonId: string },
  now: Temporal.Instant,
): Promise<Result<undefined, ThirdPersonRefusal>> {
  const revoked = await transaction(async (tx) => {
    const visit = await lockVisit(tx, appointmentScope(actor), appointmentId);
    const person =
      visit && (await findThirdPerson(tx, appointmentScope(actor), visit.encounter.id, thirdPersonId));
    const side = visit && sideOf(actor, visit);
    if (!visit || !person || (side === "patient" && person.invitedBy !== "patient"))
      return refuse("not_found");
    if (person.status === "revoked") return ok(false);
    const wasAdmitted = person.status === "admitted";
    await tx.thirdPerson.update({
      where: { id: person.id },
      data: { status: "revoked", revokedAt: toDate(now) },
    });
    await tx.accessLink.updateMany({
      where: { thirdPersonId: person.id, revokedAt: null },
      data: { revokedAt: toDate(now) },
    });
    if (wasAdmitted)
      await tx.slot.updateMany({
        where: { appointmentId, seats: { gt: 0 } },
        data: { seats: { decrement: 1 } },
      });
    await tell(tx, actor, visit, person.id, { action: "third_person.revoked", details: {} }, now);
    return ok(wasAdmitted && visit.encounter.status === "in_progress");
  });
  if (!revoked.ok) return revoked;
  if (revoked.value) await putOut(appointmentId);
  return ok();
}

/** Notes that a third person is at the door. Called by the open page's script; a link that is followed does not do it. */
export const arriveThirdPerson = (
  {
    thirdPersonId,
    appointmentId,
  }: {
    thirdPersonId: string;
    appointmentId: string;
  },
  now: Temporal.Instant,
  from: { address?: string | undefined } = {},
): Promise<Result<undefined>> =>
  transaction(async (tx) => {
    // The link has proved who comes; the visit is then read as the portal itself reads it.
    const visit = await lockVisit(tx, appointmentScope({ kind: "system" }), appointmentId);
    const { count } = await tx.thirdPerson.updateMany({
      where: { id: thirdPersonId, status: "invited" },
      data: { status: "waiting" },
    });
    const arrived = { action: "third_person.arrived", details: {} } as const;
    if (visit && count > 0)
      await tell(tx, { kind: "anonymous", ...from }, visit, thirdPersonId, arrived, now);
    return ok();
  });

async function lockVisit(
  tx: Tx,
  scope: AppointmentScope,
  appointmentId: string,
): Promise<VisitRow | undefined> {
  await lockEncounter(tx, appointmentId);
  return findVisit(tx, scope, appointmentId);
}

async function tell(
  tx: Tx,
  actor: Actor,
  visit: VisitRow,
  thirdPersonId: string,
  action: Extract<AuditAction, { action: `third_person.${string}` }>,
  now: Temporal.Instant,
): Promise<void> {
  await publish(tx, [appointmentTopic(visit.id), practitionerTopic(visit.practitionerId)]);
  await recordAudit(
    tx,
    {
      ...action,
      actor: auditActor(actor),
      outcome: "success",
      subject: visit.patient.pseudonym,
      entity: { type: "third_person", id: thirdPersonId },
    },
    now,
  );
}
