import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import { newId } from "@/lib/core/ids";
import { ok, type Refusal, type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { queueNotification } from "@/lib/notifications/mutations";
import { countAttempt } from "@/lib/security/rate-limit";
import { toDate } from "@/lib/time/instant";
import { SIGN_IN_LINK_LIMIT, SIGN_IN_LINK_MINUTES } from "../constants";
import { findSignInRequest } from "../data";
import { isStaff } from "../rules";
import type { PendingSignIn } from "../types";
import { type NewSession, type RequestOrigin, startSession } from "./sessions";

/**
 * Has a link with which a patient signs in sent to their address. Whoever asks learns nothing, neither from the answer nor from its
 * absence: an address without an account, one of staff, and one that has had its mails for now, look the same.
 *
 * @param email in lower case, as addresses are stored
 * @param browserHash of the browser that asks, in which alone the link will work
 */
export async function requestSignInLink(
  { email, browserHash }: { email: string; browserHash: Uint8Array<ArrayBuffer> },
  origin: RequestOrigin,
  now: Temporal.Instant,
): Promise<void> {
  if ((await countAttempt("sign-in-link", email, SIGN_IN_LINK_LIMIT, now)) !== undefined) return;
  const user = await db().user.findUnique({ where: { email } });
  if (!user || user.disabledAt || isStaff(user.roles)) return;
  await transaction(async (tx) => {
    const { id: signInRequestId } = await tx.signInRequest.create({
      data: {
        id: newId(),
        userId: user.id,
        sessionVersion: user.sessionVersion,
        browserHash,
        createdAt: toDate(now),
        expiresAt: toDate(now.add({ minutes: SIGN_IN_LINK_MINUTES })),
      },
    });
    await queueNotification(tx, { kind: "sign_in_link", userId: user.id, signInRequestId, now });
    await recordAudit(
      tx,
      {
        action: "session.link_requested",
        details: {},
        actor: { kind: "anonymous" },
        outcome: "success",
        subject: user.pseudonym,
        entity: { type: "user", id: user.id },
        address: origin.address,
      },
      now,
    );
    return ok();
  });
}

type Entered = { session: NewSession } | { pending: PendingSignIn };

/**
 * Signs in by a link from a mail. The link is used up by the one transaction that finds it unused, in the browser that asked for it.
 *
 * @returns the new session, or `link_invalid`. For an account with a second step `second_step`, with what `signInWithCode` needs
 */
export async function signInWithLink(
  { token, browserHash }: { token: string; browserHash: Uint8Array<ArrayBuffer> | undefined },
  origin: RequestOrigin,
  now: Temporal.Instant,
): Promise<Result<NewSession, "link_invalid"> | (Refusal<"second_step"> & { pending: PendingSignIn })> {
  const result = await transaction(async (tx): Promise<Result<Entered, "link_invalid">> => {
    const request = await findSignInRequest(tx, token, browserHash, now);
    if (request?.state !== "ready") return refuse("link_invalid");
    const used = await tx.signInRequest.updateMany({
      where: { id: request.id, usedAt: null },
      data: { usedAt: toDate(now) },
    });
    if (used.count !== 1) return refuse("link_invalid");
    const { user } = request;
    if (user.totp) {
      const { id: userId, email, sessionVersion } = user;
      return ok({ pending: { userId, email, sessionVersion } });
    }
    return ok({ session: (await startSession(tx, user.id, "email_link", origin, now)).value });
  });
  if (!result.ok) return result;
  const { value } = result;
  return "session" in value ? ok(value.session) : { ...refuse("second_step"), pending: value.pending };
}

/** Forgets requests that nobody can use any more. */
export async function forgetSignInRequests(now: Temporal.Instant): Promise<void> {
  await db().signInRequest.deleteMany({ where: { expiresAt: { lte: toDate(now.subtract({ hours: 24 })) } } });
}
