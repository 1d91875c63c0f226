import type { Temporal } from "temporal-polyfill";
import { type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { toDate } from "@/lib/time/instant";
import { findInvitation } from "../data";
import type { InvitationRefusal } from "../types";
import { endPasswordLinks, hashNewPassword, recordPasswordSet } from "./password";
import { type NewSession, type RequestOrigin, startSession } from "./sessions";

/**
 * Takes up an invitation: sets the first password and signs in. The link is used up by the one transaction that finds it unused.
 *
 * @returns the new session, or `link_invalid` for a link that is unknown, used, ended, or of an account that has been entered; or what
 *   `hashNewPassword` has against the password
 */
export async function acceptInvitation(
  { token, password }: { token: string; password: string },
  origin: RequestOrigin,
  now: Temporal.Instant,
): Promise<Result<NewSession, InvitationRefusal>> {
  const invited = await findInvitation(db(), token, now);
  if (!invited) return refuse("link_invalid");
  const hashed = await hashNewPassword(password, invited.user);
  if (!hashed.ok) return hashed;
  const passwordHash = hashed.value;
  return transaction(async (tx) => {
    const invitation = await findInvitation(tx, token, now);
    if (!invitation) return refuse("link_invalid");
    const used = await tx.accessLink.updateMany({
      where: { id: invitation.linkId, usedAt: null, revokedAt: null },
      data: { usedAt: toDate(now) },
    });
    if (used.count !== 1) return refuse("link_invalid");
    const { user } = invitation;
    await endPasswordLinks(tx, user.id, now);
    await tx.user.update({
      where: { id: user.id },
      // The link came by mail: whoever uses it reads that mailbox.
      data: { passwordHash, emailVerifiedAt: toDate(now), sessionVersion: { increment: 1 } },
    });
    await recordPasswordSet(tx, user, origin, now);
    return startSession(tx, user.id, "invitation", origin, now);
  });
}
