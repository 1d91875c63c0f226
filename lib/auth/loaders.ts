import "server-only";
import { headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { getServerSession } from "next-auth";
import encodeQR from "qr";
import { cache } from "react";
import { auditActor, hasRole, ownAccountScope } from "@/lib/access/rules";
import type { Actor, Role, UserActor } from "@/lib/access/types";
import { recordRefusal } from "@/lib/audit/mutations";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { parseJson } from "@/lib/core/json";
import { db } from "@/lib/db/client";
import { loadViewer } from "@/lib/i18n/viewer";
import { unsafeIsMailDelayed } from "@/lib/notifications/data";
import { clientAddress } from "@/lib/security/address";
import { readSealedCookie } from "@/lib/security/sealed-cookie";
import { hashToken } from "@/lib/security/tokens";
import { totpUri } from "@/lib/security/totp";
import { isUnattended } from "@/lib/security/unattended";
import { describeMoment } from "@/lib/time/format";
import { toInstant } from "@/lib/time/instant";
import {
  CODES_COOKIE,
  ENROLMENT_COOKIE,
  LINK_COOKIE,
  PENDING_COOKIE,
  PROVIDER_COOKIE,
  PROVIDER_PROOF_COOKIE,
  secondStepRequired,
} from "./constants";
import {
  findConfirmation,
  findEmailChange,
  findInvitation,
  findLiveSession,
  findOwnProof,
  findPasswordReset,
  findSecondStep,
  findSessions,
  findSignInRequest,
  type LiveSession,
} from "./data";
import { describeDevice } from "./format";
import { touchSession } from "./mutations/sessions";
import { authOptions } from "./options";
import { isSeenAnew, isStaff, safePath } from "./rules";
import { providerRequestSchema } from "./schema";
import type {
  ChangePage,
  Confirmation,
  OwnProof,
  SecondStep,
  SecondStepPage,
  SessionDto,
  SignedInUser,
} from "./types";

/**
 * The signed-in session of this request, read once for it, or none. It counts as in use, unless the page has asked by itself: an open page
 * that nobody looks at would else keep its session for ever.
 */
export const loadSession = cache(async (): Promise<LiveSession | undefined> => {
  const session = await getServerSession(authOptions());
  if (!session?.sid) return undefined;
  const now = systemNow();
  const live = await findLiveSession(db(), session.sid, now);
  if (live && isSeenAnew(live.lastSeenAt, now) && !isUnattended(await headers())) {
    await touchSession(live.actor.sessionId, now);
  }
  return live && { ...live, actor: { ...live.actor, address: await loadAddress() } };
});

/** From where this request comes, as far as that is known. */
export const loadAddress = async (): Promise<string | undefined> => clientAddress(await headers());

/** Who is asking, and from where. */
export async function loadActor(): Promise<Actor> {
  return (await loadSession())?.actor ?? { kind: "anonymous", address: await loadAddress() };
}

/**
 * Writes that whoever asks was refused what is not theirs, or came with a link that opens nothing.
 *
 * @param door a name of ours, never something that was sent
 * @param actor who asks, where it is known already
 */
export async function noteRefusal(door: string, actor?: Actor): Promise<void> {
  await recordRefusal({ actor: auditActor(actor ?? (await loadActor())), door }, systemNow());
}

/**
 * The signed-in user of a page for one role, or for any of several. Others are led to the sign-in page; somebody signed in without
 * the role finds no such page; one of the staff without the second step that they need is led to where it is set up.
 */
export async function requireRole(
  role: Role | readonly Role[],
  path: string,
): Promise<{ actor: UserActor; session: LiveSession }> {
  const session = await loadSession();
  if (!session) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  const roles = typeof role === "string" ? [role] : role;
  if (!roles.some((one) => hasRole(session.actor, one))) {
    const isTheirs = roles.some((one) => session.user.roles.includes(one));
    if (isTheirs && session.awaitsSecondStep) redirect("/account/second-step");
    const door = `page.${roles.join("_")}`;
    await noteRefusal(door, session.actor);
    notFound();
  }
  return { actor: session.actor, session };
}

/** The signed-in user of a page for whoever keeps the whole clinic's schedules and bookings. */
export const requireSchedules = (path: string) => requireRole(["scheduler", "administrator"], path);

/** The signed-in user of a page that everybody with an account has. */
export async function requireUser(path: string): Promise<{ actor: UserActor; session: LiveSession }> {
  const session = await loadSession();
  if (!session) redirect(`/sign-in?next=${encodeURIComponent(path)}`);
  return { actor: session.actor, session };
}

/** Whom an invitation's link invites; looking uses nothing up. `undefined` for every link that cannot be used, whatever the reason. */
export async function loadInvitation(token: string): Promise<{ name: string; email: string } | undefined> {
  const invitation = await findInvitation(db(), token, systemNow());
  if (!invitation) await noteRefusal("link.invitation");
  return invitation && { name: invitation.user.name, email: invitation.user.email };
}

/** Whether an invitation's link can be used, for whoever sends its form. */
export const opensInvitation = async (token: string): Promise<boolean> =>
  (await findInvitation(db(), token, systemNow())) !== undefined;

/** Who sets another password by a link; looking uses nothing up. `undefined` for every link that cannot be used, whatever the reason. */
export async function loadPasswordReset(token: string): Promise<{ name: string; email: string } | undefined> {
  const reset = await findPasswordReset(db(), token, systemNow());
  if (!reset) await noteRefusal("link.new-password");
  return reset && { name: reset.user.name, email: reset.user.email };
}

/** The same as {@link opensInvitation} for a link to set another password. */
export const opensPasswordReset = async (token: string): Promise<boolean> =>
  (await findPasswordReset(db(), token, systemNow())) !== undefined;

/** Whether a sign-in is half done in this browser: the password was right, and the code is asked for. */
export const hasPendingSignIn = async (): Promise<boolean> =>
  (await readSealedCookie(PENDING_COOKIE, "", systemNow())) !== undefined;

/** By what name staff sign in with the clinic's own accounts; none where there are no such accounts. */
export const loadProviderName = (): string | undefined => {
  const { OIDC_ISSUER, OIDC_NAME, CLINIC_NAME } = env();
  return OIDC_ISSUER && (OIDC_NAME ?? CLINIC_NAME);
};

/**
 * For what this browser goes to the clinic's own provider, and where; none where it has begun nothing. `back` is the page to return to
 * without having been there.
 */
export async function loadProviderErrand(): Promise<
  { purpose: "sign_in" | "proof"; url: string; back: string } | undefined
> {
  const now = systemNow();
  const [begun, session] = [await readSealedCookie(PROVIDER_COOKIE, "", now), await loadSession()];
  const signIn = providerRequestSchema.safeParse(parseJson(begun ?? ""));
  if (signIn.success) return { purpose: "sign_in", url: signIn.data.url, back: "/sign-in" };
  const asked = session && (await readSealedCookie(PROVIDER_PROOF_COOKIE, session.actor.sessionId, now));
  const proof = providerRequestSchema.safeParse(parseJson(asked ?? ""));
  return proof.success
    ? { purpose: "proof", url: proof.data.url, back: safePath(proof.data.next) ?? "/account" }
    : undefined;
}

/** How somebody who is signed in confirms a change, for the form in which they do. */
export const loadConfirmation = async (actor: UserActor): Promise<Confirmation> => ({
  ...(await findConfirmation(db(), actor, systemNow())),
  provider: loadProviderName(),
});

/** What a mail's link to sign in would do in this browser; looking uses nothing up. */
export async function loadSignInLink(
  token: string,
): Promise<{ state: "ready"; email: string; isNew: boolean } | { state: "other_browser" | "invalid" }> {
  const now = systemNow();
  const browser = await readSealedCookie(LINK_COOKIE, "", now);
  const browserHash = browser === undefined ? undefined : hashToken(browser);
  const request = await findSignInRequest(db(), token, browserHash, now);
  if (request?.state === "ready") return { state: "ready", email: request.email, isNew: !request.user };
  await noteRefusal("link.sign-in");
  return { state: request?.state ?? "invalid" };
}

/** Whether a mail that is asked for now may take longer than it should. */
export const loadMailDelayed = (): Promise<boolean> => unsafeIsMailDelayed(db(), systemNow());

/** The account's own page: its second step and the browsers that are signed in. */
export async function loadAccountPage(): Promise<{
  user: SignedInUser;
  secondStep: SecondStep;
  awaitsSecondStep: boolean;
  sessions: SessionDto[];
  proof: OwnProof;
}> {
  const { actor, session } = await requireUser("/account");
  const [now, viewer] = [systemNow(), await loadViewer()];
  const [set, rows, proof] = await Promise.all([
    findSecondStep(db(), actor),
    findSessions(db(), ownAccountScope(actor), actor.userId, now),
    findOwnProof(db(), actor, now),
  ]);
  return {
    user: session.user,
    secondStep: set && { setAt: describeMoment(set.setAt, viewer, now), codesLeft: set.codesLeft },
    awaitsSecondStep: session.awaitsSecondStep,
    proof,
    sessions: rows.map((row) => ({
      sessionId: row.id,
      current: row.id === actor.sessionId,
      ...describeDevice(row.userAgent),
      startedAt: describeMoment(toInstant(row.createdAt), viewer, now),
      lastSeenAt: describeMoment(toInstant(row.lastSeenAt), viewer, now),
    })),
  };
}

/** Where one's own password or address is changed: by what it is shown that it is they, and whether a code is asked for too. */
export async function loadChangePage(path: "/account/password" | "/account/email"): Promise<ChangePage> {
  const { actor, session } = await requireUser(path);
  const confirmation = await loadConfirmation(actor);
  if (confirmation.proof === "none") redirect("/account");
  return { user: session.user, confirmation, delayed: await loadMailDelayed() };
}

/** What a mail's link to another address would do for whoever looks; looking uses nothing up. */
export async function loadEmailChange(
  token: string,
): Promise<{ state: "ready"; email: string } | { state: "other_account" | "invalid" }> {
  const session = await loadSession();
  const change = await findEmailChange(db(), token, session?.actor.userId, systemNow());
  if (change?.state === "ready") return { state: "ready", email: change.email };
  await noteRefusal("link.email-change", session?.actor);
  return { state: change?.state ?? "invalid" };
}

/** The page of the second step. What is to be proved or copied yet comes from the browser's own sealed cookies. */
export async function loadSecondStepPage(): Promise<SecondStepPage> {
  const { actor, session } = await requireUser("/account/second-step");
  const [now, viewer] = [systemNow(), await loadViewer()];
  const [set, confirmation, secret, codes] = await Promise.all([
    findSecondStep(db(), actor),
    loadConfirmation(actor),
    readSealedCookie(ENROLMENT_COOKIE, actor.sessionId, now),
    readSealedCookie(CODES_COOKIE, actor.userId, now),
  ]);
  const uri = secret && totpUri(secret, { issuer: env().CLINIC_NAME, label: session.user.email });
  return {
    user: session.user,
    confirmation,
    secondStep: set && { setAt: describeMoment(set.setAt, viewer, now), codesLeft: set.codesLeft },
    awaitsSecondStep: session.awaitsSecondStep,
    required: secondStepRequired() && isStaff(session.user.roles),
    demonstration: !secondStepRequired() && isStaff(session.user.roles),
    enrolment:
      secret && uri
        ? {
            secret: secret.match(/.{1,4}/g)?.join(" ") ?? secret,
            uri,
            dots: encodeQR(uri, "raw", { border: 4 }),
          }
        : undefined,
    codes: set && codes ? codes.split(" ") : undefined,
  };
}
