import "server-only";
import { notFound, redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import { cache } from "react";
import { hasRole } from "@/lib/access/rules";
import type { Actor, Role, UserActor } from "@/lib/access/types";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { LAST_SEEN_MINUTES } from "./constants";
import { findInvitation, findLiveSession, type LiveSession } from "./data";
import { touchSession } from "./mutations";
import { authOptions } from "./options";

/** The signed-in session of this request, read once for it, or none. */
export const loadSession = cache(async (): Promise<LiveSession | undefined> => {
  const session = await getServerSession(authOptions());
  if (!session?.sid) return undefined;
  const now = systemNow();
  const live = await findLiveSession(db(), session.sid, now);
  if (live && now.since(live.lastSeenAt).total("minutes") >= LAST_SEEN_MINUTES) {
    await touchSession(live.actor.sessionId, now);
  }
  return live;
});

/** Who is asking. */
export async function loadActor(): Promise<Actor> {
  return (await loadSession())?.actor ?? { kind: "anonymous" };
}

/**
 * The signed-in user of a page for one role. Others are led to the sign-in page; somebody signed in without the role finds
 * no such page.
 */
export async function requireRole(
  role: Role,
  path: string,
): Promise<{ actor: UserActor; session: LiveSession }> {
  const session = await loadSession();
  if (!session) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  if (!hasRole(session.actor, role)) notFound();
  return { actor: session.actor, session };
}

/** Whom an invitation's link invites; looking uses nothing up. `undefined` for every link that cannot be used, whatever the reason. */
export async function loadInvitation(token: string): Promise<{ name: string; email: string } | undefined> {
  const invitation = await findInvitation(db(), token, systemNow());
  return invitation && { name: invitation.user.name, email: invitation.user.email };
}
