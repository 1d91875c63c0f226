import type { Temporal } from "temporal-polyfill";
import { ok } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { timesTopic } from "@/lib/events/topics";
import { compareInstants, toDate, toInstant } from "@/lib/time/instant";
import type { Presence } from "../types/hold";
import { lockClaims } from "./claim";

/** For so long a time stays held after its holder has left the page. */
export const LEFT_SECONDS = 60;

/** Gives up whatever a visitor holds. */
export const releaseHold = (holderHash: Uint8Array<ArrayBuffer>) =>
  transaction(async (tx) => {
    const held = await tx.slot.findUnique({ where: { holderHash }, select: { practitionerId: true } });
    await tx.slot.deleteMany({ where: { holderHash } });
    if (held) await publish(tx, [timesTopic(held.practitionerId)]);
    return ok();
  });

/**
 * The page about a hold was left: the hold ends soon, unless its holder comes back. A later word of theirs stands.
 *
 * @returns until when this visitor holds the time, if they do
 */
export const leaveHold = (presence: Presence, now: Temporal.Instant) =>
  hear(presence, now, ({ expiresAt }) => earlier(expiresAt, now.add({ seconds: LEFT_SECONDS })));

/**
 * The page about a hold is seen again: the hold lasts as long as it would have. One that has run out meanwhile is gone.
 *
 * @returns until when this visitor holds the time, if they still do
 */
export const returnToHold = (presence: Presence, now: Temporal.Instant) =>
  hear(presence, now, ({ expiresAt, fullExpiresAt }) => fullExpiresAt ?? expiresAt);

const earlier = (a: Temporal.Instant, b: Temporal.Instant) => (compareInstants(a, b) < 0 ? a : b);

type Ends = { expiresAt: Temporal.Instant; fullExpiresAt: Temporal.Instant | undefined };

async function hear(
  { holdId, holderHash, sequence }: Presence,
  now: Temporal.Instant,
  newEnd: (ends: Ends) => Temporal.Instant,
): Promise<Temporal.Instant | undefined> {
  const live = { id: holdId, holderHash, expiresAt: { gt: toDate(now) } };
  const known = await db().slot.findFirst({ where: live, select: { practitionerId: true } });
  if (!known) return undefined;
  const heard = await transaction(async (tx) => {
    // Whoever claims time at this moment must not count a hold that ends otherwise.
    await lockClaims(tx, [known.practitionerId]);
    const hold = await tx.slot.findFirst({ where: live });
    if (!hold?.expiresAt) return ok(undefined);
    const expiresAt = toInstant(hold.expiresAt);
    if ((hold.presenceSequence ?? -1n) >= BigInt(sequence)) return ok(expiresAt);
    const fullExpiresAt = hold.fullExpiresAt ? toInstant(hold.fullExpiresAt) : undefined;
    const end = newEnd({ expiresAt, fullExpiresAt });
    await tx.slot.updateMany({
      where: live,
      data: { expiresAt: toDate(end), presenceSequence: sequence },
    });
    // Who follows the times looks again when this hold ends, which is at another moment from now on.
    await publish(tx, [timesTopic(known.practitionerId)]);
    return ok(end);
  });
  return heard.ok ? heard.value : undefined;
}

const AT_A_TIME = 500;

/** Deletes holds that have run out, and tells who looks at their times. Tidies only: an expired hold keeps nobody from booking. */
export async function sweepHolds(now: Temporal.Instant): Promise<void> {
  const expired = await db().slot.findMany({
    where: { status: "busy_tentative", holderHash: { not: null }, expiresAt: { lte: toDate(now) } },
    select: { id: true, practitionerId: true },
    take: AT_A_TIME,
  });
  if (expired.length === 0) return;
  await transaction(async (tx) => {
    const ids = expired.map(({ id }) => id);
    // One that was taken up again or booked meanwhile is no longer among them.
    await tx.slot.deleteMany({
      where: { id: { in: ids }, status: "busy_tentative", expiresAt: { lte: toDate(now) } },
    });
    await publish(
      tx,
      [...new Set(expired.map(({ practitionerId }) => practitionerId))].map((id) => timesTopic(id)),
    );
    return ok();
  });
}
