import type { Temporal } from "temporal-polyfill";
import type { Role } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditActor, SignInMethod } from "@/lib/audit/types";
import { newId } from "@/lib/core/ids";
import { ok } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { toDate } from "@/lib/time/instant";
import { limitsOf } from "../rules";

/** What a new session tells the browser that asked for it. */
export type NewSession = {
  sessionId: string;
  expiresAt: Temporal.Instant;
  email: string;
  locale: string;
  roles: readonly Role[];
};

/** From where a request came, for the trail and the session list. */
export type RequestOrigin = { address: string | undefined; userAgent: string | undefined };

/**
 * Begins a session for a user who has just proved who they are. The first one ends the invitations that are still on their way.
 *
 * @param byMail whether a link from a mail to the account's address was among the proofs
 * @param secondStepByProvider whether the clinic's provider asked for a second step, so that ours is not missing
 */
export async function startSession(
  tx: Tx,
  userId: string,
  method: SignInMethod,
  origin: RequestOrigin,
  now: Temporal.Instant,
  {
    byMail = method === "email_link",
    secondStepByProvider = false,
  }: { byMail?: boolean | undefined; secondStepByProvider?: boolean } = {},
): Promise<{ ok: true; value: NewSession }> {
  const user = await tx.user.findUniqueOrThrow({ where: { id: userId } });
  if (user.enteredAt === null) await endInvitations(tx, userId, now);
  const expiresAt = now.add({ hours: limitsOf(user.roles).hours });
  const session = await tx.session.create({
    data: {
      id: newId(),
      userId,
      sessionVersion: user.sessionVersion,
      mailProvedAt: byMail ? toDate(now) : null,
      secondStepByProvider,
      userAgent: origin.userAgent?.slice(0, 300) ?? null,
      createdAt: toDate(now),
      lastSeenAt: toDate(now),
      expiresAt: toDate(expiresAt),
    },
  });
  await recordAudit(
    tx,
    {
      action: "session.started",
      details: { method },
      actor: { kind: "user", pseudonym: user.pseudonym },
      outcome: "success",
      subject: user.pseudonym,
      entity: { type: "session", id: session.id },
      address: origin.address,
    },
    now,
  );
  return ok({ sessionId: session.id, expiresAt, email: user.email, locale: user.locale, roles: user.roles });
}

/** Notes that an account is in use: from now on it is entered by what its owner has, and by no mail that was sent before. */
async function endInvitations(tx: Tx, userId: string, now: Temporal.Instant): Promise<void> {
  await tx.user.update({ where: { id: userId }, data: { enteredAt: toDate(now) } });
  await tx.accessLink.updateMany({
    where: { userId, purpose: "invitation", usedAt: null, revokedAt: null },
    data: { revokedAt: toDate(now) },
  });
}

/**
 * Ends every session of somebody who has changed how they sign in, and begins another for the browser that asked. That the clinic's
 * provider asked for a second step when it began still holds.
 */
export async function renewSession(
  tx: Tx,
  { userId, sessionId }: { userId: string; sessionId: string },
  method: SignInMethod,
  origin: RequestOrigin,
  now: Temporal.Instant,
): Promise<NewSession> {
  const former = await tx.session.findFirst({ where: { id: sessionId, userId } });
  await endSessionsOf(tx, userId, now, { address: origin.address });
  const secondStepByProvider = former?.secondStepByProvider ?? false;
  return (await startSession(tx, userId, method, origin, now, { secondStepByProvider })).value;
}

/**
 * Holds an account as it was when somebody proved whose it is, until the transaction ends. False when it was changed or closed
 * since: what was proved then opens nothing now.
 */
export async function holdAccount(
  tx: Tx,
  { userId, sessionVersion }: { userId: string; sessionVersion: number },
): Promise<boolean> {
  const held = await tx.$queryRaw<{ id: string }[]>`
    SELECT "id" FROM "user" WHERE "id" = ${userId}::uuid AND "session_version" = ${sessionVersion}
      AND "disabled_at" IS NULL FOR UPDATE`;
  return held.length > 0;
}

