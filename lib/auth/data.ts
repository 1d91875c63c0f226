import type { Temporal } from "temporal-polyfill";
import { linkScope, ownAccountScope } from "@/lib/access/rules";
import type { AccountScope, LinkScope, UserActor } from "@/lib/access/types";
import { env } from "@/lib/core/env";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { hashToken, isToken } from "@/lib/security/tokens";
import { isBefore, toDate, toInstant } from "@/lib/time/instant";
import { CLOCKS_DIFFER_MINUTES, PROOF_MINUTES, secondStepRequired } from "./constants";
import { isStaff, limitsOf, mayUseLink, rolesInForce } from "./rules";
import type { Confirmation, OwnProof, SignedInUser } from "./types";

/** A session that is alive, with its user as they are in this moment. */
export type LiveSession = {
  actor: UserActor;
  user: SignedInUser;
  locale: string;
  lastSeenAt: Temporal.Instant;
  /** One of the staff who is none before they have set up a second step. */
  awaitsSecondStep: boolean;
};

/**
 * Sessions that have begun and not come to their end. One that begins in the future began by a clock that has been set right since: it would
 * outlast every limit. A machine's clock may be ahead of another's by some minutes.
 */
const lasting = (now: Temporal.Instant) => ({
  createdAt: { lte: toDate(now.add({ minutes: CLOCKS_DIFFER_MINUTES })) },
  expiresAt: { gt: toDate(now) },
});

/**
 * The session of this id if it lives: neither ended, expired nor idle for too long, of the user's present version, the user not
 * disabled. Roles come from here, at every request; a cookie only says which row to read.
 */
export async function findLiveSession(
  db: Db,
  sessionId: string,
  now: Temporal.Instant,
): Promise<LiveSession | undefined> {
  if (!isId(sessionId)) return undefined;
  const session = await db.session.findFirst({
    where: {
      id: sessionId,
      revokedAt: null,
      ...lasting(now),
      user: { disabledAt: null },
    },
    include: {
      user: {
        include: {
          patient: { select: { id: true } },
          practitioner: { select: { id: true } },
          totp: { select: { userId: true } },
        },
      },
    },
  });
  if (!session || session.sessionVersion !== session.user.sessionVersion) return undefined;
  const { user } = session;
  const lastSeenAt = toInstant(session.lastSeenAt);
  if (!isBefore(now, lastSeenAt.add({ minutes: limitsOf(user.roles).idleMinutes }))) return undefined;
  const roles = rolesInForce(user.roles, {
    hasSecondStep: user.totp !== null || session.secondStepByProvider,
    required: secondStepRequired(),
  });
  return {
    actor: {
      kind: "user",
      userId: user.id,
      sessionId: session.id,
      roles,
      // Whose groups at the clinic's provider make them a practitioner no more is none, whatever rows are left.
      practitionerId: roles.includes("practitioner") ? user.practitioner?.id : undefined,
      patientId: user.patient?.id,
      pseudonym: user.pseudonym,
    },
    user: { userId: user.id, name: user.name, email: user.email, roles: user.roles },
    locale: user.locale,
    lastSeenAt,
    awaitsSecondStep: roles.length < user.roles.length,
  };
}

/**
 * An account that nobody has a way into yet: without a password, a code or an account at the clinic's provider, and never entered. An
 * invitation opens such ones alone; whatever else its owner has must not be gone around by an old mail.
 */
export const UNENTERED = {
  passwordHash: null,
  enteredAt: null,
  totp: null,
  providerLinks: { none: {} },
} as const satisfies Prisma.UserWhereInput;

/** The invited user of an unused, unexpired, unrevoked invitation to an account that was never entered. */
export const findInvitation = (db: Db, token: string, now: Temporal.Instant) =>
  findPasswordLink(db, linkScope("invitation", token), UNENTERED, now);

/** The user of an unused, unexpired, unrevoked link with which one of the staff sets another password. */
export const findPasswordReset = (db: Db, token: string, now: Temporal.Instant) =>
  findPasswordLink(db, linkScope("password_reset", token), {}, now);

async function findPasswordLink(
  db: Db,
  scope: LinkScope,
  user: Prisma.UserWhereInput,
  now: Temporal.Instant,
) {
  const link = await db.accessLink.findFirst({
    where: {
      AND: [
        scope,
        { usedAt: null, expiresAt: { gt: toDate(now) }, user: { AND: [user, { disabledAt: null }] } },
      ],
    },
    include: { user: { include: { totp: { select: { userId: true } } } } },
  });
  return link?.user ? { linkId: link.id, user: link.user } : undefined;
}

/**
 * The request behind a mail's link, while it can be used; where one mail stands for several requests, that of this browser.
 * `other_browser`: it is good, but not here.
 *
 * @param browserHash of the browser that has the link
 */
