import type { Temporal } from "temporal-polyfill";
import { auditActor } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditEntity } from "@/lib/audit/types";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { mintCalendarLink } from "@/lib/security/access-link";
import { toDate } from "@/lib/time/instant";
import type { FeedOwner, FeedRefusal } from "../types/feed";

/**
 * Makes an owner's calendar to subscribe to. There is one at most: its address is handed out this once and only its hash is kept, so
 * whoever has lost it stops it and makes another.
 *
 * @returns the token of its address
 */
export const createCalendarFeed = (
  owner: FeedOwner,
  actor: Actor,
  now: Temporal.Instant,
): Promise<Result<string, FeedRefusal>> =>
  transaction(async (tx) => {
    const locked = await lockOwner(tx, owner);
    if (!locked) return refuse("not_found");
    if ((await tx.accessLink.count({ where: live(owner) })) > 0) return refuse("exists");
    const token = await mintCalendarLink(tx, owner, now);
    await note(tx, "calendar_feed.created", locked, actor, now);
    return ok(token);
  });

/** Ends an owner's calendar: from now on its address is none. Ending none does nothing. */
export const revokeCalendarFeed = (
  owner: FeedOwner,
  actor: Actor,
  now: Temporal.Instant,
): Promise<Result<undefined, FeedRefusal>> =>
  transaction(async (tx) => {
    const locked = await lockOwner(tx, owner);
    if (!locked) return refuse("not_found");
    const { count } = await tx.accessLink.updateMany({
      where: live(owner),
      data: { revokedAt: toDate(now) },
    });
    if (count > 0) await note(tx, "calendar_feed.revoked", locked, actor, now);
    return ok();
  });

const live = (owner: FeedOwner) => ({ ...owner, purpose: "calendar", revokedAt: null }) as const;

type LockedOwner = { pseudonym: string; entity: AuditEntity };

/** Two forms at once make one calendar: the second waits here and finds the first one's. */
async function lockOwner(tx: Tx, owner: FeedOwner): Promise<LockedOwner | undefined> {
  const [row] =
    "userId" in owner
      ? await tx.$queryRaw<{ pseudonym: string }[]>`
          SELECT "pseudonym" FROM "user" WHERE "id" = ${owner.userId}::uuid FOR NO KEY UPDATE`
      : await tx.$queryRaw<{ pseudonym: string }[]>`
          SELECT "pseudonym" FROM "patient" WHERE "id" = ${owner.patientId}::uuid FOR NO KEY UPDATE`;
  if (!row) return undefined;
  const entity =
    "userId" in owner
      ? ({ type: "user", id: owner.userId } as const)
      : ({ type: "patient", id: owner.patientId } as const);
  return { pseudonym: row.pseudonym, entity };
}

const note = (
  tx: Tx,
  action: "calendar_feed.created" | "calendar_feed.revoked",
  { pseudonym, entity }: LockedOwner,
  actor: Actor,
  now: Temporal.Instant,
) =>
  recordAudit(
    tx,
    { action, details: {}, actor: auditActor(actor), outcome: "success", subject: pseudonym, entity },
    now,
  );
