import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditAction, AuditActor } from "@/lib/audit/types";
import { hashNewPassword } from "@/lib/auth/mutations/password";
import {
  endSessionsOf,
  type NewSession,
  type RequestOrigin,
  startSession,
} from "@/lib/auth/mutations/sessions";
import { changeGuarded } from "@/lib/availability/mutations/guard";
import type { Stranding } from "@/lib/availability/types";
import { newId, newToken } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import type { User } from "@/lib/db/generated/client";
import { lockAdministrators } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import {
  type PractitionerDetails,
  VISIT_TYPE_CONSTRAINTS,
  writePractitioner,
} from "@/lib/directory/mutations";
import type { PractitionerRefusal } from "@/lib/directory/types";
import type { Locale } from "@/lib/i18n/locales";
import { queueNotification } from "@/lib/notifications/mutations";
import { mintInvitationLink, mintPasswordResetLink } from "@/lib/security/access-link";
import { hashToken } from "@/lib/security/tokens";
import { toDate } from "@/lib/time/instant";
import { SETUP_LINK_HOURS } from "../constants";
import { findSetupLink, unsafeHasAdministrator } from "../data/clinic";
import type { SetupRefusal } from "../types/clinic";

const ACCOUNT_CONSTRAINTS = { user_email_key: "email_in_use" } as const;

/**
 * Makes a one-time link with which the first administrator is made, good for 24 hours; earlier ones end.
 *
 * @returns the token, for the link `/setup/<token>`; only its hash is stored. Or `administrator_exists`
 */
export const createSetupLink = (
  now: Temporal.Instant,
): Promise<Result<{ token: string }, "administrator_exists">> =>
  transaction(async (tx) => {
    await lockAdministrators(tx);
    if (await unsafeHasAdministrator(tx)) return refuse("administrator_exists");
    await endSetupLinks(tx, now);
    const token = newToken();
    await tx.accessLink.create({
      data: {
        id: newId(),
        purpose: "setup",
        tokenHash: hashToken(token),
        expiresAt: toDate(now.add({ hours: SETUP_LINK_HOURS })),
        createdAt: toDate(now),
      },
    });
    await recordAudit(
      tx,
      {
        action: "setup_link.created",
        details: {},
        actor: { kind: "system" },
        outcome: "success",
        subject: undefined,
        entity: undefined,
      },
      now,
    );
    return ok({ token });
  });

/**
 * Uses up a set-up link: makes the first administrator with a password and signs them in. Of several at once one wins.
 *
 * @returns the new session, or `link_invalid`, `email_in_use`, or what `hashNewPassword` has against the password
 */
export async function createFirstAdministrator(
  input: { token: string; name: string; email: string; password: string; locale: Locale },
  origin: RequestOrigin,
  now: Temporal.Instant,
): Promise<Result<NewSession, SetupRefusal>> {
  if (!(await findSetupLink(db(), input.token, now))) return refuse("link_invalid");
  const hashed = await hashNewPassword(input.password, input);
  if (!hashed.ok) return hashed;
  const passwordHash = hashed.value;
  return transaction(async (tx) => {
    await lockAdministrators(tx);
    const linkId = await findSetupLink(tx, input.token, now);
    if (!linkId) return refuse("link_invalid");
    await tx.accessLink.update({ where: { id: linkId }, data: { usedAt: toDate(now) } });
    await endSetupLinks(tx, now);
    const user = await insertAdministrator(tx, { ...input, passwordHash }, now);
    await recordCreated(tx, user, now);
    return startSession(tx, user.id, "setup", origin, now);
  }, ACCOUNT_CONSTRAINTS);
}

/**
 * Makes an administrator without a password and an invitation to set one, for the command line. Set-up links end with it.
 *
 * @returns the token, for the link `/invitation/<token>`; or `email_in_use`: an existing account is never changed
 */