export async function findSignInRequest(
  db: Db,
  token: string,
  browserHash: Uint8Array | undefined,
  now: Temporal.Instant,
) {
  if (!isToken(token)) return undefined;
  const request = await db.signInRequest.findFirst({
    where: { tokenHash: hashToken(token), usedAt: null, expiresAt: { gt: toDate(now) } },
    include: { user: { include: { totp: { select: { userId: true } } } }, sharing: true },
  });
  if (!request) return undefined;
  const { id, email, user } = request;
  if (user && (request.sessionVersion !== user.sessionVersion || !mayUseLink(user))) return undefined;
  const here = [request, ...request.sharing].find(
    (one) => browserHash !== undefined && Buffer.from(one.browserHash).equals(browserHash),
  );
  const { name, locale, timeZone, next } = here ?? request;
  return {
    id,
    email,
    next,
    user,
    registration: name && locale && timeZone ? { name, locale, timeZone } : undefined,
    state: here ? ("ready" as const) : ("other_browser" as const),
  };
}

/**
 * The change of address behind a mail's link, while it can be used. `other_account`: it is good, but not for whoever looks.
 *
 * @param userId who is signed in, if anybody is
 */
export async function findEmailChange(
  db: Db,
  token: string,
  userId: string | undefined,
  now: Temporal.Instant,
) {
  if (!isToken(token)) return undefined;
  const change = await db.emailChange.findFirst({
    where: {
      tokenHash: hashToken(token),
      usedAt: null,
      expiresAt: { gt: toDate(now) },
      user: { disabledAt: null },
    },
    include: { user: { select: { sessionVersion: true, email: true } } },
  });
  if (!change || change.sessionVersion !== change.user.sessionVersion) return undefined;
  const { id, email, formerEmail } = change;
  const state = change.userId === userId ? ("ready" as const) : ("other_account" as const);
  return { id, email, formerEmail, state };
}

type Asker = Pick<UserActor, "userId" | "sessionId">;

/**
 * By what somebody who is signed in shows, before their account is changed, that it is they. A patient's mailbox opens the account
 * anyway, so that a link from it does for a password that was forgotten. Staff whose second step is the provider's have none here that a
 * password could be joined with: by that alone nobody sets up a code of theirs.
 *
 * @param issuer the clinic's own provider
 */
export async function findOwnProof(
  db: Db,
  actor: Asker,
  now: Temporal.Instant,
  issuer: string | undefined = env().OIDC_ISSUER,
): Promise<OwnProof> {
  const session = await db.session.findFirst({
    where: { id: actor.sessionId, user: ownAccountScope(actor) },
    select: {
      mailProvedAt: true,
      providerProvedAt: true,
      user: {
        select: {
          passwordHash: true,
          roles: true,
          disabledAt: true,
          providerLinks: { select: { issuer: true } },
          totp: { select: { userId: true } },
        },
      },
    },
  });
  if (!session) return "none";
  const { user, mailProvedAt, providerProvedAt } = session;
  const isFresh = (at: Date | null) =>
    at !== null && isBefore(now, toInstant(at).add({ minutes: PROOF_MINUTES }));
  const isLinked = user.providerLinks.some((link) => link.issuer === issuer);
  if (isFresh(providerProvedAt)) return "provider_proved";
  if (isLinked && isStaff(user.roles) && user.totp === null) return "provider";
  if (mayUseLink(user) && isFresh(mailProvedAt)) return "mail_proved";
  if (user.passwordHash !== null) return "password";
  if (mayUseLink(user)) return "mail";
  return isLinked ? "provider" : "none";
}

/** {@link findOwnProof} with what else a form of theirs asks for. */
export async function findConfirmation(
  db: Db,
  actor: Asker,
  now: Temporal.Instant,
): Promise<Omit<Confirmation, "provider">> {
  const proof = await findOwnProof(db, actor, now);
  const user = await db.user.findFirst({
    where: ownAccountScope(actor),
    select: { roles: true, disabledAt: true, totp: { select: { userId: true } } },
  });
  const mailInstead = proof === "password" && user !== null && mayUseLink(user);
  return { proof, withCode: user !== null && user.totp !== null, mailInstead };
}

/** The sessions of one account of a scope that live, the last used first. */
export async function findSessions(db: Db, scope: AccountScope, userId: string, now: Temporal.Instant) {
  const user = await db.user.findFirst({ where: { AND: [scope, { id: userId }] } });
  if (!user) return [];
  const idle = limitsOf(user.roles).idleMinutes;
  return db.session.findMany({
    where: {
      userId: user.id,
      revokedAt: null,
      sessionVersion: user.sessionVersion,
      ...lasting(now),
      lastSeenAt: { gt: toDate(now.subtract({ minutes: idle })) },
    },
    orderBy: [{ lastSeenAt: "desc" }, { id: "desc" }],
  });
}

/** Since when somebody's own account has a second step, and how many recovery codes are left. */
export async function findSecondStep(db: Db, actor: Pick<UserActor, "userId">) {
  const user = ownAccountScope(actor);
  const totp = await db.totp.findFirst({ where: { user }, select: { createdAt: true } });
  if (!totp) return undefined;
  const codesLeft = await db.recoveryCode.count({ where: { user, usedAt: null } });
  return { setAt: toInstant(totp.createdAt), codesLeft };
}

/**
 * Everybody who administers the clinic, by their ids alone. Unscoped: mails go to them by what others do, who may
 * know nothing of them.
 */
export const unsafeListAdministrators = (db: Db): Promise<{ id: string }[]> =>
  db.user.findMany({
    where: { roles: { has: "administrator" }, disabledAt: null },
    select: { id: true },
    orderBy: { id: "asc" },
  });
