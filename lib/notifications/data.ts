import type { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { parseJson } from "@/lib/core/json";
import type { Db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { unseal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { startOfDay } from "@/lib/time/zones";
import { erasureContactPlace, erasureReasonPlace } from "./constants";

/** Where somebody's last mail goes, and how it is written. */
const contactSchema = z.object({ email: z.string(), locale: z.string(), timeZone: z.string() });

/** What mails say of an appointment. */
const APPOINTMENT = {
  id: true,
  practitionerId: true,
  status: true,
  startAt: true,
  endAt: true,
  timeZone: true,
  locale: true,
  sequence: true,
  movedFromAt: true,
  practitioner: { select: { displayName: true, timeZone: true, userId: true } },
  patient: { select: { pseudonym: true } },
  visitType: { select: { names: true } },
  encounter: { select: { status: true, conference: { select: { openedAt: true } } } },
  waitlistOffer: { select: { status: true, expiresAt: true } },
} as const satisfies Prisma.AppointmentSelect;

/** What a notice of unread messages needs: how far its reader has got, and the last visit, whose link opens it without an account. */
const CONVERSATION = {
  id: true,
  patientId: true,
  practitionerId: true,
  lastSequence: true,
  readers: { select: { side: true, readSequence: true } },
  practitioner: { select: { displayName: true } },
} as const satisfies Prisma.ConversationSelect;

/** A mail of the outbox with all that it speaks of, as it is now. Unscoped, for the worker that sends it to whom it is for. */
export async function unsafeLoadNotification(db: Db, notificationId: string) {
  const row = await db.notification.findUnique({
    where: { id: notificationId },
    select: {
      id: true,
      kind: true,
      status: true,
      sequence: true,
      createdAt: true,
      reminderMinutes: true,
      patient: { select: { userId: true, email: true, locale: true, timeZone: true, pseudonym: true } },
      user: {
        select: {
          id: true,
          pseudonym: true,
          email: true,
          name: true,
          locale: true,
          timeZone: true,
          passwordHash: true,
          enteredAt: true,
          disabledAt: true,
        },
      },
      appointment: { select: APPOINTMENT },
      thirdPerson: { select: { id: true, name: true, email: true, locale: true, kind: true, status: true } },
      conversation: { select: CONVERSATION },
      signInRequest: {
        select: {
          id: true,
          email: true,
          locale: true,
          timeZone: true,
          createdAt: true,
          usedAt: true,
          user: { select: { pseudonym: true } },
        },
      },
      emailChange: {
        select: { id: true, email: true, formerEmail: true, expiresAt: true, usedAt: true },
      },
      dataExport: { select: { id: true, expiresAt: true } },
      erasure: {
        select: { id: true, reasonSealed: true, reasonKeyId: true, contactSealed: true, contactKeyId: true },
      },
      waitlistEntry: {
        select: {
          id: true,
          status: true,
          fromOn: true,
          toOn: true,
          weekdays: true,
          fromTime: true,
          toTime: true,
          timeZone: true,
          locale: true,
          visitType: { select: { names: true } },
          practitioner: { select: { displayName: true } },
          specialty: { select: { names: true } },
        },
      },
    },
  });
  return row && { ...row, erasure: row.erasure && openErasure(row.erasure) };
}

type SealedErasure = {
  id: string;
  reasonSealed: Uint8Array | null;
  reasonKeyId: string | null;
  contactSealed: Uint8Array | null;
  contactKeyId: string | null;
};

/** What a mail about an erasure says, and where the last one goes: whose row has gone, their address is kept here until then. */
function openErasure({ id, reasonSealed, reasonKeyId, contactSealed, contactKeyId }: SealedErasure) {
  const open = (sealed: Uint8Array | null, keyId: string | null, place: string) =>
    sealed && keyId ? unseal({ keyId, sealed }, place) : undefined;
  const contact = open(contactSealed, contactKeyId, erasureContactPlace(id));
  return {
    reason: open(reasonSealed, reasonKeyId, erasureReasonPlace(id)),
    contact: contact === undefined ? undefined : contactSchema.parse(parseJson(contact)),
  };
}

export type NotificationRow = NonNullable<Awaited<ReturnType<typeof unsafeLoadNotification>>>;
export type AppointmentRow = NonNullable<NotificationRow["appointment"]>;
export type ConversationRow = NonNullable<NotificationRow["conversation"]>;
export type WaitlistEntryRow = NonNullable<NotificationRow["waitlistEntry"]>;

/** How late a visit's practitioner says they run on that day, by their own calendar; zero where they say nothing. */
export async function findDelayMinutes(
  db: Db,
  { practitionerId, date }: { practitionerId: string; date: Temporal.PlainDate },
): Promise<number> {
  const row = await db.delay.findUnique({
    // A civil date's column is its midnight in UTC.
    where: { practitionerId_date: { practitionerId, date: toDate(startOfDay(date, "UTC")) } },
    select: { minutes: true },
  });
  return row?.minutes ?? 0;
}

/** Whether a mail has gone out that a visit begins later: only then is it news that it does not. Unscoped: it says that and nothing else. */
export const unsafeWasToldLate = async (
  db: Db,
  { appointment }: Pick<NotificationRow, "appointment">,
): Promise<boolean> =>
  appointment !== null &&
  (await db.notification.count({
    where: {
      appointmentId: appointment.id,
      sequence: appointment.sequence,
      kind: "running_late",
      status: "sent",
    },
  })) > 0;

/** The last visit of a conversation's two, whose personal link opens the conversation. Unscoped, for their mail. */
export const unsafeFindLastVisit = (db: Db, { patientId, practitionerId }: ConversationRow) =>
  db.appointment.findFirst({
    where: { patientId, practitionerId, status: { not: "pending" } },
    orderBy: { startAt: "desc" },
    select: { id: true },
  });

/** True while the mail still waits to be sent, by whomever. Unscoped: it says that and nothing else. */
export const unsafeIsQueued = async (db: Db, notificationId: string): Promise<boolean> =>
  (await db.notification.count({ where: { id: notificationId, status: "queued" } })) > 0;

/** More visits to come than this nobody has. */
const LISTED = 20;

/**
 * The visits to come of everybody whose mails go to an address: whoever reads them has had a mail about each. Nothing else connects
 * these patients. Unscoped, for the mail that goes to that address.
 */
export const unsafeListUpcoming = (db: Db, email: string, now: Temporal.Instant): Promise<AppointmentRow[]> =>
  db.appointment.findMany({
    where: { patient: { email }, status: { in: ["booked", "arrived"] }, endAt: { gt: toDate(now) } },
    orderBy: [{ startAt: "asc" }, { id: "asc" }],
    select: APPOINTMENT,
    take: LISTED,
  });

/** After so long a mail that should have gone out at once is late: nothing works on the outbox, or nothing gets through. */
const LATE_MINUTES = 5;

/**
 * Whether mail is late at present: one that the mail server did not take is still to be tried, and none has been taken since it was
 * written; or one waits that no worker has looked at. Unscoped: it is about the mail server.
 */
export async function unsafeIsMailDelayed(db: Db, now: Temporal.Instant): Promise<boolean> {
  const late = toDate(now.subtract({ minutes: LATE_MINUTES }));
  const [row] = await db.$queryRaw<{ delayed: boolean }[]>`
    SELECT EXISTS (
      SELECT 1 FROM "notification" n
      WHERE n."status" = 'queued'
        AND (n."last_failure" IN ('unreachable', 'insecure', 'unauthorized', 'busy')
          OR (n."attempts" = 0 AND n."created_at" < ${late}))
        AND n."created_at" > coalesce((SELECT max("sent_at") FROM "notification"), '-infinity')
    ) AS "delayed"`;
  return row?.delayed ?? false;
}
