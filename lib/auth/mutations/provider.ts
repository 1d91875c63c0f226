import type { Temporal } from "temporal-polyfill";
import type { Role } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditAction, ProviderRefusal } from "@/lib/audit/types";
import { newId } from "@/lib/core/ids";
import { ok, type Refusal, type Result, refuse } from "@/lib/core/result";
import { type Db, db, type Tx } from "@/lib/db/client";
import type { User } from "@/lib/db/generated/client";
import { lockAdministrators } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { queueNotification } from "@/lib/notifications/mutations";
import type { OidcClient } from "@/lib/oidc/client";
import type { ProviderIdentity, ProviderRequest } from "@/lib/oidc/types";
import { countAttempt } from "@/lib/security/rate-limit";
import { toDate } from "@/lib/time/instant";
import { SIGN_IN_MINUTES, secondStepRequired } from "../constants";
import { isStaff, type RoleMapping, rolesAfter, rolesOfGroups } from "../rules";
import type { PendingSignIn } from "../types";
import { recordRefused } from "./attempts";
import { endSessionsOf, type NewSession, type RequestOrigin, startSession } from "./sessions";

type Context = {
  /** What groups mean; `undefined` where roles are given in the portal alone. */
  mapping: RoleMapping | undefined;
  /** The language of an account that is made. */
  locale: string;
  origin: RequestOrigin;
  now: Temporal.Instant;
};

/** A refusal that keeps what the transaction has written: somebody without a role any more is not let in, and has none. */
type Outcome =
  | { session: NewSession }
  | { pending: PendingSignIn }
  | { refused: ProviderRefusal; user: User };

/** Somebody is given an account by hand at the moment of their first sign-in, which finds it the second time. */
const RACES = { user_email_key: "raced" } as const;

type ProviderSignIn =
  | Result<NewSession, "provider_refused">
  | (Refusal<"second_step"> & { pending: PendingSignIn });

/** A request counts once: a cookie can be copied, and who used it first has used it up, wherever the copy is. */
const ONCE = { max: 1, windowSeconds: SIGN_IN_MINUTES * 60 };

/** Asks the provider for the way to it. Where that comes to nothing, the trail has the reason. */
export async function beginWithProvider(
  client: OidcClient | undefined,
  origin: RequestOrigin,
  now: Temporal.Instant,
  how: { anew: boolean } = { anew: false },
): Promise<Result<ProviderRequest, "provider_refused">> {
  const begun = (await client?.begin(how)) ?? refuse("provider_unasked");
  return begun.ok ? begun : refuseUnknown(begun.reason, origin, now);
}

/** The query with which the provider sent a browser back, and what that browser has kept since it was sent there, if it has. */
export type Returned = { answer: URLSearchParams; kept: Omit<ProviderRequest, "url"> | undefined };

/** Who comes back from the provider. */
export async function identifyByAnswer(
  client: OidcClient | undefined,
  { answer, kept }: Returned,
  now: Temporal.Instant,
): Promise<Result<ProviderIdentity, ProviderRefusal>> {
  const isFirst =
    kept !== undefined && (await countAttempt("auth.provider-state", kept.state, ONCE, now)) === undefined;
  return client && isFirst ? client.finish(answer, kept) : refuse("provider_unasked");
}

/** Signs in whoever comes back from the provider. */
export async function signInByAnswer(
  client: OidcClient | undefined,
  returned: Returned,
  context: Context,
): Promise<ProviderSignIn> {
  const { origin, now } = context;
  const proved = await identifyByAnswer(client, returned, now);
  return proved.ok ? signInWithProvider(proved.value, context) : refuseUnknown(proved.reason, origin, now);
}

/** Writes a sign-in that failed at the provider, or on the way, into the trail. Whose it would have been, nobody knows. */
async function refuseUnknown(reason: ProviderRefusal, origin: RequestOrigin, now: Temporal.Instant) {
  await recordRefused(reason, null, origin, now);
  return refuse("provider_refused");
}

/**
 * Signs in somebody of the staff whom the clinic's OpenID provider has identified. The account is the one that was linked to them; at
 * the first time the one of the staff that has their address, if the provider vouches for it; or a new one, if their groups give a role
 * that needs no more. An account of a patient alone is never linked: whoever made it may not be who has the address.
 *
 * @returns the new session; `second_step` with what `signInWithCode` needs, where the account has one and the provider asked for none;
 *   or `provider_refused`, for which the trail alone has the reason
 */
export async function signInWithProvider(
  identity: ProviderIdentity,
  context: Context,
): Promise<ProviderSignIn> {
  const first = await enter(identity, context);
  const result = !first.ok && first.reason === "raced" ? await enter(identity, context) : first;
  if (!result.ok) {
    const reason = result.reason === "raced" ? "not_known" : result.reason;
    await recordRefused(reason, await findKnown(db(), identity), context.origin, context.now);
    return refuse("provider_refused");
  }
  const { value } = result;
  if ("session" in value) return ok(value.session);
  if ("pending" in value) return { ...refuse("second_step"), pending: value.pending };
  await recordRefused(value.refused, value.user, context.origin, context.now);
  return refuse("provider_refused");
}