/** The user's row, held until the transaction ends, so that changes of one account follow each other. */
const lockUser = (tx: Tx, userId: string) =>
  tx.$queryRaw`SELECT 1 FROM "user" WHERE "id" = ${userId}::uuid FOR UPDATE`;

/**
 * Holds the account of somebody who changes how it is entered, until the transaction ends. False when the session in which they ask was
 * ended since it was looked at, by them elsewhere or by an administrator: whoever was thrown out is not let in again by what they sent before.
 */
export async function holdSession(
  tx: Tx,
  { userId, sessionId }: { userId: string; sessionId: string },
): Promise<boolean> {
  await lockUser(tx, userId);
  const held = await tx.session.findFirst({
    where: { id: sessionId, userId, revokedAt: null, user: { disabledAt: null } },
    select: { sessionVersion: true, user: { select: { sessionVersion: true } } },
  });
  return held !== null && held.sessionVersion === held.user.sessionVersion;
}

/** Ends one session. Ending it twice does nothing. */
export async function endSession(
  sessionId: string,
  now: Temporal.Instant,
  address?: string | undefined,
): Promise<void> {
  await transaction(async (tx) => {
    const ended = await tx.session.updateManyAndReturn({
      where: { id: sessionId, revokedAt: null },
      data: { revokedAt: toDate(now) },
      include: { user: true },
    });
    for (const { id, user } of ended)
      await recordEnded(tx, id, user.pseudonym, now, { kind: "user", pseudonym: user.pseudonym, address });
    return ok();
  });
}

/** Notes that a session is in use; called at most every few minutes for one session. */
export async function touchSession(sessionId: string, now: Temporal.Instant): Promise<void> {
  await db().session.updateMany({ where: { id: sessionId }, data: { lastSeenAt: toDate(now) } });
}

/** {@link endSessionsOf} in a transaction of its own, for somebody who ends sessions of their own. @returns how many ended */
export async function endOwnSessions(
  userId: string,
  which: { except?: string; only?: string; address?: string | undefined },
  now: Temporal.Instant,
): Promise<number> {
  const ended = await transaction(async (tx) => {
    // A session that is being renewed is ended under its new id.
    await lockUser(tx, userId);
    return ok(await endSessionsOf(tx, userId, now, which));
  });
  return ended.ok ? ended.value : 0;
}

/**
 * Ends sessions of one user: all of them, or all but the one that asks, or one alone. Those of others are never touched.
 *
 * @param which.by who ends them, where it is not their owner
 * @param which.address from where their owner does
 * @returns how many ended
 */
export async function endSessionsOf(
  tx: Tx,
  userId: string,
  now: Temporal.Instant,
  which: { except?: string; only?: string; by?: AuditActor; address?: string | undefined } = {},
): Promise<number> {
  const ended = await tx.session.updateManyAndReturn({
    where: {
      userId,
      revokedAt: null,
      expiresAt: { gt: toDate(now) },
      ...(which.only === undefined ? {} : { id: which.only }),
      ...(which.except === undefined ? {} : { NOT: { id: which.except } }),
    },
    data: { revokedAt: toDate(now) },
    include: { user: true },
  });
  for (const { id, user } of ended) {
    const owner = { kind: "user", pseudonym: user.pseudonym, address: which.address } as const;
    await recordEnded(tx, id, user.pseudonym, now, which.by ?? owner);
  }
  return ended.length;
}

const recordEnded = (
  tx: Tx,
  sessionId: string,
  pseudonym: string,
  now: Temporal.Instant,
  by: AuditActor,
): Promise<void> =>
  recordAudit(
    tx,
    {
      action: "session.ended",
      details: {},
      actor: by,
      outcome: "success",
      subject: pseudonym,
      entity: { type: "session", id: sessionId },
    },
    now,
  );
