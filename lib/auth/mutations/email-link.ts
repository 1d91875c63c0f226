import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import { newId } from "@/lib/core/ids";
import { ok, type Refusal, type Result, refuse } from "@/lib/core/result";
import { type Db, db, type Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { enqueue } from "@/lib/jobs/send";
import { queueNotification } from "@/lib/notifications/mutations";
import { SIGN_IN_REQUEST_MINUTES } from "@/lib/security/access-link";
import { toDate } from "@/lib/time/instant";
import { findSignInRequest } from "../data";
import { mayUseLink } from "../rules";
import type { PendingSignIn, Registration } from "../types";
import { hasHadItsMail, mailAskerOf, type SignInOrigin, waitForSharedMail } from "./attempts";
import { openAccount } from "./registration";
import { holdAccount, type NewSession, type RequestOrigin, startSession } from "./sessions";
import { welcomeByMail } from "./welcome";

type Asked = {
  /** In lower case, as addresses are stored. */
  email: string;
  /** Of the browser that asks, in which alone the link will work. */
  browserHash: Uint8Array<ArrayBuffer>;
  /** Of somebody who wants an account, should there be none. */
  registration?: Registration;
  /** A page of ours to go on to. */
  next?: string;
};

/**
 * Has a link with which a patient signs in, or gets an account, sent to their address. Whoever asks learns nothing, neither from the
 * answer nor from the time it takes: whose address it is, {@link answerSignInRequest} looks up later. Where the mailbox has had its mails
 * for now, the request shares one with the others that wait.
 */
export async function requestSignInLink(
  { email, browserHash, registration, next }: Asked,
  origin: SignInOrigin,
  now: Temporal.Instant,
  asker = mailAskerOf(email, origin),
): Promise<void> {
  const isMany = await hasHadItsMail("sign-in-link", email, asker, now);
  await transaction(async (tx) => {
    const { id: signInRequestId } = await tx.signInRequest.create({
      data: {
        ...registration,
        id: newId(),
        email,
        browserHash,
        next: next ?? null,
        address: origin.address ?? null,
        createdAt: toDate(now),
        expiresAt: toDate(now.add({ minutes: SIGN_IN_REQUEST_MINUTES })),
      },
    });
    await enqueue(tx, isMany ? "sign_in.waiting" : "sign_in.requested", { signInRequestId });
    return ok();
  });
}

/** Has a link sent to the address of somebody who is signed in and has no password, with which they show that it is they. */
export async function requestProofByMail(
  userId: string,
  asked: Pick<Asked, "browserHash" | "next">,
  origin: RequestOrigin,
  now: Temporal.Instant,
): Promise<void> {
  const { email } = await db().user.findUniqueOrThrow({ where: { id: userId }, select: { email: true } });
  await requestSignInLink({ ...asked, email }, origin, now, { key: `user:${userId}`, isOwner: true });
}

/**
 * Looks whose address a request names, and queues the mail that fits: a link to sign in for a patient's account, one that makes an
 * account for whoever registers. None goes to staff, to a closed account, or to an address without an account whose owner did not ask
 * for one. Doing it twice sends one mail.
 */
export async function answerSignInRequest(signInRequestId: string, now: Temporal.Instant): Promise<void> {
  await transaction(async (tx) => {
    await answer(tx, signInRequestId, now);
    return ok();
  });
}

/**
 * The same for a request that waits for the mailbox's next common mail: its link works in the browsers of all that wait then. Where it is
 * too early for one, the request waits on.
 */
export async function answerWaitingRequest(signInRequestId: string, now: Temporal.Instant): Promise<void> {
  const waits = await findUnanswered(db(), signInRequestId, now);
  if (!waits) return;
  const wait = await waitForSharedMail(waits.email, now);
  await transaction(async (tx) => {
    if (wait !== undefined) {
      await enqueue(tx, "sign_in.waiting", { signInRequestId }, { startAfterSeconds: wait });
      return ok();
    }
    const answered = await answer(tx, signInRequestId, now);
    if (answered) await shareMail(tx, answered, now);
    return ok();
  });
}

/** @returns the request with whether its address has an account, if a mail is queued */
async function answer(
  tx: Tx,
  signInRequestId: string,
  now: Temporal.Instant,
): Promise<{ id: string; email: string; hasAccount: boolean } | undefined> {
  await tx.$queryRaw`SELECT "id" FROM "sign_in_request" WHERE "id" = ${signInRequestId}::uuid FOR UPDATE`;
  const request = await findUnanswered(tx, signInRequestId, now);
  if (!request) return undefined;
  const user = await tx.user.findUnique({ where: { email: request.email } });
  if (user ? !mayUseLink(user) : request.name === null) return undefined;
  if (user) {
    await tx.signInRequest.update({
      where: { id: signInRequestId },
      data: { userId: user.id, sessionVersion: user.sessionVersion },
    });
    await queueNotification(tx, { kind: "sign_in_link", userId: user.id, signInRequestId, now });
  } else await queueNotification(tx, { kind: "registration_link", signInRequestId, now });
  await recordAudit(
    tx,
    {
      action: "session.link_requested",
      details: {},
      actor: { kind: "anonymous" },
      outcome: "success",
      subject: user?.pseudonym,
      entity: undefined,
      address: request.address ?? undefined,
    },
    now,
  );
  return { id: request.id, email: request.email, hasAccount: user !== null };
}

/** Requests that wait for a mail: neither answered, nor with another one's. */
const waiting = (now: Temporal.Instant) =>
  ({
    mailedWithId: null,
    usedAt: null,
    expiresAt: { gt: toDate(now) },
    notifications: { none: {} },
  }) as const;

const findUnanswered = (db: Db, id: string, now: Temporal.Instant) =>
  db.signInRequest.findFirst({ where: { ...waiting(now), id } });

/** Lets the link of one request's mail work in the browsers of all others that wait for one to the same address. */
const shareMail = (
  tx: Tx,
  { id, email, hasAccount }: { id: string; email: string; hasAccount: boolean },
  now: Temporal.Instant,
) =>
  tx.signInRequest.updateMany({
    // To whoever did not ask for an account none is made.
    where: { ...waiting(now), email, id: { not: id }, ...(hasAccount ? {} : { name: { not: null } }) },
    data: { mailedWithId: id },
  });

/** Somebody who came by a link, and the page that they were on the way to. */
type Entered = ({ session: NewSession } | { pending: PendingSignIn }) & { next: string | undefined };

/**
 * Signs in by a link from a mail, and makes the account of somebody who registered. The link is used up by the one transaction that
 * finds it unused, in the browser that asked for it.
 *
 * @returns the new session, or `link_invalid`. For an account with a second step `second_step`, with what `signInWithCode` needs
 */
export async function signInWithLink(
  { token, browserHash }: { token: string; browserHash: Uint8Array<ArrayBuffer> | undefined },
  origin: RequestOrigin,
  now: Temporal.Instant,
): Promise<
  | Result<NewSession & { next: string | undefined }, "link_invalid">
  | (Refusal<"second_step"> & { pending: PendingSignIn })
> {
  const result = await transaction(async (tx): Promise<Result<Entered, "link_invalid">> => {
    const request = await findSignInRequest(tx, token, browserHash, now);
    if (request?.state !== "ready") return refuse("link_invalid");
    const used = await tx.signInRequest.updateMany({
      where: { id: request.id, usedAt: null },
      data: { usedAt: toDate(now) },
    });
    if (used.count !== 1) return refuse("link_invalid");
    const user = request.user ?? (await openAccount(tx, request.email, request.registration, origin, now));
    if (!user) return refuse("link_invalid");
    const { sessionVersion } = user;
    if (!(await holdAccount(tx, { userId: user.id, sessionVersion }))) return refuse("link_invalid");
    const next = request.next ?? undefined;
    if (user.totp) {
      const { id: userId, email } = user;
      return ok({ pending: { userId, email, sessionVersion, byMail: true, next }, next });
    }
    await welcomeByMail(tx, user.id, origin, now);
    return ok({ session: (await startSession(tx, user.id, "email_link", origin, now)).value, next });
  });
  if (!result.ok) return result;
  const { value } = result;
  return "session" in value
    ? ok({ ...value.session, next: value.next })
    : { ...refuse("second_step"), pending: value.pending };
}

/** Forgets requests that nobody can use any more. */
export async function forgetSignInRequests(now: Temporal.Instant): Promise<void> {
  await db().signInRequest.deleteMany({ where: { expiresAt: { lte: toDate(now.subtract({ hours: 24 })) } } });
}
