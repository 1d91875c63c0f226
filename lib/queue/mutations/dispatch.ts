import type { Temporal } from "temporal-polyfill";
import { newId } from "@/lib/core/ids";
import { ok } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { lockQueue } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { practitionerTopic, queueTopic } from "@/lib/events/topics";
import { toDate } from "@/lib/time/instant";
import { LAPSE_AFTER_MINUTES, OFFER_SECONDS } from "../constants";
import { listOnDuty, listWaiting } from "../data/line";
import { matchQueue } from "../rules/order";

/**
 * Brings a specialty's queue forward: ends offers whose time is over, lets go whoever has long gone, and offers whoever waits to
 * whoever is free. Called after every change and by the clock; several at once do no harm, since one at a time decides.
 *
 * A practitioner who let an offer's time pass is taken off duty: they are not there. Whom they were asked for keeps the place.
 */
export const dispatchQueue = (specialtyId: string, now: Temporal.Instant) =>
  transaction(async (tx) => {
    await lockQueue(tx, specialtyId);
    const ended = await endOffers(tx, specialtyId, now);
    const lapsed = await tx.queueEntry.updateMany({
      where: {
        specialtyId,
        status: "waiting",
        seenAt: { lt: toDate(now.subtract({ minutes: LAPSE_AFTER_MINUTES })) },
        offers: { none: { status: "open" } },
      },
      data: { status: "lapsed", endedAt: toDate(now) },
    });
    const waiting = await listWaiting(tx, specialtyId, now);
    const types = [...new Set(waiting.map(({ visitTypeId }) => visitTypeId))];
    const onDuty = waiting.length === 0 ? [] : await listOnDuty(tx, specialtyId, types, now);
    const matches = matchQueue(waiting, onDuty);
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
    if (told.length > 0 || lapsed.count > 0)
      await publish(tx, [queueTopic(specialtyId), ...new Set(told.map(practitionerTopic))]);
    return ok({ offered: matches.length });
  });

/** @returns the practitioners whose offers' time is over */
async function endOffers(tx: Tx, specialtyId: string, now: Temporal.Instant): Promise<string[]> {
  const over = await tx.queueOffer.findMany({
    where: { status: "open", expiresAt: { lte: toDate(now) }, entry: { specialtyId } },
    select: { id: true, practitionerId: true },
  });
  if (over.length === 0) return [];
  await tx.queueOffer.updateMany({
    where: { id: { in: over.map(({ id }) => id) }, status: "open" },
    data: { status: "expired", endedAt: toDate(now) },
  });
  const practitionerIds = over.map(({ practitionerId }) => practitionerId);
  await tx.queueDuty.deleteMany({ where: { practitionerId: { in: practitionerIds } } });
  return practitionerIds;
}
