import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import { cancelAppointment } from "@/lib/booking/mutations/cancel";
import { leaveWaitlist } from "@/lib/booking/mutations/waitlist";
import { ok } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import type { User } from "@/lib/db/generated/client";
import { transaction } from "@/lib/db/transaction";
import { queueNotification } from "@/lib/notifications/mutations";
import { leaveQueue } from "@/lib/queue/mutations/join";
import { toDate } from "@/lib/time/instant";
import { unsafeFindErasurePerson } from "../data/erasure-person";
import { isAccountKept } from "../rules";
import type { Person } from "../types";
import { erasePatient } from "./erased-patient";

/** Not now: something is still going on. The job, and after it the sweep, tries again. */
class TryAgain extends Error {}

/**
 * Carries out an erasure that was approved, step by step: first the doors are closed, then visits to come end as if the portal
 * cancelled them, then each patient goes, and the account last. Every step is a transaction of its own and finds nothing to do the
 * second time, so that a worker that dies anywhere leaves what another one finishes.
 */
export async function carryOutErasure(erasureId: string, now: Temporal.Instant): Promise<void> {
  const erasure = await db().erasure.findUnique({ where: { id: erasureId } });
  if (erasure?.status !== "approved") return;
  const person = await unsafeFindErasurePerson(db(), erasure);
  if (person) {
    await closeDoors(person);
    await endPlans(person, now);
    for (const patientId of person.patientIds) {
      const erased = await erasePatient(patientId, erasureId, now);
      if (!erased.ok) throw new TryAgain(`erasure: ${erased.reason}`);
    }
  }
  const [pseudonym] = person?.pseudonyms ?? [];
  if (erasure.scope === "patient") await finishPatient(erasureId, pseudonym, now);
  else if (erasure.userId) await eraseAccount(erasureId, erasure.userId, now);
}

/** Ends every link, so that nobody books, moves or reads by one while the rest goes. */
async function closeDoors({ userId, patientIds }: Person): Promise<void> {
  const theirs = { patientId: { in: [...patientIds] } };
  await db().accessLink.deleteMany({
    where: {
      OR: [
        theirs,
        { appointment: theirs },
        { waitlistEntry: theirs },
        { queueEntry: theirs },
        { thirdPerson: { encounter: { appointment: theirs } } },
        // Of whoever also works here, a calendar to subscribe to is a practitioner's own.
        { userId, user: { NOT: { roles: { hasSome: ["practitioner", "scheduler", "administrator"] } } } },
      ],
    },
  });
}

/** Leaves the queue and the waitlist, and cancels what is to come: practitioners are told, and conferences end, as always. */
async function endPlans({ patientIds }: Person, now: Temporal.Instant): Promise<void> {
  const theirs = { patientId: { in: [...patientIds] } };
  const select = { id: true } as const;
  const queued = await db().queueEntry.findMany({ where: { ...theirs, status: "waiting" }, select });
  for (const { id } of queued) await leaveQueue(id, now, { by: "system" });
  const waiting = await db().waitlistEntry.findMany({
    // Also those that have ended while an offer of theirs was open.
    where: { ...theirs, OR: [{ status: "waiting" }, { offers: { some: { status: "open" } } }] },
    select,
  });
  for (const { id } of waiting)
    await leaveWaitlist({ entryId: id, actor: { kind: "system" }, as: "staff" }, now);
  const booked = await db().appointment.findMany({
    where: {
      ...theirs,
      status: { in: ["booked", "arrived"] },
      endAt: { gt: toDate(now) },
      encounter: { status: { in: ["planned", "arrived"] } },
    },
    select,
    orderBy: { startAt: "asc" },
  });
  for (const { id } of booked) {
    const cancelled = await cancelAppointment({ appointmentId: id, reason: "" }, { kind: "system" }, now);
    if (!cancelled.ok) throw new TryAgain(`erasure: a visit is ${cancelled.reason}`);
  }
}

/**
 * The one patient has gone; whose account asked for it, if one did, is said no longer, or it would say whose the kept records are.
 *
 * @param pseudonym none where a worker died after the patient had gone
 */
const finishPatient = (
  erasureId: string,
  pseudonym: string | undefined,
  now: Temporal.Instant,
): Promise<unknown> =>
  transaction(async (tx) => {
    if (await settle(tx, erasureId, now)) await tellDone(tx, erasureId, pseudonym, now);
    return ok();
  });

/** The account, and with it the last that joins the trail's pseudonym to somebody; then it is done, and said so once. */
async function eraseAccount(erasureId: string, userId: string, now: Temporal.Instant): Promise<void> {
  await transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "user" WHERE "id" = ${userId}::uuid FOR UPDATE`;
    const user = await tx.user.findUnique({
      where: { id: userId },
      include: { practitioner: { select: { id: true } } },
    });
    if (!(await settle(tx, erasureId, now)) || !user) return ok();
    await tx.signInRequest.deleteMany({ where: { email: user.email } });
    await tx.dataExport.deleteMany({ where: { userId } });
    if (isAccountKept(user)) {
      await endPatientRole(tx, user, now);
      // Whose requests these were is said no longer, as of everybody else; and with it goes why one was refused.
      await tx.erasure.updateMany({ where: { userId }, data: { userId: null } });
    } else await tx.user.delete({ where: { id: userId } });
    await tellDone(tx, erasureId, user.pseudonym, now);
    return ok();
  });
}

/** Whoever works here, or has as a practitioner, keeps the account, and is no patient any more. */
async function endPatientRole(
  tx: Tx,
  { id, roles: before, pseudonym }: Pick<User, "id" | "roles" | "pseudonym">,
  now: Temporal.Instant,
): Promise<void> {
  const roles = before.filter((role) => role !== "patient");
  if (roles.length === before.length) return;
  await tx.user.update({ where: { id }, data: { roles } });
  await recordAudit(
    tx,
    {
      action: "user.roles_changed",
      details: { before, roles },
      actor: { kind: "system" },
      outcome: "success",
      subject: pseudonym,
      entity: undefined,
    },
    now,
  );
}

/** @returns whether it was this one that brought it to its end */
async function settle(tx: Tx, erasureId: string, now: Temporal.Instant): Promise<boolean> {
  const { count } = await tx.erasure.updateMany({
    where: { id: erasureId, status: "approved" },
    data: { status: "done", doneAt: toDate(now), userId: null },
  });
  return count > 0;
}

/** The last mail, where there is an address for it, and the trail. */
async function tellDone(
  tx: Tx,
  erasureId: string,
  subject: string | undefined,
  now: Temporal.Instant,
): Promise<void> {
  const { contactSealed } = await tx.erasure.findUniqueOrThrow({ where: { id: erasureId } });
  if (contactSealed) await queueNotification(tx, { kind: "erasure_done", erasureId, now });
  await recordAudit(
    tx,
    {
      action: "erasure.done",
      details: { patients: await tx.patient.count({ where: { erasureId } }) },
      actor: { kind: "system" },
      outcome: "success",
      subject,
      entity: { type: "erasure", id: erasureId },
    },
    now,
  );
}
