import type { Temporal } from "temporal-polyfill";
import { type Refusal, type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { verifyPassword } from "@/lib/security/password";
import { SECOND_STEP_LIMITS, SIGN_IN_LIMITS } from "../constants";
import type { PendingSignIn } from "../types";
import { forgetAttemptsOf, recordRefused, type SignInOrigin, waitBefore } from "./attempts";
import { findProof, takeProof } from "./proof";
import { holdAccount, type NewSession, startSession } from "./sessions";
import { welcomeByMail } from "./welcome";

type TooMany = Refusal<"too_many_attempts"> & { retryAfterSeconds: number };

/**
 * Signs in with a password. Attempts are counted before the password is looked at; an unknown address costs the same time as a
 * known one.
 *
 * @returns the new session, or `wrong_credentials`, or `too_many_attempts` with the seconds to wait. For an account with a second
 *   step `second_step`, with what {@link signInWithCode} needs: until then nobody is signed in
 */
export async function signInWithPassword(
  { email, password }: { email: string; password: string },
  origin: SignInOrigin,
  now: Temporal.Instant,
): Promise<
  Result<NewSession, "wrong_credentials"> | TooMany | (Refusal<"second_step"> & { pending: PendingSignIn })
> {
  const retryAfterSeconds = await waitBefore("sign-in", email, origin, SIGN_IN_LIMITS, now);
  if (retryAfterSeconds !== undefined) return { ...refuse("too_many_attempts"), retryAfterSeconds };

  const user = await db().user.findUnique({ where: { email }, include: { totp: true } });
  const fits = await verifyPassword(user?.passwordHash ?? null, password);
  if (!user || !fits || user.disabledAt) {
    await recordRefused("wrong_credentials", user, origin, now);
    return refuse("wrong_credentials");
  }
  await forgetAttemptsOf("sign-in", email, origin);
  if (user.totp) {
    const { id: userId, sessionVersion } = user;
    return { ...refuse("second_step"), pending: { userId, email, sessionVersion } };
  }
  const { id: userId, sessionVersion } = user;
  return transaction(async (tx) =>
    // A password that was changed while it was being looked at is none any more.
    (await holdAccount(tx, { userId, sessionVersion }))
      ? startSession(tx, userId, "password", origin, now)
      : refuse("wrong_credentials"),
  );
}

/**
 * The second step of a sign-in, after the right password: a code of the authenticator app, or a recovery code. Each is taken once.
 *
 * @returns the new session; or `wrong_code`, also for one that was taken before; `sign_in_again` when the account was changed or
 *   disabled since the password; `too_many_attempts` with the seconds to wait
 */
export async function signInWithCode(
  pending: PendingSignIn,
  code: string,
  origin: SignInOrigin,
  now: Temporal.Instant,
): Promise<Result<NewSession, "wrong_code" | "sign_in_again"> | TooMany> {
  const { userId, sessionVersion } = pending;
  const retryAfterSeconds = await waitBefore("second-step", userId, origin, SECOND_STEP_LIMITS, now);
  if (retryAfterSeconds !== undefined) return { ...refuse("too_many_attempts"), retryAfterSeconds };

  const proof = await findProof(userId, code, now);
  const result = await transaction(async (tx) => {
    if (!(await holdAccount(tx, { userId, sessionVersion }))) return refuse("sign_in_again");
    if (!proof || !(await takeProof(tx, userId, proof, now))) return refuse("wrong_code");
    if (pending.byMail) await welcomeByMail(tx, userId, origin, now);
    return startSession(tx, userId, proof.by, origin, now, { byMail: pending.byMail });
  });
  if (result.ok) await forgetAttemptsOf("second-step", userId, origin);
  else if (result.reason === "wrong_code") {
    await recordRefused("wrong_code", await db().user.findUnique({ where: { id: userId } }), origin, now);
  }
  return result;
}
