import type { Temporal } from "temporal-polyfill";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { timesTopic } from "@/lib/events/topics";
import { countAttempt, type Limit } from "@/lib/security/rate-limit";
import { toDate } from "@/lib/time/instant";
import { findHold } from "../data/holds";
import { readBookingSettings } from "../data/settings";
import type { Held, HoldRefusal, NewHold } from "../types/hold";
import type { BookingSettings } from "../types/settings";
import { checkClaim, claimColumns, claimOf, clearWay, findOffer, lockClaims } from "./claim";
import { releaseHold } from "./release";
import { expireOffers } from "./waitlist-end";

const CONSTRAINTS = {
  slot_practitioner_excl: "slot_taken",
  // One live hold for each visitor: another tab of theirs has just made one.
  slot_holder_hash_key: "outrun",
} as const;

const HOUR_SECONDS = 3600;

/**
 * Holds a time for a visitor, whose earlier hold is given up for it. The very time that they hold already stays held until its old
 * end, and counts no second time.
 *
 * @returns until when, or why not; after `too_many_holds` the time can still be booked, and no hold is left
 */
export async function holdSlot(hold: NewHold, now: Temporal.Instant): Promise<Result<Held, HoldRefusal>> {
  const kept = await findHold(db(), hold.holderHash, now);
  if (kept && isSameTime(kept, hold)) return ok({ startAt: kept.startAt, expiresAt: kept.expiresAt });

  const settings = await readBookingSettings(db());
  if (await isOverLimit(hold, settings, now)) {
    await releaseHold(hold.holderHash);
    return refuse("too_many_holds");
  }
  await expireOffers(now, hold.practitionerId);
  const expiresAt = now.add({ minutes: settings.holdMinutes });
  const claim = () => transaction((tx) => claimTime(tx, hold, expiresAt, now), CONSTRAINTS);
  let held = await claim();
  if (!held.ok && held.reason === "outrun") held = await claim();
  if (held.ok) return held;
  return refuse(held.reason === "outrun" ? "slot_taken" : held.reason);
}

const isSameTime = (
  kept: Pick<NewHold, "practitionerId" | "visitTypeId" | "startAt">,
  wanted: Pick<NewHold, "practitionerId" | "visitTypeId" | "startAt">,
) =>
  kept.practitionerId === wanted.practitionerId &&
  kept.visitTypeId === wanted.visitTypeId &&
  kept.startAt.equals(wanted.startAt);

async function claimTime(
  tx: Tx,
  hold: NewHold,
  expiresAt: Temporal.Instant,
  now: Temporal.Instant,
): Promise<Result<Held, Exclude<HoldRefusal, "too_many_holds">>> {
  const { practitionerId, visitTypeId, startAt, holderHash } = hold;
  const earlier = await tx.slot.findUnique({ where: { holderHash }, select: { practitionerId: true } });
  const practitionerIds = [practitionerId, ...(earlier ? [earlier.practitionerId] : [])];
  await lockClaims(tx, practitionerIds);

  await tx.slot.deleteMany({ where: { holderHash } });
  const offer = await findOffer(tx, hold);
  if (!offer) return refuse("not_offered");
  const { visit, claim } = claimOf(offer.visitType, startAt);
  if (await clearWay(tx, { practitionerId, claim }, now)) return refuse("slot_taken");
  const allowed = await checkClaim(tx, { practitionerId, visitTypeId, startAt }, offer, {}, now);
  if (!allowed.ok) return allowed;
  await tx.slot.create({
    data: {
      id: newId(),
      practitionerId,
      visitTypeId,
      status: "busy_tentative",
      ...claimColumns({ visit, claim }),
      seats: allowed.value.seats,
      holderHash,
      expiresAt: toDate(expiresAt),
      fullExpiresAt: toDate(expiresAt),
      createdAt: toDate(now),
    },
  });
  await publish(tx, practitionerIds.map(timesTopic));
  return ok({ startAt, expiresAt });
}

/** Counts this hold for its visitor and, where it is known, for the address, and tells whether either has had too many. */
async function isOverLimit(
  { holderHash, address }: NewHold,
  { holdsPerVisitorPerHour, holdsPerAddressPerHour }: BookingSettings,
  now: Temporal.Instant,
): Promise<boolean> {
  const hourly = (max: number): Limit => ({ max, windowSeconds: HOUR_SECONDS });
  const visitor = Buffer.from(holderHash).toString("base64url");
  if (
    (await countAttempt("booking.hold.visitor", visitor, hourly(holdsPerVisitorPerHour), now)) !== undefined
  )
    return true;
  if (address === undefined) return false;
  return (
    (await countAttempt("booking.hold.address", address, hourly(holdsPerAddressPerHour), now)) !== undefined
  );
}
