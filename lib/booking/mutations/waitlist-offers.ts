import { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import { findFreeSlots } from "@/lib/availability/data/slots";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { practitionerTopic, timesTopic } from "@/lib/events/topics";
import { queueNotification } from "@/lib/notifications/mutations";
import { isBefore, toDate } from "@/lib/time/instant";
import { readBookingSettings } from "../data/settings";
import { type EntryRow, unsafeWalkWaiting, wishesOf } from "../data/waitlist";
import { offerDeadline, suits } from "../rules/wishes";
import { checkClaim, claimColumns, claimOf, clearWay, findOffer, lockClaims, type Period } from "./claim";

/** What keeps two offers apart; each only means that this entry or this time is out of the running now. */
const CONSTRAINTS = {
  slot_practitioner_excl: "gone",
  waitlist_offer_excl: "gone",
  waitlist_offer_entry_id_practitioner_id_start_at_key: "gone",
} as const;

/** A freed time can make room for more than one short visit; no more offers than this come of one. */
const MAX_OFFERS = 20;

export type Freed = { practitionerId: string; period: Period };

/**
 * Offers a time that came free to whoever has waited longest and whom it suits, then what is left of it to the next. Each offer holds
 * its time until a deadline. Safe to repeat and to run twice at once.
 *
 * @returns how many offers were made
 */
export async function offerFreedTime(freed: Freed, now: Temporal.Instant): Promise<number> {
  const { waitlistOfferMinutes } = await readBookingSettings(db());
  const passedOver = new Set<string>();
  let offers = 0;
  while (offers < MAX_OFFERS) {
    const match = await findMatch(freed, passedOver, waitlistOfferMinutes, now);
    if (!match) break;
    const made = await transaction((tx) => makeOffer(tx, match, now), CONSTRAINTS);
    if (made.ok) offers += 1;
    passedOver.add(match.entry.id);
  }
  return offers;
}

type Match = {
  entry: EntryRow;
  practitionerId: string;
  startAt: Temporal.Instant;
  expiresAt: Temporal.Instant;
};

/** The first in the line whom a time within the freed period suits, with that time. */
async function findMatch(
  { practitionerId, period }: Freed,
  passedOver: ReadonlySet<string>,
  offerMinutes: number,
  now: Temporal.Instant,
): Promise<Match | undefined> {
  if (!isBefore(now, period.end)) return undefined;
  const practitioner = await db().practitioner.findUnique({ where: { id: practitionerId } });
  if (!practitioner) return undefined;
  const line = unsafeWalkWaiting(db(), {
    OR: [{ practitionerId }, { specialtyId: practitioner.specialtyId }],
    offers: { none: { status: "open" } },
  });
  const freeOf = new Map<string, readonly Temporal.Instant[]>();
  for await (const entry of line) {
    if (passedOver.has(entry.id)) continue;
    const { visitTypeId, visitType } = entry;
    const free = freeOf.get(visitTypeId) ?? (await startsWithin(practitionerId, visitTypeId, period, now));
    freeOf.set(visitTypeId, free);
    for (const startAt of free) {
      const expiresAt = offerDeadline(
        { startAt, minNoticeMinutes: visitType.minNoticeMinutes },
        offerMinutes,
        now,
      );
      if (!expiresAt || !suits(wishesOf(entry), startAt, visitType.durationMinutes)) continue;
      if (await isOutOfQuestion(entry, practitionerId, startAt)) continue;
      return { entry, practitionerId, startAt, expiresAt };
    }
  }
  return undefined;
}

async function startsWithin(
  practitionerId: string,
  visitTypeId: string,
  { start, end }: Period,
  now: Temporal.Instant,
): Promise<Temporal.Instant[]> {
  const free = await findFreeSlots(db(), {
    practitionerIds: [practitionerId],
    visitTypeId,
    from: start,
    to: end,
    now,
  });
  return (free.get(practitionerId) ?? []).map(({ startAt }) => startAt);
}

/** Somebody who was offered this very time before, or has another visit then. */
async function isOutOfQuestion(
  { id: entryId, patientId, visitType }: EntryRow,
  practitionerId: string,
  startAt: Temporal.Instant,
): Promise<boolean> {
  const offered = await db().waitlistOffer.count({
    where: { entryId, practitionerId, startAt: toDate(startAt) },
  });
  if (offered > 0) return true;
  const { visit } = claimOf(visitType, startAt);
  const busy = await db().slot.count({
    where: {
      patientId,
      status: "busy",
      visitStartAt: { lt: toDate(visit.end) },
      visitEndAt: { gt: toDate(visit.start) },
    },
  });
  return busy > 0;
}

/** Holds the time for the entry: a pending appointment, its tentative claim, the offer and its mail, all or nothing. */
async function makeOffer(
  tx: Tx,
  { entry, practitionerId, startAt, expiresAt }: Match,
  now: Temporal.Instant,
): Promise<Result<undefined, "gone">> {
  const { visitTypeId, patientId, timeZone, locale } = entry;
  await lockClaims(tx, [practitionerId]);
  // Held until the offer is there, so that whoever leaves meanwhile either stops it or finds it.
  const [present] = await tx.$queryRaw<{ status: string }[]>`
    SELECT "status" FROM "waitlist_entry" WHERE "id" = ${entry.id}::uuid FOR NO KEY UPDATE`;
  const wanted = { practitionerId, visitTypeId, startAt };
  const offer = await findOffer(tx, wanted);
  if (present?.status !== "waiting" || !offer) return refuse("gone");
  const place = claimOf(offer.visitType, startAt);
  if (await clearWay(tx, { practitionerId, claim: place.claim }, now)) return refuse("gone");
  const allowed = await checkClaim(tx, wanted, offer, {}, now);
  if (!allowed.ok) return refuse("gone");

  const appointmentId = newId();
  await tx.appointment.create({
    data: {
      id: appointmentId,
      practitionerId,
      patientId,
      visitTypeId,
      status: "pending",
      startAt: toDate(place.visit.start),
      endAt: toDate(place.visit.end),
      timeZone,
      locale,
      idempotencyKey: newId(),
      createdAt: toDate(now),
    },
  });
  await tx.slot.create({
    data: {
      id: newId(),
      practitionerId,
      visitTypeId,
      patientId,
      appointmentId,
      status: "busy_tentative",
      ...claimColumns(place),
      seats: allowed.value.seats,
      expiresAt: toDate(expiresAt),
      createdAt: toDate(now),
    },
  });
  await tx.waitlistOffer.create({
    data: {
      id: newId(),
      entryId: entry.id,
      appointmentId,
      practitionerId,
      startAt: toDate(startAt),
      expiresAt: toDate(expiresAt),
      createdAt: toDate(now),
    },
  });
  await queueNotification(tx, {
    kind: "waitlist_offer",
    waitlistEntryId: entry.id,
    appointmentId,
    patientId,
    now,
  });
  await publish(tx, [practitionerTopic(practitionerId), timesTopic(practitionerId)]);
  await recordAudit(
    tx,
    {
      action: "waitlist.offered",
      details: {},
      actor: { kind: "system" },
      outcome: "success",
      subject: entry.patient.pseudonym,
      entity: { type: "appointment", id: appointmentId },
    },
    now,
  );
  return ok();
}

/** The payload of the job `slot.freed` as instants; nothing for what is none. */
export function readFreed(payload: { practitionerId: string; startAt: string; endAt: string }): Freed {
  return {
    practitionerId: payload.practitionerId,
    period: { start: Temporal.Instant.from(payload.startAt), end: Temporal.Instant.from(payload.endAt) },
  };
}
