import type { Temporal } from "temporal-polyfill";
import { auditActor } from "@/lib/access/rules";
import type { UserActor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditAction } from "@/lib/audit/types";
import { UNENTERED } from "@/lib/auth/data";
import { endPasswordLinks } from "@/lib/auth/mutations/password";
import { endSessionsOf } from "@/lib/auth/mutations/sessions";
import { isStaff } from "@/lib/auth/rules";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import type { Prisma, User } from "@/lib/db/generated/client";
import { lockAdministrators } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import type { Locale } from "@/lib/i18n/locales";
import { queueNotification } from "@/lib/notifications/mutations";
import { toDate } from "@/lib/time/instant";
import { GIVEN_ROLES } from "../constants";
import type { AccountRefusal, GivenRole } from "../types/users";

/** The unique index refuses a second account for one address, whoever else is adding it at this moment. */
const CONSTRAINTS = { user_email_key: "email_in_use" } as const;

/**
 * Makes an account without a password for somebody who keeps schedules or the clinic, and queues the mail with which they set one.
 * Practitioners are added with their practitioner's record. An existing account is never changed.
 */
export const inviteUser = (
  actor: UserActor,
  input: { name: string; email: string; locale: Locale; roles: readonly GivenRole[] },
  now: Temporal.Instant,
): Promise<Result<{ userId: string }, AccountRefusal>> =>
  transaction(async (tx) => {
    if (!(await isStillAdministrator(tx, actor))) return refuse("not_found");
    if (input.roles.length === 0) return refuse("no_role");
    const user = await tx.user.create({
      data: {
        ...input,
        id: newId(),
        roles: [...input.roles],
        pseudonym: newId(),
        createdAt: toDate(now),
      },
    });
    await queueNotification(tx, { kind: "invitation", userId: user.id, now });
    await record(tx, actor, user, { action: "user.created", details: { roles: input.roles } }, now);
    return ok({ userId: user.id });
  }, CONSTRAINTS);

/**
 * Sends the invitation of somebody of the staff who has never signed in once more; earlier links stay good until one is used.
 *
 * @returns nothing, or `already_accepted` for an account that somebody has a way into
 */
