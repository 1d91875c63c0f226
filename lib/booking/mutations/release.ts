import type { Temporal } from "temporal-polyfill";
import { ok } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { timesTopic } from "@/lib/events/topics";
import { toDate, toInstant } from "@/lib/time/instant";
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

/** The page about a hold was left: the hold ends soon, unless its holder comes back. Later words of the page stand. */
export const leaveHold = ({ holdId, holderHash, sequence }: Presence, now: Temporal.Instant) =>
  transaction(async (tx) => {
    const soon = now.add({ seconds: LEFT_SECONDS });
    await tx.slot.updateMany({
      where: { ...spokenOf({ holdId, holderHash, sequence }), expiresAt: { gt: toDate(soon) } },
      data: { expiresAt: toDate(soon), presenceSequence: sequence },
    });
    // One that ends even sooner keeps its end, and the word that came.
    await tx.slot.updateMany({
      where: spokenOf({ holdId, holderHash, sequence }),
      data: { presenceSequence: sequence },
    });
    return ok();
  });

/**
 * The page about a hold is seen again: the hold lasts as long as it would have.
 *
 * @returns until when this visitor holds the time, if they still do
 */
export async function returnToHold(
  presence: Presence,
  now: Temporal.Instant,
): Promise<Temporal.Instant | undefined> {
  const result = await transaction(async (tx) => ok(await restore(tx, presence, now)));
  return result.ok ? result.value : undefined;
}

async function restore(tx: Tx, presence: Presence, now: Temporal.Instant) {
  const mine = { id: presence.holdId, holderHash: presence.holderHash };
  const hold = await tx.slot.findFirst({ where: mine });
  if (!hold) return undefined;
  // Others may have counted it among those that end soon.
  await lockClaims(tx, [hold.practitionerId]);
  await tx.slot.updateMany({
    where: { ...spokenOf(presence), expiresAt: { gt: toDate(now) } },
    data: { expiresAt: hold.fullExpiresAt, presenceSequence: presence.sequence },
  });
  const left = await tx.slot.findFirst({
    where: { ...mine, expiresAt: { gt: toDate(now) } },
    select: { expiresAt: true },
  });
  return left?.expiresAt ? toInstant(left.expiresAt) : undefined;
}

/** The hold of which a page speaks, unless a later word has come first. */
const spokenOf = ({ holdId, holderHash, sequence }: Presence) => ({
  id: holdId,
  holderHash,
  OR: [{ presenceSequence: null }, { presenceSequence: { lt: BigInt(sequence) } }],
});

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
