import type { Temporal } from "temporal-polyfill";
import type { UserActor } from "@/lib/access/types";
import { recordAudit, recordRefusal } from "@/lib/audit/mutations";
import type { AuditAction } from "@/lib/audit/types";
import { newId } from "@/lib/core/ids";
import { ok, type Refusal, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { queueNotification } from "@/lib/notifications/mutations";
import { hashPassword } from "@/lib/security/password";
import { countWithBackoff } from "@/lib/security/rate-limit";
import { newRecoveryCode, readRecoveryCode } from "@/lib/security/recovery-code";
import { seal } from "@/lib/security/seal";
import { stepOfCode } from "@/lib/security/totp";
import { toDate } from "@/lib/time/instant";
import { RECOVERY_CODES, SIGN_IN_BACKOFF, secondStepRequired, totpPlace } from "../constants";
import { isStaff } from "../rules";
import { holdSession, type NewSession, type RequestOrigin, renewSession } from "./sessions";

/** Somebody who is signed in, in one of their sessions. */
type Asker = Pick<UserActor, "userId" | "sessionId" | "pseudonym" | "address">;
type TooMany = Refusal<"too_many_attempts"> & { retryAfterSeconds: number };

/**
 * Begins to ask for a second step, once a code has shown that the app has the secret; or puts another app in the place of the one
 * before. Every other session ends, and the one that asked goes on under a new id.
 *
 * @returns the new session and the recovery codes, which are never to be seen again; or `wrong_code`; or `sign_in_again`, see
 *   {@link holdSession}
 */
export async function setSecondStep(
  { userId, sessionId, pseudonym, address }: Asker,
  { secret, code }: { secret: string; code: string },
  origin: RequestOrigin,
  now: Temporal.Instant,
): Promise<
  Result<{ session: NewSession; codes: readonly string[] }, "wrong_code" | "sign_in_again"> | TooMany
> {
  const subject = `${userId}:${sessionId}`;
  const noted = async <R extends Refusal<"wrong_code" | "too_many_attempts">>(refusal: R): Promise<R> => {
    const actor = { kind: "user", pseudonym, address } as const;
    await recordRefusal({ actor, door: `set-second-step.${refusal.reason}` }, now);
    return refusal;
  };
  const retryAfterSeconds = await countWithBackoff("set-second-step", subject, SIGN_IN_BACKOFF, now);
  if (retryAfterSeconds !== undefined) return noted({ ...refuse("too_many_attempts"), retryAfterSeconds });
  const lastStep = stepOfCode(secret, code.replace(/\s/g, ""), now);
  if (lastStep === undefined) return noted(refuse("wrong_code"));
  const { codes, hashes } = await makeRecoveryCodes();
  return transaction(async (tx) => {
    if (!(await holdSession(tx, { userId, sessionId }))) return refuse("sign_in_again");
    const totp = { ...seal(secret, totpPlace(userId)), lastStep, createdAt: toDate(now) };
    const user = await raiseVersion(tx, userId);
    await tx.totp.upsert({ where: { userId }, create: { userId, ...totp }, update: totp });
    await replaceRecoveryCodes(tx, userId, hashes, now);
    await recordChange(tx, user, { action: "user.second_step_set", details: {} }, origin, now);
    return ok({ session: await renewSession(tx, { userId, sessionId }, "totp", origin, now), codes });
  });
}

/**
 * Makes new recovery codes; the earlier ones end. The caller has asked `proveOwner`.
 *
 * @returns the codes, or `not_set`; or `sign_in_again`, see {@link holdSession}
 */
export async function renewRecoveryCodes(
  { userId, sessionId, address }: UserActor,
  now: Temporal.Instant,
): Promise<Result<{ codes: readonly string[] }, "not_set" | "sign_in_again">> {
  const { codes, hashes } = await makeRecoveryCodes();
  return transaction(async (tx) => {
    if (!(await holdSession(tx, { userId, sessionId }))) return refuse("sign_in_again");
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    if (!(await tx.totp.findUnique({ where: { userId } }))) return refuse("not_set");
    await replaceRecoveryCodes(tx, userId, hashes, now);
    await recordChange(tx, user, { action: "user.recovery_codes_renewed", details: {} }, { address }, now);
    return ok({ codes });
  });
}

/**
 * Signs in by the password alone from now on. The caller has asked `proveOwner`. Every other session ends.
 *
 * @returns the new session, or `required` for staff where they need a second step; or `sign_in_again`, see {@link holdSession}
 */
export const removeSecondStep = (
  { userId, sessionId }: UserActor,
  origin: RequestOrigin,
  now: Temporal.Instant,
): Promise<Result<{ session: NewSession }, "required" | "sign_in_again">> =>
  transaction(async (tx) => {
    if (!(await holdSession(tx, { userId, sessionId }))) return refuse("sign_in_again");
    const user = await raiseVersion(tx, userId);
    if (secondStepRequired() && isStaff(user.roles)) return refuse("required");
    await tx.totp.deleteMany({ where: { userId } });
    await tx.recoveryCode.deleteMany({ where: { userId } });
    await recordChange(tx, user, { action: "user.second_step_removed", details: {} }, origin, now);
    return ok({ session: await renewSession(tx, { userId, sessionId }, "password", origin, now) });
  });

async function makeRecoveryCodes(): Promise<{ codes: string[]; hashes: string[] }> {
  const codes = Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
  const hashes: string[] = [];
  for (const code of codes) hashes.push(await hashPassword(readRecoveryCode(code) ?? code));
  return { codes, hashes };
}

async function replaceRecoveryCodes(
  tx: Tx,
  userId: string,
  hashes: readonly string[],
  now: Temporal.Instant,
): Promise<void> {
  await tx.recoveryCode.deleteMany({ where: { userId } });
  await tx.recoveryCode.createMany({
    data: hashes.map((codeHash) => ({ id: newId(), userId, codeHash, createdAt: toDate(now) })),
  });
}

/** Ends what began under the version before: sessions, and sign-ins that are half done. */
const raiseVersion = (tx: Tx, userId: string) =>
  tx.user.update({ where: { id: userId }, data: { sessionVersion: { increment: 1 } } });

/** Writes a change into the trail, and to its owner: they shall see it if it was not they. */
async function recordChange(
  tx: Tx,
  user: { id: string; pseudonym: string },
  change: AuditAction,
  { address }: Pick<RequestOrigin, "address">,
  now: Temporal.Instant,
): Promise<void> {
  await queueNotification(tx, { kind: "sign_in_changed", userId: user.id, now });
  await recordAudit(
    tx,
    {
      ...change,
      actor: { kind: "user", pseudonym: user.pseudonym, address },
      outcome: "success",
      subject: user.pseudonym,
      entity: undefined,
    },
    now,
  );
}
