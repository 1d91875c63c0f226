import type { Temporal } from "temporal-polyfill";
import { auditActor } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
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
    const pseudonym = await lockOwner(tx, owner);
    if (pseudonym === undefined) return refuse("not_found");
    if ((await tx.accessLink.count({ where: live(owner) })) > 0) return refuse("exists");
    const token = await mintCalendarLink(tx, owner, now);
    await note(tx, "calendar_feed.created", pseudonym, actor, now);
    return ok(token);
  });

/** Ends an owner's calendar: from now on its address is none. Ending none does nothing. */
export const revokeCalendarFeed = (
  owner: FeedOwner,
  actor: Actor,
  now: Temporal.Instant,
): Promise<Result<undefined, FeedRefusal>> =>
  transaction(async (tx) => {
    const pseudonym = await lockOwner(tx, owner);
    if (pseudonym === undefined) return refuse("not_found");
    const { count } = await tx.accessLink.updateMany({
      where: live(owner),
      data: { revokedAt: toDate(now) },
    });
    if (count > 0) await note(tx, "calendar_feed.revoked", pseudonym, actor, now);
    return ok();
  });

const live = (owner: FeedOwner) => ({ ...owner, purpose: "calendar", revokedAt: null }) as const;

/**
 * Two forms at once make one calendar: the second waits here and finds the first one's.
 *
 * @returns the owner's pseudonym; none for an owner who is not there
 */
async function lockOwner(tx: Tx, owner: FeedOwner): Promise<string | undefined> {
  const [row] =
    "userId" in owner
      ? await tx.$queryRaw<{ pseudonym: string }[]>`
          SELECT "pseudonym" FROM "user" WHERE "id" = ${owner.userId}::uuid FOR NO KEY UPDATE`
      : await tx.$queryRaw<{ pseudonym: string }[]>`
          SELECT "pseudonym" FROM "patient" WHERE "id" = ${owner.patientId}::uuid FOR NO KEY UPDATE`;
  return row?.pseudonym;
}

const note = (
  tx: Tx,
  action: "calendar_feed.created" | "calendar_feed.revoked",
  pseudonym: string,
  actor: Actor,
  now: Temporal.Instant,
) =>
  recordAudit(
    tx,
    {
      action,
      details: {},
      actor: auditActor(actor),
      outcome: "success",
      subject: pseudonym,
      entity: undefined,
    },
    now,
  );
