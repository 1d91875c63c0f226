import type { Temporal } from "temporal-polyfill";
import { recordAudits } from "@/lib/audit/mutations";
import type { AuditInput } from "@/lib/audit/types";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { ok } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { lockQueue, lockSeats } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { practitionerTopic, queueTopic } from "@/lib/events/topics";
import { toDate } from "@/lib/time/instant";
import { DUTY_LAPSES_AFTER_MINUTES, LAPSE_AFTER_MINUTES, OFFER_SECONDS } from "../constants";
import { presentSince, unsafeCountPromisedSeats, unsafeListOnDuty, unsafeListWaiting } from "../data/line";
import { matchQueue } from "../rules/order";
import { type EndedDuty, endDuties, endedDutyEvents } from "./end-duty";

/**
 * Brings a specialty's queue forward: ends offers whose time is over or whose two are not both there any more, lets go whoever has
 * long gone, and offers whoever waits to whoever is free. Called after every change and by the clock; several at once do no harm,
 * since one at a time decides.
 *
 * A practitioner who let an offer's time pass is taken off duty: they are not there. Whom they were asked for keeps the place.
 */
export const dispatchQueue = (specialtyId: string, now: Temporal.Instant) =>
  transaction(async (tx) => {
    await lockQueue(tx, specialtyId);
    const expired = await expireOffers(tx, specialtyId, now);
    const ended = [...expired.practitionerIds, ...(await withdrawOffers(tx, specialtyId, now))];
    const lapsed = await listLapsed(tx, specialtyId, now);
    if (lapsed.length > 0)
      await tx.queueEntry.updateMany({
        where: { id: { in: lapsed.map(({ id }) => id) } },
        data: { status: "lapsed", endedAt: toDate(now) },
      });
    const waiting = await unsafeListWaiting(tx, specialtyId, now);
    const types = [...new Set(waiting.map(({ visitTypeId }) => visitTypeId))];
    // The lines share the clinic's guest seats: where they are counted, one line at a time gives them away.
    if (waiting.length > 0 && env().TRUECONF_GUEST_SEATS !== undefined) await lockSeats(tx);
    const onDuty = waiting.length === 0 ? [] : await unsafeListOnDuty(tx, specialtyId, types, now);
    const promised = onDuty.length === 0 ? 0 : await unsafeCountPromisedSeats(tx, now);
    const matches = matchQueue(waiting, onDuty, promised);
    if (matches.length > 0)
      await tx.queueOffer.createMany({
        data: matches.map((match) => ({
          ...match,
          id: newId(),
          createdAt: toDate(now),
          expiresAt: toDate(now.add({ seconds: OFFER_SECONDS })),
        })),
      });
    const told = [...ended, ...matches.map(({ practitionerId }) => practitionerId)];
    if (told.length > 0 || lapsed.length > 0)
      await publish(tx, [queueTopic(specialtyId), ...new Set(told.map(practitionerTopic))]);
    const left = lapsed.map(
      ({ id, patient }): AuditInput => ({
        action: "queue.left",
        details: { by: "system" },
        actor: { kind: "system" },
        outcome: "success",
        subject: patient.pseudonym,
        entity: { type: "queue_entry", id },
      }),
    );
    await recordAudits(tx, [...left, ...endedDutyEvents(expired.offDuty)], now);
    return ok({ offered: matches.length });
  });

/** The specialties in whose queue something is to be done: somebody waits, or is being asked. */
export async function listBusyQueues(): Promise<string[]> {
  const rows = await db().queueEntry.findMany({
    where: { status: "waiting" },
    distinct: ["specialtyId"],
    select: { specialtyId: true },
  });
  return rows.map(({ specialtyId }) => specialtyId);
}

/** Takes off duty whose page has long been closed: coming back hours later, nobody expects to be rung at once. */
export async function endForgottenDuties(now: Temporal.Instant): Promise<void> {
  const seenAt = { lt: toDate(now.subtract({ minutes: DUTY_LAPSES_AFTER_MINUTES })) };
  const forgotten = await db().queueDuty.findMany({
    where: { seenAt },
    select: { practitionerId: true, practitioner: { select: { specialtyId: true } } },
  });
  for (const { practitionerId, practitioner } of forgotten)
    await transaction(async (tx) => {
      await lockQueue(tx, practitioner.specialtyId);
      const ended = await endDuties(tx, [practitionerId], { seenAt });
      await publish(tx, [queueTopic(practitioner.specialtyId), practitionerTopic(practitionerId)]);
      await recordAudits(tx, endedDutyEvents(ended), now);
      return ok();
    });
}

const listLapsed = (tx: Tx, specialtyId: string, now: Temporal.Instant) =>
  tx.queueEntry.findMany({
    where: {
      specialtyId,
      status: "waiting",
      seenAt: { lt: toDate(now.subtract({ minutes: LAPSE_AFTER_MINUTES })) },
      offers: { none: { status: "open" } },
    },
    select: { id: true, patient: { select: { pseudonym: true } } },
  });

/** @returns the practitioners whose offers' time is over, and who of them is off duty with that */
async function expireOffers(
  tx: Tx,
  specialtyId: string,
  now: Temporal.Instant,
): Promise<{ practitionerIds: string[]; offDuty: EndedDuty[] }> {
  const over = await tx.queueOffer.findMany({
    where: { status: "open", expiresAt: { lte: toDate(now) }, entry: { specialtyId } },
    select: { id: true, practitionerId: true },
  });
  if (over.length === 0) return { practitionerIds: [], offDuty: [] };
  await tx.queueOffer.updateMany({
    where: { id: { in: over.map(({ id }) => id) }, status: "open" },
    data: { status: "expired", endedAt: toDate(now) },
  });
  const practitionerIds = over.map(({ practitionerId }) => practitionerId);
  return { practitionerIds, offDuty: await endDuties(tx, practitionerIds) };
}

/**
 * Ends offers between two of whom one is not at their page any more: nobody rings at an empty desk, and nobody is rung for a patient
 * who has gone. Neither is held against anybody.
 *
 * @returns the practitioners whose offers they were
 */
async function withdrawOffers(tx: Tx, specialtyId: string, now: Temporal.Instant): Promise<string[]> {
  const silent = { lt: toDate(presentSince(now)) };
  const over = await tx.queueOffer.findMany({
    where: {
      status: "open",
      entry: { specialtyId },
      OR: [
        { entry: { seenAt: silent } },
        { practitioner: { queueDuty: { is: null } } },
        { practitioner: { queueDuty: { is: { seenAt: silent } } } },
      ],
    },
    select: { id: true, practitionerId: true },
  });
  if (over.length === 0) return [];
  await tx.queueOffer.updateMany({
    where: { id: { in: over.map(({ id }) => id) }, status: "open" },
    data: { status: "withdrawn", endedAt: toDate(now) },
  });
  return over.map(({ practitionerId }) => practitionerId);
}
