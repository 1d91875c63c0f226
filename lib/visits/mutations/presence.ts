import type { Temporal } from "temporal-polyfill";
import { newId } from "@/lib/core/ids";
import { ok } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { lockEncounter } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic, practitionerTopic } from "@/lib/events/topics";
import { isBefore, toDate, toInstant } from "@/lib/time/instant";
import { type Side, silentSince } from "../rules/presence";

/** Whose open page it is: a side of one visit, and of third persons which. */
export type Attendee = {
  appointmentId: string;
  encounterId: string;
  side: Side;
  thirdPersonId: string | null;
};

const sideOf = ({ encounterId, side, thirdPersonId }: Attendee) => ({ encounterId, side, thirdPersonId });

/**
 * An open page says that somebody is there. The first of a side begins an attendance, and both sides and the agenda are told.
 *
 * @param id the page's own
 */
export const beginPresence = (attendee: Attendee, id: string, now: Temporal.Instant) =>
  transaction(async (tx) => {
    await lockEncounter(tx, attendee.appointmentId);
    const isThere = await settle(tx, attendee, now);
    const at = toDate(now);
    // It may be there already: a process asks again for what it has not heard of.
    await tx.presence.createMany({
      data: [{ ...sideOf(attendee), id, beatAt: at, createdAt: at }],
      skipDuplicates: true,
    });
    if (isThere) return ok();
    await tx.attendance.create({
      data: { ...sideOf(attendee), id: newId(), source: "portal", fromAt: at },
    });
    await tell(tx, attendee.appointmentId);
    return ok();
  });

/** A page is there no more. The last of a side ends its attendance, and everybody is told. Safe to repeat. */
export const endPresence = (attendee: Attendee, id: string, now: Temporal.Instant) =>
  transaction(async (tx) => {
    await lockEncounter(tx, attendee.appointmentId);
    const { count } = await tx.presence.deleteMany({ where: { id } });
    if (count > 0 && !(await settle(tx, attendee, now, now))) await tell(tx, attendee.appointmentId);
    return ok();
  });

/**
 * A process says that these pages are still open.
 *
 * @returns those that are known; the others were taken for dead meanwhile
 */
export async function beatPresences(
  ids: readonly string[],
  now: Temporal.Instant,
): Promise<ReadonlySet<string>> {
  const rows = await db().$queryRaw<{ id: string }[]>`
    UPDATE "presence" SET "beat_at" = ${toDate(now)} WHERE "id" = ANY(${ids}::uuid[]) RETURNING "id"`;
  return new Set(rows.map(({ id }) => id));
}

/** Ends what processes that died have left behind, as of their last beat. */
export async function reapPresences(now: Temporal.Instant): Promise<void> {
  const silent = await db().presence.findMany({
    where: { beatAt: { lte: toDate(silentSince(now)) } },
    distinct: ["encounterId", "side", "thirdPersonId"],
    include: { encounter: { select: { appointmentId: true } } },
  });
  for (const { encounterId, side, thirdPersonId, encounter } of silent) {
    const attendee = { appointmentId: encounter.appointmentId, encounterId, side, thirdPersonId };
    await transaction(async (tx) => {
      await lockEncounter(tx, attendee.appointmentId);
      if (!(await settle(tx, attendee, now))) await tell(tx, attendee.appointmentId);
      return ok();
    });
  }
}

/**
 * Removes an attendee's pages that nobody speaks for any more and, where that leaves none, ends the attendance: at `leftAt`, else at
 * their last beat.
 *
 * @returns whether somebody is there
 */
async function settle(
  tx: Tx,
  attendee: Attendee,
  now: Temporal.Instant,
  leftAt?: Temporal.Instant,
): Promise<boolean> {
  const pages = await tx.presence.findMany({
    where: sideOf(attendee),
    select: { id: true, beatAt: true },
    orderBy: { beatAt: "desc" },
  });
  const silent = pages.filter(({ beatAt }) => !isBefore(silentSince(now), toInstant(beatAt)));
  if (silent.length > 0) await tx.presence.deleteMany({ where: { id: { in: silent.map(({ id }) => id) } } });
  if (silent.length < pages.length) return true;
  const until = leftAt ? toDate(leftAt) : silent[0]?.beatAt;
  // The clocks of two processes differ; nobody leaves before they came.
  if (until)
    await tx.$executeRaw`
      UPDATE "attendance" SET "to_at" = GREATEST("from_at", ${until})
      WHERE "encounter_id" = ${attendee.encounterId}::uuid AND "source" = 'portal' AND "to_at" IS NULL
        AND "side" = ${attendee.side}::"VisitSide" AND "third_person_id" IS NOT DISTINCT FROM ${attendee.thirdPersonId}::uuid`;
  return false;
}

/** Looks up whose day it is: the visit may have been handed on since the page was opened. */
async function tell(tx: Tx, appointmentId: string): Promise<void> {
  const { practitionerId } = await tx.appointment.findUniqueOrThrow({
    where: { id: appointmentId },
    select: { practitionerId: true },
  });
  await publish(tx, [appointmentTopic(appointmentId), practitionerTopic(practitionerId)]);
}