export const createAdministrator = (
  input: { name: string; email: string; locale: Locale },
  now: Temporal.Instant,
): Promise<Result<{ token: string }, "email_in_use">> =>
  transaction(async (tx) => {
    await lockAdministrators(tx);
    await endSetupLinks(tx, now);
    const user = await insertAdministrator(tx, { ...input, passwordHash: null }, now);
    const token = await mintInvitationLink(tx, user.id, now);
    await recordCreated(tx, user, now);
    return ok({ token });
  }, ACCOUNT_CONSTRAINTS);

/**
 * Makes a link with which an administrator sets another password, for the command line: for a clinic whose last one cannot sign in and
 * whom no other can help. What is signed in ends.
 *
 * @param withoutCode takes the code at sign-in away too, for whoever has lost the app and the recovery codes
 * @returns the token, for the link `/new-password/<token>`; or `not_found` where no open administrator's account has the address
 */
export const resetAdministrator = (
  { email, withoutCode }: { email: string; withoutCode: boolean },
  now: Temporal.Instant,
): Promise<Result<{ token: string }, "not_found">> =>
  transaction(async (tx) => {
    await lockAdministrators(tx);
    const user = await tx.user.findFirst({
      where: { email, disabledAt: null, roles: { has: "administrator" } },
    });
    if (!user) return refuse("not_found");
    const { id: userId } = user;
    await tx.user.update({ where: { id: userId }, data: { sessionVersion: { increment: 1 } } });
    await endSessionsOf(tx, userId, now, { by: { kind: "system" } });
    if (withoutCode && (await tx.totp.deleteMany({ where: { userId } })).count > 0) {
      await tx.recoveryCode.deleteMany({ where: { userId } });
      await recordOf(tx, user, { action: "user.second_step_removed", details: {} }, now);
    }
    await recordOf(tx, user, { action: "user.password_reset_sent", details: {} }, now);
    await queueNotification(tx, { kind: "sign_in_changed", userId, now });
    return ok({ token: await mintPasswordResetLink(tx, userId, now) });
  });

/**
 * Changes a practitioner's details and visit types. Another zone, and not being offered any more, may strand booked visits.
 *
 * @returns nothing, or `not_found`, `unknown_visit_type`, `strands` with the visits
 */
export const updatePractitioner = (
  { leave, ...details }: PractitionerDetails & { leave?: string | undefined },
  actor: AuditActor,
  now: Temporal.Instant,
): Promise<Result<undefined, PractitionerRefusal> | Stranding> =>
  changeGuarded<undefined, PractitionerRefusal>(
    { leave, now },
    async (tx, guard) => {
      await guard.watch([details.practitionerId]);
      return writePractitioner(tx, details, guard.check, actor, now);
    },
    VISIT_TYPE_CONSTRAINTS,
  );

const endSetupLinks = (tx: Tx, now: Temporal.Instant) =>
  tx.accessLink.updateMany({
    where: { purpose: "setup", usedAt: null, revokedAt: null },
    data: { revokedAt: toDate(now) },
  });

const insertAdministrator = (
  tx: Tx,
  {
    name,
    email,
    locale,
    passwordHash,
  }: { name: string; email: string; locale: Locale; passwordHash: string | null },
  now: Temporal.Instant,
): Promise<User> =>
  tx.user.create({
    data: {
      id: newId(),
      name,
      email,
      passwordHash,
      roles: ["administrator"],
      locale,
      pseudonym: newId(),
      createdAt: toDate(now),
    },
  });

const recordCreated = (tx: Tx, user: User, now: Temporal.Instant): Promise<void> =>
  recordOf(tx, user, { action: "user.created", details: { roles: user.roles } }, now);

const recordOf = (tx: Tx, user: User, change: AuditAction, now: Temporal.Instant): Promise<void> =>
  recordAudit(
    tx,
    {
      ...change,
      actor: { kind: "system" },
      outcome: "success",
      subject: user.pseudonym,
      entity: undefined,
    },
    now,
  );
