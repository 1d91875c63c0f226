import type { Temporal } from "temporal-polyfill";
import { newId, newToken } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { toDate } from "@/lib/time/instant";
import { hashToken } from "./tokens";

/**
 * Makes another personal link to one appointment. It has no end of its own: what it opens, and until when, follows the
 * appointment's times.
 *
 * @returns the token, for the link `/v/<token>`; only its hash is stored
 */
export function mintVisitLink(db: Db, appointmentId: string, now: Temporal.Instant): Promise<string> {
  return mintLink(db, { purpose: "visit", appointmentId }, now);
}

/**
 * Makes the link under which a personal calendar is read, by programs that cannot sign in. Good until it is revoked.
 *
 * @returns the token, for the address `/calendar/<token>/feed.ics`; only its hash is stored
 */
export function mintCalendarLink(
  db: Db,
  owner: { userId: string } | { patientId: string },
  now: Temporal.Instant,
): Promise<string> {
  return mintLink(db, { purpose: "calendar", ...owner }, now);
}

/** How long an invited user has to set the first password. */
export const INVITATION_DAYS = 7;

/**
 * Makes another link with which an invited user sets the first password. Earlier ones stay good until one of them is used.
 *
 * @returns the token, for the link `/invitation/<token>`; only its hash is stored
 */
export function mintInvitationLink(db: Db, userId: string, now: Temporal.Instant): Promise<string> {
  return mintLink(
    db,
    { purpose: "invitation", userId, expiresAt: toDate(now.add({ hours: INVITATION_DAYS * 24 })) },
    now,
  );
}

/** How long one of the staff has to set another password, from the sending of the link on. */
export const PASSWORD_RESET_MINUTES = 60;

/**
 * Makes a link with which one of the staff sets another password. Earlier ones stay good until one of them is used.
 *
 * @returns the token, for the link `/new-password/<token>`; only its hash is stored
 */
export function mintPasswordResetLink(db: Db, userId: string, now: Temporal.Instant): Promise<string> {
  const expiresAt = toDate(now.add({ minutes: PASSWORD_RESET_MINUTES }));
  return mintLink(db, { purpose: "password_reset", userId, expiresAt }, now);
}

/**
 * Makes another personal link to one entry of the waitlist. It has no end of its own: what it opens follows the entry's state.
 *
 * @returns the token, for the link `/w/<token>`; only its hash is stored
 */
export function mintWaitlistLink(db: Db, waitlistEntryId: string, now: Temporal.Instant): Promise<string> {
  return mintLink(db, { purpose: "waitlist", waitlistEntryId }, now);
}

/**
 * Makes another link that leads one third person to the door of one visit. It opens nothing once they are revoked.
 *
 * @returns the token, for the link `/t/<token>`; only its hash is stored
 */
export function mintThirdPersonLink(db: Db, thirdPersonId: string, now: Temporal.Instant): Promise<string> {
  return mintLink(db, { purpose: "third_person", thirdPersonId }, now);
}

/**
 * Makes another personal link to one place in the queue.
 *
 * @returns the token, for the link `/q/<token>`; only its hash is stored
 */
export function mintQueueLink(db: Db, queueEntryId: string, now: Temporal.Instant): Promise<string> {
  return mintLink(db, { purpose: "queue", queueEntryId }, now);
}

/** How long a request for a link to sign in waits for its mail, which may be late. */
export const SIGN_IN_REQUEST_MINUTES = 30;

/** How long a link to sign in works from its sending on: as long as ASVS 6.5.5 lets what travels another way. */
export const SIGN_IN_LINK_MINUTES = 10;

/**
 * Makes the token of a link to sign in. It has no row of its own: its request says in which browsers, and until when, it works. One that
 * is made anew, because a mail has to be sent again, ends the one before. Its time begins now, so that a mail that was late is worth as much.
 *
 * @returns the token, for the link `/sign-in/link/<token>`; only its hash is stored
 */
export async function mintSignInToken(
  db: Db,
  signInRequestId: string,
  now: Temporal.Instant,
): Promise<string> {
  const token = newToken();
  const expiresAt = toDate(now.add({ minutes: SIGN_IN_LINK_MINUTES }));
  await db.signInRequest.updateMany({
    where: { id: signInRequestId, usedAt: null },
    data: { tokenHash: hashToken(token), expiresAt },
  });
  await db.signInRequest.updateMany({
    where: { mailedWithId: signInRequestId, usedAt: null },
    data: { expiresAt },
  });
  return token;
}

/**
 * Makes the token of a link that proves another address for an account, as {@link mintSignInToken} does.
 *
 * @returns the token, for the link `/account/email/<token>`; only its hash is stored
 */
export async function mintEmailChangeToken(db: Db, emailChangeId: string): Promise<string> {
  const token = newToken();
  await db.emailChange.updateMany({
    where: { id: emailChangeId, usedAt: null },
    data: { tokenHash: hashToken(token) },
  });
  return token;
}

/**
 * Makes the token of a link under which an export is fetched, as {@link mintSignInToken} does.
 *
 * @returns the token, for the link `/account/data/<token>`; only its hash is stored
 */
export async function mintExportToken(db: Db, exportId: string): Promise<string> {
  const token = newToken();
  await db.dataExport.updateMany({ where: { id: exportId }, data: { tokenHash: hashToken(token) } });
  return token;
}

type NewLink = Pick<
  Prisma.AccessLinkUncheckedCreateInput,
  | "purpose"
  | "appointmentId"
  | "userId"
  | "patientId"
  | "waitlistEntryId"
  | "thirdPersonId"
  | "queueEntryId"
  | "expiresAt"
>;

async function mintLink(db: Db, link: NewLink, now: Temporal.Instant): Promise<string> {
  const token = newToken();
  await db.accessLink.create({
    data: { ...link, id: newId(), tokenHash: hashToken(token), createdAt: toDate(now) },
  });
  return token;
}

/** Ends a personal link that was made and never handed over. */
export async function revokeLink(db: Db, token: string, now: Temporal.Instant): Promise<void> {
  await db.accessLink.updateMany({
    where: { tokenHash: hashToken(token), revokedAt: null },
    data: { revokedAt: toDate(now) },
  });
}
