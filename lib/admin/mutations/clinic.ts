import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditActor } from "@/lib/audit/types";
import { type NewSession, type RequestOrigin, startSession } from "@/lib/auth/mutations/sessions";
import { changeGuarded } from "@/lib/availability/mutations/guard";
import type { Stranding } from "@/lib/availability/types";
import { newId, newToken } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
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
import { mintInvitationLink } from "@/lib/security/access-link";
import { hashPassword } from "@/lib/security/password";
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
 * @returns the new session, or `link_invalid`, `email_in_use`
 */
export async function createFirstAdministrator(
  input: { token: string; name: string; email: string; password: string; locale: Locale },
  origin: RequestOrigin,
  now: Temporal.Instant,
): Promise<Result<NewSession, SetupRefusal>> {
  const passwordHash = await hashPassword(input.password);
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
  recordAudit(
    tx,
    {
      action: "user.created",
      details: { roles: user.roles },
      actor: { kind: "system" },
      outcome: "success",
      subject: user.pseudonym,
      entity: { type: "user", id: user.id },
    },
    now,
  );
