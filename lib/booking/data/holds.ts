import type { Temporal } from "temporal-polyfill";
import type { Db } from "@/lib/db/client";
import { toDate, toInstant } from "@/lib/time/instant";

/** A visitor's live hold; a visitor has one at most. */
export type Hold = {
  holdId: string;
  practitionerId: string;
  visitTypeId: string;
  startAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
};

/** The hold of the visitor whose secret has this SHA-256, unless it has run out. */
export async function findHold(
  db: Db,
  holderHash: Uint8Array,
  now: Temporal.Instant,
): Promise<Hold | undefined> {
  const row = await db.slot.findUnique({
    where: { holderHash: new Uint8Array(holderHash), expiresAt: { gt: toDate(now) } },
    select: { id: true, practitionerId: true, visitTypeId: true, visitStartAt: true, expiresAt: true },
  });
  if (!row?.expiresAt) return undefined;
  const { id, visitStartAt, expiresAt, ...offer } = row;
  return { holdId: id, ...offer, startAt: toInstant(visitStartAt), expiresAt: toInstant(expiresAt) };
}

/** When the first of a practitioner's live holds and offers runs out, which frees its time without anybody's doing. */
export async function findNextExpiry(
  db: Db,
  practitionerId: string,
  now: Temporal.Instant,
): Promise<Temporal.Instant | undefined> {
  const row = await db.slot.findFirst({
    where: { practitionerId, expiresAt: { gt: toDate(now) }, endAt: { gt: toDate(now) } },
    orderBy: { expiresAt: "asc" },
    select: { expiresAt: true },
  });
  return row?.expiresAt ? toInstant(row.expiresAt) : undefined;
}
