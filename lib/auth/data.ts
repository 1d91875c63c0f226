import type { Temporal } from "temporal-polyfill";
import type { UserActor } from "@/lib/access/types";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import { hashToken, isToken } from "@/lib/security/tokens";
import { toDate, toInstant } from "@/lib/time/instant";
import type { SignedInUser } from "./types";

/** A session that is alive, with its user as they are in this moment. */
export type LiveSession = {
  actor: UserActor;
  user: SignedInUser;
  locale: string;
  lastSeenAt: Temporal.Instant;
};

/**
 * The session of this id if it lives: neither ended nor expired, of the user's present version, the user not disabled.
 * Roles come from here, at every request; a cookie only says which row to read.
 */
export async function findLiveSession(
  db: Db,
  sessionId: string,
  now: Temporal.Instant,
): Promise<LiveSession | undefined> {
  if (!isId(sessionId)) return undefined;
  const session = await db.session.findFirst({
    where: { id: sessionId, revokedAt: null, expiresAt: { gt: toDate(now) }, user: { disabledAt: null } },
    include: {
      user: { include: { patient: { select: { id: true } }, practitioner: { select: { id: true } } } },
    },
  });
  if (!session || session.sessionVersion !== session.user.sessionVersion) return undefined;
  const { user } = session;
  return {
    actor: {
      kind: "user",
      userId: user.id,
      sessionId: session.id,
      roles: user.roles,
      practitionerId: user.practitioner?.id,
      patientId: user.patient?.id,
      pseudonym: user.pseudonym,
    },
    user: { userId: user.id, name: user.name, email: user.email, roles: user.roles },
    locale: user.locale,
    lastSeenAt: toInstant(session.lastSeenAt),
  };
}

/** The invited user of an unused, unexpired, unrevoked invitation. */
export async function findInvitation(db: Db, token: string, now: Temporal.Instant) {
  if (!isToken(token)) return undefined;
  const link = await db.accessLink.findFirst({
    where: {
      tokenHash: hashToken(token),
      purpose: "invitation",
      usedAt: null,
      revokedAt: null,
      expiresAt: { gt: toDate(now) },
      user: { disabledAt: null, passwordHash: null },
    },
    include: { user: true },
  });
  return link?.user ? { linkId: link.id, user: link.user } : undefined;
}