export const resendUserInvitation = (
  actor: UserActor,
  userId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, AccountRefusal>> =>
  changeAccount(actor, userId, async (tx, user) => {
    const isWaiting = (await tx.user.count({ where: { ...UNENTERED, id: userId } })) > 0;
    if (!isWaiting || !isStaff(user.roles)) return refuse("already_accepted");
    await queueNotification(tx, { kind: "invitation", userId, now });
    await record(tx, actor, user, { action: "user.invited", details: {} }, now);
    return ok();
  });

/**
 * Gives somebody exactly these of the roles that administrators give; that they are a patient or a practitioner stays. Every session
 * of theirs ends, so that what they may do is never what they might some minutes ago.
 */
export const changeRoles = (
  actor: UserActor,
  { userId, roles }: { userId: string; roles: readonly GivenRole[] },
  now: Temporal.Instant,
): Promise<Result<undefined, AccountRefusal>> =>
  changeAccount(actor, userId, async (tx, user) => {
    if (userId === actor.userId) return refuse("own_account");
    const kept = user.roles.filter((role) => !GIVEN_ROLES.some((given) => given === role));
    const next = [...kept, ...roles];
    if (next.length === 0) return refuse("no_role");
    if (next.length === user.roles.length && next.every((role) => user.roles.includes(role))) return ok();
    await beginAnew(tx, actor, user, { roles: next }, now);
    if (!isStaff(next)) await endPasswordLinks(tx, userId, now);
    await queueNotification(tx, { kind: "account_changed", userId, now });
    const details = { before: user.roles, roles: next };
    await record(tx, actor, user, { action: "user.roles_changed", details }, now);
    return ok();
  });

/** Closes an account, or opens it again. A closed one is signed out within its next request, and signs in no more. */
export const setStanding = (
  actor: UserActor,
  { userId, standing }: { userId: string; standing: "active" | "disabled" },
  now: Temporal.Instant,
): Promise<Result<undefined, AccountRefusal>> =>
  changeAccount(actor, userId, async (tx, user) => {
    if (userId === actor.userId) return refuse("own_account");
    const isDisabled = standing === "disabled";
    if (isDisabled === (user.disabledAt !== null)) return ok();
    await beginAnew(tx, actor, user, { disabledAt: isDisabled ? toDate(now) : null }, now);
    // Opened again, it is entered by what its owner has, and by no mail from before.
    if (isDisabled) await endPasswordLinks(tx, userId, now);
    else await queueNotification(tx, { kind: "account_changed", userId, now });
    await record(
      tx,
      actor,
      user,
      { action: isDisabled ? "user.disabled" : "user.enabled", details: {} },
      now,
    );
    return ok();
  });

/**
 * Has a link sent to one of the staff with which they set another password: for whoever has forgotten it, which no mail that somebody
 * asks for themselves mends. What is signed in ends. The password stays until the link is used, and the code is asked for after it.
 *
 * @returns nothing, or `not_staff` for a patient, who signs in by mail; or `not_entered` for somebody who is still to be invited
 */
export const sendPasswordReset = (
  actor: UserActor,
  userId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, AccountRefusal>> =>
  changeAccount(actor, userId, async (tx, user) => {
    if (userId === actor.userId) return refuse("own_account");
    if (!isStaff(user.roles)) return refuse("not_staff");
    if (user.disabledAt || (await tx.user.count({ where: { ...UNENTERED, id: userId } })) > 0)
      return refuse("not_entered");
    await beginAnew(tx, actor, user, {}, now);
    await queueNotification(tx, { kind: "password_reset", userId, now });
    await record(tx, actor, user, { action: "user.password_reset_sent", details: {} }, now);
    return ok();
  });

/** Takes away the second step of somebody who has lost the phone and the recovery codes. They are told. */
export const resetSecondStep = (
  actor: UserActor,
  userId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, AccountRefusal>> =>
  changeAccount(actor, userId, async (tx, user) => {
    // The own one is changed on the own page, by whoever still has it.
    if (userId === actor.userId) return refuse("own_account");
    const { count } = await tx.totp.deleteMany({ where: { userId } });
    if (count === 0) return refuse("not_set");
    await tx.recoveryCode.deleteMany({ where: { userId } });
    await beginAnew(tx, actor, user, {}, now);
    await queueNotification(tx, { kind: "sign_in_changed", userId, now });
    await record(tx, actor, user, { action: "user.second_step_removed", details: {} }, now);
    return ok();
  });

/**
 * Parts an account from the one at the clinic's own provider: theirs was made anew there, or is not to open this one any more. What was
 * signed in ends, and they are told. The next sign-in there links whoever has the address then, as the first one did.
 */
export const unlinkProvider = (
  actor: UserActor,
  userId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, AccountRefusal>> =>
  changeAccount(actor, userId, async (tx, user) => {
    // Nobody shuts themselves out: whoever administers has been let in by it.
    if (userId === actor.userId) return refuse("own_account");
    const { count } = await tx.providerLink.deleteMany({ where: { userId } });
    if (count === 0) return refuse("not_linked");
    await beginAnew(tx, actor, user, {}, now);
    await queueNotification(tx, { kind: "sign_in_changed", userId, now });
    await record(tx, actor, user, { action: "user.provider_unlinked", details: {} }, now);
    return ok();
  });

/** Signs every browser of somebody out: a lost laptop. */
export const endSessionsOfUser = (
  actor: UserActor,
  userId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, AccountRefusal>> =>
  changeAccount(actor, userId, async (tx) => {
    const except = userId === actor.userId ? { except: actor.sessionId } : {};
    await endSessionsOf(tx, userId, now, { ...except, by: auditActor(actor) });
    return ok();
  });

/**
 * One change of one account at a time in the whole clinic: two administrators cannot take the role from each other at once, so
 * whoever changes an account is an administrator at the commit too, and the clinic never has none.
 */
const changeAccount = <R extends AccountRefusal>(
  actor: UserActor,
  userId: string,
  change: (tx: Tx, user: User) => Promise<Result<undefined, R>>,
): Promise<Result<undefined, R | "not_found">> =>
  transaction(async (tx): Promise<Result<undefined, R | "not_found">> => {
    await lockAdministrators(tx);
    if (!(await isStillAdministrator(tx, actor))) return refuse("not_found");
    const user = await tx.user.findUnique({ where: { id: userId } });
    return user ? change(tx, user) : refuse("not_found");
  });

const isStillAdministrator = async (tx: Tx, { userId }: UserActor): Promise<boolean> =>
  (await tx.user.count({ where: { id: userId, roles: { has: "administrator" }, disabledAt: null } })) > 0;

/** Writes the change, and ends what began under the account as it was: sessions, and sign-ins that are half done. */
async function beginAnew(
  tx: Tx,
  actor: UserActor,
  { id }: User,
  data: Prisma.UserUpdateInput,
  now: Temporal.Instant,
): Promise<void> {
  await tx.user.update({ where: { id }, data: { ...data, sessionVersion: { increment: 1 } } });
  await endSessionsOf(tx, id, now, { by: auditActor(actor) });
}

const record = (
  tx: Tx,
  actor: UserActor,
  user: Pick<User, "id" | "pseudonym">,
  change: AuditAction,
  now: Temporal.Instant,
): Promise<void> =>
  recordAudit(
    tx,
    {
      ...change,
      actor: auditActor(actor),
      outcome: "success",
      subject: user.pseudonym,
      entity: undefined,
    },
    now,
  );
