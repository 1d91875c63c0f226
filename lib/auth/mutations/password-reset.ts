import type { Temporal } from "temporal-polyfill";
import { ok, type Refusal, type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { queueNotification } from "@/lib/notifications/mutations";
import { toDate } from "@/lib/time/instant";
import { findPasswordReset } from "../data";
import type { InvitationRefusal, PendingSignIn } from "../types";
import { endPasswordLinks, hashNewPassword, recordPasswordSet } from "./password";
import { endSessionsOf, type NewSession, type RequestOrigin, startSession } from "./sessions";

type Entered = { session: NewSession } | { pending: PendingSignIn };

/**
 * Sets another password by a link that an administrator has had sent. Every session ends. The link shows who reads the mailbox and
 * nothing else: where there is a second step, its code is still asked for.
 *
 * @returns the new session; `second_step` with what `signInWithCode` needs; `link_invalid` for a link that is unknown, used or ended, or
 *   of a closed account; or what `hashNewPassword` has against the password
 */
export async function resetPassword(
  { token, password }: { token: string; password: string },
  origin: RequestOrigin,
  now: Temporal.Instant,
): Promise<Result<NewSession, InvitationRefusal> | (Refusal<"second_step"> & { pending: PendingSignIn })> {
  const found = await findPasswordReset(db(), token, now);
  if (!found) return refuse("link_invalid");
  const hashed = await hashNewPassword(password, found.user);
  if (!hashed.ok) return hashed;
  const result = await transaction(async (tx): Promise<Result<Entered, "link_invalid">> => {
    const reset = await findPasswordReset(tx, token, now);
    if (!reset) return refuse("link_invalid");
    const used = await tx.accessLink.updateMany({
      where: { id: reset.linkId, usedAt: null, revokedAt: null },
      data: { usedAt: toDate(now) },
    });
    if (used.count !== 1) return refuse("link_invalid");
    const userId = reset.user.id;
    const user = await tx.user.update({
      where: { id: userId },
      data: {
        passwordHash: hashed.value,
        emailVerifiedAt: toDate(now),
        sessionVersion: { increment: 1 },
      },
    });
    await endPasswordLinks(tx, userId, now);
    await endSessionsOf(tx, userId, now, { address: origin.address });
    await queueNotification(tx, { kind: "sign_in_changed", userId, now });
    await recordPasswordSet(tx, user, origin, now);
    const { email, sessionVersion } = user;
    if (reset.user.totp) return ok({ pending: { userId, email, sessionVersion } });
    return ok({ session: (await startSession(tx, userId, "password_reset", origin, now)).value });
  });
  if (!result.ok) return result;
  return "session" in result.value
    ? ok(result.value.session)
    : { ...refuse("second_step"), pending: result.value.pending };
}