const enter = (
  identity: ProviderIdentity,
  context: Context,
): Promise<Result<Outcome, ProviderRefusal | "raced">> =>
  transaction(async (tx): Promise<Result<Outcome, ProviderRefusal>> => {
    const { origin, now } = context;
    // Two administrators who lose the role at the same moment are not both let go.
    await lockAdministrators(tx);
    const found = await findAccount(tx, identity, context);
    if (!found.ok) return found;
    const { id: userId } = found.value;
    const user = await tx.user.findUniqueOrThrow({
      where: { id: userId },
      include: { totp: true, practitioner: { select: { id: true } } },
    });
    if (user.disabledAt) return refuse("disabled");

    const roles = await followGroups(tx, user, identity, context);
    if (!roles.ok) return roles;
    if (!isStaff(roles.value)) return ok({ refused: "no_role", user });
    const { secondStep: secondStepByProvider } = identity;
    if (user.totp && !secondStepByProvider) {
      const { email, sessionVersion } = await tx.user.findUniqueOrThrow({ where: { id: userId } });
      return ok({ pending: { userId, email, sessionVersion } });
    }
    const session = await startSession(tx, userId, "provider", origin, now, { secondStepByProvider });
    return ok({ session: session.value });
  }, RACES);

const findKnown = async (tx: Db, { issuer, subject }: ProviderIdentity) =>
  (
    await tx.providerLink.findUnique({
      where: { issuer_subject: { issuer, subject } },
      include: { user: true },
    })
  )?.user ?? null;

/** The account of a link; at the first time the one of the address, or a new one, and the link to it. */
async function findAccount(
  tx: Tx,
  identity: ProviderIdentity,
  context: Context,
): Promise<Result<User, ProviderRefusal>> {
  const known = await findKnown(tx, identity);
  if (known) return ok(known);
  const { issuer, subject, email, emailVerified } = identity;
  if (email === undefined || !emailVerified) return refuse("email_not_verified");

  const owner = await tx.user.findUnique({ where: { email }, include: { providerLinks: true } });
  if (owner?.disabledAt) return refuse("disabled");
  if (owner && !isStaff(owner.roles)) return refuse("not_known");
  if (owner?.providerLinks.some((link) => link.issuer === issuer)) return refuse("linked_elsewhere");
  const account = owner ? ok(owner) : await createAccount(tx, { ...identity, email }, context);
  if (!account.ok) return account;

  const user = account.value;
  const createdAt = toDate(context.now);
  await tx.providerLink.create({ data: { id: newId(), userId: user.id, issuer, subject, createdAt } });
  if (owner) await queueNotification(tx, { kind: "sign_in_changed", userId: user.id, now: context.now });
  await recordChange(tx, user, { action: "user.provider_linked", details: {} }, context);
  return account;
}

/**
 * Makes the account of somebody whom nobody has invited and whose groups give them a role. Practitioners are made by administrators.
 * Without a password there is nothing by which a second step could be set up here, so that the provider must have asked for it.
 */
async function createAccount(
  tx: Tx,
  { email, name, groups = [], secondStep }: ProviderIdentity & { email: string },
  context: Context,
): Promise<Result<User, ProviderRefusal>> {
  const roles = rolesOfGroups(groups, context.mapping ?? []).filter((role) => role !== "practitioner");
  if (roles.length === 0) return refuse("not_known");
  if (secondStepRequired() && roles.includes("administrator") && !secondStep)
    return refuse("second_step_missing");
  const user = await tx.user.create({
    data: {
      id: newId(),
      email,
      name: name ?? email,
      roles: [...roles],
      locale: context.locale,
      pseudonym: newId(),
      createdAt: toDate(context.now),
    },
  });
  await recordChange(tx, user, { action: "user.created", details: { roles } }, context);
  return ok(user);
}

/**
 * Gives and takes the roles that follow the provider's groups. A change ends every session that the account had. Where the claim is
 * not there at all nothing is changed and nobody let in: that is a mistake in the set-up, and would take everybody's roles.
 *
 * @returns the roles that the account has now
 */
async function followGroups(
  tx: Tx,
  user: User & { practitioner: { id: string } | null },
  { groups }: ProviderIdentity,
  context: Context,
): Promise<Result<readonly Role[], ProviderRefusal>> {
  if (!context.mapping) return ok(user.roles);
  if (!groups) return refuse("no_role");
  const roles = rolesAfter(user.roles, groups, context.mapping, {
    isPractitioner: user.practitioner !== null,
    isLastAdministrator: await isLastAdministrator(tx, user),
  });
  if (roles.length === user.roles.length && roles.every((role) => user.roles.includes(role)))
    return ok(user.roles);
  await tx.user.update({
    where: { id: user.id },
    data: { roles: [...roles], sessionVersion: { increment: 1 } },
  });
  await endSessionsOf(tx, user.id, context.now, { address: context.origin.address });
  await recordChange(
    tx,
    user,
    { action: "user.roles_changed", details: { before: user.roles, roles, by: "provider" } },
    context,
  );
  return ok(roles);
}

/** Whether nobody else could administer the clinic: who was invited and has never signed in does not count. */
const isLastAdministrator = async (tx: Tx, { id }: User): Promise<boolean> =>
  (await tx.user.count({
    where: {
      id: { not: id },
      roles: { has: "administrator" },
      disabledAt: null,
      OR: [{ passwordHash: { not: null } }, { providerLinks: { some: {} } }],
    },
  })) === 0;

const recordChange = (tx: Tx, user: User, change: AuditAction, { origin, now }: Context): Promise<void> =>
  recordAudit(
    tx,
    {
      ...change,
      actor: { kind: "user", pseudonym: user.pseudonym },
      outcome: "success",
      subject: user.pseudonym,
      entity: undefined,
      address: origin.address,
    },
    now,
  );
