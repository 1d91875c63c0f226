import type { Temporal } from "temporal-polyfill";
import { newId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import { deriveKey } from "@/lib/security/tokens";
import { toDate } from "@/lib/time/instant";
import { deriveGuestId } from "@/lib/trueconf/guest";

/** Somebody who enters a conference without a TrueConf account. */
export type GuestPerson = { patientId: string } | { practitionerId: string } | { thirdPersonId: string };

/**
 * The guest id under which a person enters a visit, stored at the first asking: derived, so that it is the same however often this
 * runs, and at once in several places.
 */
export async function ensureGuest(
  db: Db,
  encounterId: string,
  person: GuestPerson,
  now: Temporal.Instant,
): Promise<string> {
  const [personId = ""] = Object.values(person);
  const guestId = deriveGuestId({ key: deriveKey("guest-id"), personId, encounterId });
  const known = await db.guest.findUnique({ where: { guestId }, select: { id: true } });
  if (!known)
    await db.guest.createMany({
      data: [{ id: newId(), encounterId, guestId, createdAt: toDate(now), ...person }],
      skipDuplicates: true,
    });
  return guestId;
}
