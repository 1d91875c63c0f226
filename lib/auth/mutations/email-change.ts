import type { Temporal } from "temporal-polyfill";
import type { UserActor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { queueNotification } from "@/lib/notifications/mutations";
import { toDate } from "@/lib/time/instant";
import { EMAIL_CHANGE_KEPT_HOURS, EMAIL_CHANGE_MINUTES } from "../constants";
import { findEmailChange } from "../data";
import { hasHadItsMail } from "./attempts";
import { endPasswordLinks } from "./password";
import { holdSession, type NewSession, type RequestOrigin, renewSession } from "./sessions";
import { welcomeByMail } from "./welcome";

/**
 * Has a link sent to an address that the asker's account is to have. The caller has asked for a proof. Whether the address is somebody's
 * shows to whoever reads its mail and to nobody else, so the answer is the same for one that is taken, or has had its mails for now.
 *
 * @param email in lower case
 * @returns nothing, or `email_unchanged` for the address that the account has
 */
export async function requestEmailChange(
  { userId, pseudonym }: Pick<UserActor, "userId" | "pseudonym">,
  email: string,
  { address }: RequestOrigin,
  now: Temporal.Instant,
): Promise<Result<undefined, "email_unchanged">> {
  const asker = { key: `user:${userId}:${email}`, isOwner: false };
  const isMany = await hasHadItsMail("email-change", email, asker, now);
  return transaction(async (tx) => {
    const user = await tx.user.findUniqueOrThrow({ where: { id: userId } });
    if (user.email === email) return refuse("email_unchanged");
    if (isMany) return ok();
    const { id: emailChangeId } = await tx.emailChange.create({
      data: {
        id: newId(),
        userId,
        sessionVersion: user.sessionVersion,
        email,
        formerEmail: user.email,
        createdAt: toDate(now),
        expiresAt: toDate(now.add({ minutes: EMAIL_CHANGE_MINUTES })),
      },
    });
    await queueNotification(tx, { kind: "email_change_link", userId, emailChangeId, now });
    await recordAudit(
      tx,
      {
        action: "user.email_change_requested",
        details: {},
        actor: { kind: "user", pseudonym },
        outcome: "success",
        subject: pseudonym,
        entity: undefined,
        address,
      },
      now,
    );
    return ok();
  });
}

/**
 * Gives an account the address that a link has proved, where the account's owner uses the link. The former address is told, every
 * session ends, and the one that asked goes on under a new id. Mails to the account's patients follow, the links in earlier ones end.
 *
 * @returns the new session; or `link_invalid`, or `sign_in_again`, see `holdSession`; or `email_in_use`, which only somebody who reads that address's mail gets to see
 */
export const changeEmail = (
  { userId, sessionId }: Pick<UserActor, "userId" | "sessionId">,
  token: string,
  origin: RequestOrigin,
  now: Temporal.Instant,
): Promise<Result<{ session: NewSession }, "link_invalid" | "sign_in_again" | "email_in_use">> =>
  transaction(
    async (tx) => {
      if (!(await holdSession(tx, { userId, sessionId }))) return refuse("sign_in_again");
      const change = await findEmailChange(tx, token, userId, now);
      if (change?.state !== "ready") return refuse("link_invalid");
      const used = await tx.emailChange.updateMany({
        where: { id: change.id, usedAt: null },
        data: { usedAt: toDate(now) },
      });
      if (used.count !== 1) return refuse("link_invalid");
      const user = await tx.user.update({
        where: { id: userId },
        data: { email: change.email, sessionVersion: { increment: 1 } },
      });
      await moveMail(tx, userId, change, now);
      await queueNotification(tx, { kind: "email_changed", userId, emailChangeId: change.id, now });
      await recordAudit(
        tx,
        {
          action: "user.email_changed",
          details: {},
          actor: { kind: "user", pseudonym: user.pseudonym },
          outcome: "success",
          subject: user.pseudonym,
          entity: undefined,
          address: origin.address,
        },
        now,
      );
      if (user.roles.includes("patient")) await welcomeByMail(tx, userId, origin, now);
      else await tx.user.update({ where: { id: userId }, data: { emailVerifiedAt: toDate(now) } });
      return ok({ session: await renewSession(tx, { userId, sessionId }, "email_link", origin, now) });
    },
    { user_email_key: "email_in_use" },
  );

/** Sends what concerns the account's patients to its new address, and shuts what the mails to the former one opened. */
async function moveMail(
  tx: Tx,
  userId: string,
  { email, formerEmail }: { email: string; formerEmail: string },
  now: Temporal.Instant,
): Promise<void> {
  const patient = { OR: [{ userId }, { contactUserId: userId }], email: formerEmail };
  const moved = await tx.patient.updateManyAndReturn({
    where: patient,
    data: { email, emailVerifiedAt: toDate(now) },
    select: { id: true },
  });
  const theirs = { patientId: { in: moved.map(({ id }) => id) } };
  await endPasswordLinks(tx, userId, now);
  await tx.accessLink.updateMany({
    where: { revokedAt: null, OR: [{ appointment: theirs }, { waitlistEntry: theirs }], thirdPersonId: null },
    data: { revokedAt: toDate(now) },
  });
}

/** Forgets changes that nobody can use any more, and of which the former address has been told. */
export async function forgetEmailChanges(now: Temporal.Instant): Promise<void> {
  await db().emailChange.deleteMany({
    where: { expiresAt: { lte: toDate(now.subtract({ hours: EMAIL_CHANGE_KEPT_HOURS })) } },
  });
}
