import type { Temporal } from "temporal-polyfill";
import type { UserActor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { env } from "@/lib/core/env";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { queueNotification } from "@/lib/notifications/mutations";
import { hashPassword } from "@/lib/security/password";
import { isGuessable } from "@/lib/security/password-strength";
import { toDate } from "@/lib/time/instant";
import type { PasswordRefusal } from "../types";
import { holdSession, type NewSession, type RequestOrigin, renewSession } from "./sessions";

/**
 * Hashes a password that is to be set. It takes a while, and so does looking whether it is a good one: the caller knows by then that
 * whoever sends it may set one.
 *
 * @param about the account's own address and name
 * @returns the hash; or `password_common` for one that is soon guessed; or `password_guessable` for one that is by whoever knows the
 *   account, or the clinic
 */
export async function hashNewPassword(
  password: string,
  about: { email: string; name: string },
): Promise<Result<string, PasswordRefusal>> {
  if (isGuessable(password)) return refuse("password_common");
  if (isGuessable(password, [about.email, about.name, env().CLINIC_NAME]))
    return refuse("password_guessable");
  return ok(await hashPassword(password));
}

/**
 * Changes one's own password, or sets the first one. The caller has asked `proveOwner`. Every other session ends, and the one that asked goes on under a new
 * id. Links to set another one end.
 *
 * @returns the new session, or what {@link hashNewPassword} has against it; or `sign_in_again`, see `holdSession`
 */
export async function changePassword(
  { userId, sessionId }: Pick<UserActor, "userId" | "sessionId">,
  password: string,
  origin: RequestOrigin,
  now: Temporal.Instant,
): Promise<Result<{ session: NewSession }, PasswordRefusal | "sign_in_again">> {
  const about = await db().user.findUniqueOrThrow({ where: { id: userId } });
  const hashed = await hashNewPassword(password, about);
  if (!hashed.ok) return hashed;
  const passwordHash = hashed.value;
  return transaction(async (tx) => {
    if (!(await holdSession(tx, { userId, sessionId }))) return refuse("sign_in_again");
    const user = await tx.user.update({
      where: { id: userId },
      data: { passwordHash, sessionVersion: { increment: 1 } },
    });
    await queueNotification(tx, { kind: "sign_in_changed", userId, now });
    await recordPasswordSet(tx, user, origin, now);
    await endPasswordLinks(tx, userId, now);
    return ok({ session: await renewSession(tx, { userId, sessionId }, "password", origin, now) });
  });
}

/** Writes that somebody has set a password, and from where, by whatever way they showed who they are. */
export const recordPasswordSet = (
  tx: Tx,
  { pseudonym }: { pseudonym: string },
  { address }: RequestOrigin,
  now: Temporal.Instant,
): Promise<void> =>
  recordAudit(
    tx,
    {
      action: "user.password_set",
      details: {},
      actor: { kind: "user", pseudonym },
      outcome: "success",
      subject: pseudonym,
      entity: undefined,
      address,
    },
    now,
  );

/** Ends the links with which somebody could set a password: they have one now that they chose. */
export const endPasswordLinks = (tx: Tx, userId: string, now: Temporal.Instant) =>
  tx.accessLink.updateMany({
    where: { userId, purpose: { in: ["invitation", "password_reset"] }, usedAt: null, revokedAt: null },
    data: { revokedAt: toDate(now) },
  });
