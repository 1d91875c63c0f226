import type { Temporal } from "temporal-polyfill";
import type { Role } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { hashPassword, verifyPassword } from "@/lib/security/password";
import { countAttempt, countWithBackoff, forgetAttempts } from "@/lib/security/rate-limit";
import { toDate } from "@/lib/time/instant";
import { PATIENT_SESSION_HOURS, SIGN_IN_BACKOFF, SIGN_IN_LIMITS, STAFF_SESSION_HOURS } from "./constants";
import { findInvitation } from "./data";
import type { InvitationRefusal } from "./types";

/** What a new session tells the browser that asked for it. */
export type NewSession = {
  sessionId: string;
  expiresAt: Temporal.Instant;
  locale: string;
  roles: readonly Role[];
};

/** From where a request came, for the trail and the session list. */
export type RequestOrigin = { address: string | undefined; userAgent: string | undefined };

/** The same for a sign-in, with the browser's own id where the account knows it. */
export type SignInOrigin = RequestOrigin & { device?: string | undefined };

/** Whose attempts these are: the browser's that the account knows, else the account's from that address. */
const attemptsOf = (email: string, { device, address }: SignInOrigin): string =>
  device === undefined ? `account:${email}:${address ?? ""}` : `device:${device}`;

/** @returns the seconds to wait before another attempt is looked at, or nothing */
async function waitBeforeSignIn(
  email: string,
  origin: SignInOrigin,
  now: Temporal.Instant,
): Promise<number | undefined> {
  const { address, device } = origin;
  const waits = [
    await countWithBackoff("sign-in", attemptsOf(email, origin), SIGN_IN_BACKOFF, now),
    device === undefined ? await countAttempt("sign-in", email, SIGN_IN_LIMITS.strangers, now) : undefined,
    address === undefined ? undefined : await countAttempt("sign-in", address, SIGN_IN_LIMITS.address, now),
  ].filter((wait) => wait !== undefined);
  return waits.length === 0 ? undefined : Math.max(...waits);
}

/**
 * Signs in with a password. Attempts are counted before the password is looked at; an unknown address costs the same time as a
 * known one.
 *
 * @returns the new session, or `wrong_credentials`, or `too_many_attempts` with the seconds to wait
 */
export async function signInWithPassword(
  { email, password }: { email: string; password: string },
  origin: SignInOrigin,
  now: Temporal.Instant,
): Promise<
  | Result<NewSession, "wrong_credentials">
  | { ok: false; reason: "too_many_attempts"; retryAfterSeconds: number }
> {
  const retryAfterSeconds = await waitBeforeSignIn(email, origin, now);
  if (retryAfterSeconds !== undefined) return { ...refuse("too_many_attempts"), retryAfterSeconds };

  const user = await db().user.findUnique({ where: { email } });
  const fits = await verifyPassword(user?.passwordHash ?? null, password);
  if (!user || !fits || user.disabledAt) {
    await transaction(async (tx) => {
      await recordAudit(
        tx,
        {
          action: "session.refused",
          details: { reason: "wrong_credentials" },
          actor: { kind: "anonymous" },
          outcome: "refused",
          subject: user?.pseudonym,
          entity: user ? { type: "user", id: user.id } : undefined,
          address: origin.address,
        },
        now,
      );
      return ok();
    });
    return refuse("wrong_credentials");
  }
  await forgetAttempts("sign-in", attemptsOf(email, origin));
  return transaction((tx) => startSession(tx, user.id, "password", origin, now));
}

/** Begins a session for a user who has just proved who they are. */
export async function startSession(
  tx: Tx,
  userId: string,
  method: "password" | "invitation" | "setup",
  origin: RequestOrigin,
  now: Temporal.Instant,
): Promise<{ ok: true; value: NewSession }> {
  const user = await tx.user.findUniqueOrThrow({ where: { id: userId } });
  const staff = user.roles.some((role) => role !== "patient");
  const expiresAt = now.add({ hours: staff ? STAFF_SESSION_HOURS : PATIENT_SESSION_HOURS });
  const session = await tx.session.create({
    data: {
      id: newId(),
      userId,
      sessionVersion: user.sessionVersion,
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
  return ok({ sessionId: session.id, expiresAt, locale: user.locale, roles: user.roles });
}

/** Ends one session. Ending it twice does nothing. */
export async function endSession(sessionId: string, now: Temporal.Instant): Promise<void> {
  await transaction(async (tx) => {
    const ended = await tx.session.updateManyAndReturn({
      where: { id: sessionId, revokedAt: null },
      data: { revokedAt: toDate(now) },
      include: { user: true },
    });
    for (const { id, user } of ended) {
      await recordAudit(
        tx,
        {
          action: "session.ended",
          details: {},
          actor: { kind: "user", pseudonym: user.pseudonym },
          outcome: "success",
          subject: user.pseudonym,
          entity: { type: "session", id },
        },
        now,
      );
    }
    return ok();
  });
}

/**
 * Takes up an invitation: sets the first password and signs in. The link is used up by the one transaction that finds it unused.
 *
 * @returns the new session, or `link_invalid` for a link that is unknown, used, ended, or of an account that has a password
 */
export async function acceptInvitation(
  { token, password }: { token: string; password: string },
  origin: RequestOrigin,
  now: Temporal.Instant,
): Promise<Result<NewSession, InvitationRefusal>> {
  const passwordHash = await hashPassword(password);
  return transaction(async (tx) => {
    const invitation = await findInvitation(tx, token, now);
    if (!invitation) return refuse("link_invalid");
    const used = await tx.accessLink.updateMany({
      where: { id: invitation.linkId, usedAt: null, revokedAt: null },
      data: { usedAt: toDate(now) },
    });
    if (used.count !== 1) return refuse("link_invalid");
    const { user } = invitation;
    await tx.accessLink.updateMany({
      where: { userId: user.id, purpose: "invitation", usedAt: null, revokedAt: null },
      data: { revokedAt: toDate(now) },
    });
    await tx.user.update({
      where: { id: user.id },
      data: { passwordHash, sessionVersion: { increment: 1 } },
    });
    await recordAudit(
      tx,
      {
        action: "user.password_set",
        details: {},
        actor: { kind: "user", pseudonym: user.pseudonym },
        outcome: "success",
        subject: user.pseudonym,
        entity: { type: "user", id: user.id },
        address: origin.address,
      },
      now,
    );
    return startSession(tx, user.id, "invitation", origin, now);
  });
}

/** Notes that a session is in use; called at most every few minutes for one session. */
export async function touchSession(sessionId: string, now: Temporal.Instant): Promise<void> {
  await db().session.updateMany({ where: { id: sessionId }, data: { lastSeenAt: toDate(now) } });
}
