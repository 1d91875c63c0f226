import type { Temporal } from "temporal-polyfill";
import { auditActor } from "@/lib/access/rules";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditActor } from "@/lib/audit/types";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { createPatientForBooking } from "@/lib/directory/mutations";
import { queueNotification } from "@/lib/notifications/mutations";
import { mintWaitlistLink } from "@/lib/security/access-link";
import { toDate } from "@/lib/time/instant";
import { dateIn, parseDate, startOfDay } from "@/lib/time/zones";
import { findEntry } from "../data/waitlist";
import type { EntryKey, JoinWaitlistRefusal, NewWaitlistEntry } from "../types/waitlist";
import { endOffer } from "./waitlist-end";

const CONSTRAINTS = { waitlist_entry_excl: "already_waiting" } as const;

/**
 * Puts somebody on the waitlist and confirms it by mail. Without an account they are a patient of their own, as at booking.
 *
 * @returns the entry, with its personal link's token for somebody without an account
 */
export const joinWaitlist = (
  entry: NewWaitlistEntry,
  now: Temporal.Instant,
): Promise<Result<{ entryId: string; token: string | undefined }, JoinWaitlistRefusal>> =>
  transaction((tx) => join(tx, entry, now), CONSTRAINTS);

async function join(
  tx: Tx,
  { waiter, waitsFor, visitTypeId, locale, timeZone, address, ...wishes }: NewWaitlistEntry,
  now: Temporal.Instant,
): Promise<Result<{ entryId: string; token: string | undefined }, JoinWaitlistRefusal>> {
  const today = dateIn(now, timeZone).toString();
  if (wishes.toOn < today || wishes.toOn < wishes.fromOn) return refuse("dates");
  const target = await findTarget(tx, waitsFor, visitTypeId);
  if (!target) return refuse("not_offered");
  const patient =
    waiter.kind === "guest"
      ? await createPatientForBooking(tx, {
          name: waiter.name,
          email: waiter.email,
          phone: waiter.phone,
          locale,
          timeZone,
          now,
        })
      : await tx.patient.findUnique({ where: { userId: waiter.userId } });
  if (!patient) return refuse("not_offered");
  const entryId = newId();
  await tx.waitlistEntry.create({
    data: {
      id: entryId,
      patientId: patient.id,
      visitTypeId,
      ...target,
      fromOn: dateColumn(wishes.fromOn),
      toOn: dateColumn(wishes.toOn),
      weekdays: [...wishes.weekdays],
      fromTime: wishes.fromTime,
      toTime: wishes.toTime,
      timeZone,
      locale,
      createdAt: toDate(now),
    },
  });
  await queueNotification(tx, {
    kind: "waitlist_joined",
    waitlistEntryId: entryId,
    patientId: patient.id,
    now,
  });
  const token = waiter.kind === "guest" ? await mintWaitlistLink(tx, entryId, now) : undefined;
  await recordAudit(
    tx,
    {
      action: "waitlist.joined",
      details: {},
      actor:
        waiter.kind === "account" ? { kind: "user", pseudonym: waiter.pseudonym } : { kind: "anonymous" },
      outcome: "success",
      subject: patient.pseudonym,
      entity: { type: "waitlist_entry", id: entryId },
      address,
    },
    now,
  );
  return ok({ entryId, token });
}

/** A civil date's column is written as its midnight in UTC. */
const dateColumn = (date: string) => {
  const plain = parseDate(date);
  if (!plain) throw new RangeError("waitlist: a date");
  return toDate(startOfDay(plain, "UTC"));
};

/** Whom to wait for, if somebody there offers the visit type. */
async function findTarget(tx: Tx, waitsFor: NewWaitlistEntry["waitsFor"], visitTypeId: string) {
  const offers = { active: true, visitTypes: { some: { visitTypeId, visitType: { active: true } } } };
  if ("practitionerId" in waitsFor) {
    const { practitionerId } = waitsFor;
    const found = await tx.practitioner.count({ where: { id: practitionerId, ...offers } });
    return found > 0 ? { practitionerId } : undefined;
  }
  const specialty = await tx.specialty.findFirst({
    where: { code: waitsFor.specialtyCode, practitioners: { some: offers } },
  });
  return specialty ? { specialtyId: specialty.id } : undefined;
}

/** Takes an entry off the waitlist; a time that it was offered goes to the next. Doing it twice does nothing. */
export const leaveWaitlist = (
  key: EntryKey,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found">> => endEntry(key, "as" in key ? key.as : "patient", now);

async function endEntry(
  key: EntryKey,
  by: "patient" | "staff" | "system",
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found">> {
  const known = await findEntry(db(), key);
  if (!known) return refuse("not_found");
  const { id: entryId, patient } = known;
  const actor = by === "system" ? ({ kind: "system" } as const) : actorOf(key, patient.pseudonym);
  const ended = await transaction(async (tx) => {
    const { count } = await tx.waitlistEntry.updateMany({
      where: { id: entryId, status: "waiting" },
      data: { status: "ended", endedAt: toDate(now) },
    });
    if (count === 0) return ok();
    await recordAudit(
      tx,
      {
        action: "waitlist.left",
        details: { by },
        actor,
        outcome: "success",
        subject: patient.pseudonym,
        entity: { type: "waitlist_entry", id: entryId },
      },
      now,
    );
    return ok();
  });
  // Looked for when the entry has ended: from then on it is offered nothing.
  const open = await db().waitlistOffer.findMany({
    where: { entryId, status: "open" },
    select: { id: true },
  });
  for (const { id } of open) await endOffer(id, "declined", actor, now);
  return ended;
}

/** Who acts by a key, as the trail names them. */
export function actorOf(key: EntryKey, patientPseudonym: string): AuditActor {
  return "token" in key
    ? { kind: "link", pseudonym: patientPseudonym, address: key.address }
    : auditActor(key.actor);
}

const AT_A_TIME = 100;

/** Ends the entries whose last wished date has passed in their own zone. */
export async function endPastEntries(now: Temporal.Instant): Promise<void> {
  // A day to spare, since dates end at different times around the world.
  const past = await db().waitlistEntry.findMany({
    where: { status: "waiting", toOn: { lt: toDate(now.subtract({ hours: 36 })) } },
    select: { id: true },
    take: AT_A_TIME,
  });
  for (const { id } of past)
    await endEntry({ entryId: id, actor: { kind: "system" }, as: "staff" }, "system", now);
}
