import type { Temporal } from "temporal-polyfill";
import { newId } from "@/lib/core/ids";
import { logger } from "@/lib/core/logger";
import { db } from "@/lib/db/client";
import { toDate } from "@/lib/time/instant";
import { trueconf } from "@/lib/trueconf/client";
import { type Insider, insiderAs, insiderKey, insiderOf } from "../rules/participants";

/**
 * Writes down who is in a conference at this moment, as TrueConf shows it: a stay begins when somebody is first seen and ends when
 * they are not seen any more. The portal's own presence stands beside it, and neither corrects the other.
 *
 * @returns whether anything changed
 */
export async function noteInside(
  encounterId: string,
  inside: readonly Insider[],
  now: Temporal.Instant,
): Promise<boolean> {
  const open = await db().attendance.findMany({
    where: { encounterId, source: "participants", toAt: null },
    select: { id: true, side: true, thirdPersonId: true },
  });
  const present = new Set(inside.map(insiderKey));
  const known = new Set(open.map(insiderKey));
  const left = open.filter((stay) => !present.has(insiderKey(stay))).map(({ id }) => id);
  const came = inside.filter((person, at) => {
    const key = insiderKey(person);
    return !known.has(key) && inside.findIndex((other) => insiderKey(other) === key) === at;
  });
  // No stay ends before it began, whichever process's clock is ahead.
  if (left.length > 0)
    await db().$executeRaw`
      UPDATE "attendance" SET "to_at" = GREATEST("from_at", ${toDate(now)}) WHERE "id" = ANY(${left}::uuid[])`;
  if (came.length > 0)
    await db().attendance.createMany({
      data: came.map(({ side, thirdPersonId }) => ({
        id: newId(),
        encounterId,
        source: "participants" as const,
        side,
        thirdPersonId,
        fromAt: toDate(now),
      })),
      skipDuplicates: true,
    });
  return left.length + came.length > 0;
}

const ACCOUNT = { select: { trueconfUser: true } } as const;

/**
 * After the end: who was in the conference, as the server's own log has it, a colleague who handed the visit on among them. A server
 * that gives us no right to its log, or does not answer, leaves the visit without these facts, and nothing else is wrong.
 */
export async function noteCallLog(encounterId: string, now: Temporal.Instant): Promise<void> {
  await noteInside(encounterId, [], now);
  const conference = await db().conference.findUnique({
    where: { encounterId },
    include: {
      encounter: {
        include: {
          guests: true,
          handovers: { where: { status: "accepted" }, select: { fromPractitioner: ACCOUNT } },
          appointment: { select: { practitioner: ACCOUNT } },
        },
      },
    },
  });
  if (!conference) return;
  const { guests, handovers, appointment } = conference.encounter;
  const logged = await trueconf().listAttendances(conference.trueconfId);
  if (!logged.ok) {
    logger().info({ encounterId, kind: logged.error.kind }, "visits: the log of calls could not be read");
    return;
  }
  const known = {
    accounts: [
      appointment.practitioner,
      ...handovers.map(({ fromPractitioner }) => fromPractitioner),
    ].flatMap(({ trueconfUser }) => trueconfUser ?? []),
    guests: guests.map(({ guestId, ...person }) => ({ guestId, ...insiderAs(person) })),
  };
  const data = logged.value.flatMap(({ id, fromAt, toAt, leaveReason }) => {
    const insider = insiderOf(id, known);
    if (!insider) return [];
    return [
      {
        id: newId(),
        encounterId,
        source: "call_log" as const,
        ...insider,
        fromAt: toDate(fromAt),
        toAt: toAt ? toDate(toAt) : null,
        leaveReason: leaveReason?.slice(0, 100) ?? null,
      },
    ];
  });
  if (data.length > 0) await db().attendance.createMany({ data, skipDuplicates: true });
}
