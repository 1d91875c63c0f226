import type { Temporal } from "temporal-polyfill";
import type { UserActor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { env } from "@/lib/core/env";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { queueNotification } from "@/lib/notifications/mutations";
import { hashPassword } from "@/lib/security/password";
import { isGuessable } from "@/lib/security/password-strength";
import { endSessionsOf, type NewSession, type RequestOrigin, startSession } from "./sessions";

/**
 * Changes one's own password, or sets the first one. The caller has asked `proveOwner`. Every other session ends, and the one that asked goes on under a new
 * id.
 *
 * @returns the new session, or `password_guessable` for one that is made of the account's own address or name, or the clinic's
 */
export async function changePassword(
  { userId }: Pick<UserActor, "userId">,
  password: string,
  origin: RequestOrigin,
  now: Temporal.Instant,
): Promise<Result<{ session: NewSession }, "password_guessable">> {
  const { email, name } = await db().user.findUniqueOrThrow({ where: { id: userId } });
  if (isGuessable(password, [email, name, env().CLINIC_NAME])) return refuse("password_guessable");
  const passwordHash = await hashPassword(password);
  return transaction(async (tx) => {
    const user = await tx.user.update({
      where: { id: userId },
      data: { passwordHash, sessionVersion: { increment: 1 } },
    });
    await queueNotification(tx, { kind: "sign_in_changed", userId, now });
    await recordAudit(
      tx,
      {
        action: "user.password_set",
        details: {},
        actor: { kind: "user", pseudonym: user.pseudonym },
        outcome: "success",
        subject: user.pseudonym,
        entity: { type: "user", id: user.id },
      },
      now,
    );
    await endSessionsOf(tx, userId, now);
    const session = await startSession(tx, userId, "password", origin, now);
    return ok({ session: session.value });
  });
}
