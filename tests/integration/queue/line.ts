import type { Temporal } from "temporal-polyfill";
import { listCurrentConsents } from "@/lib/booking/data/intake";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { joinQueue } from "@/lib/queue/mutations/join";
import { makePractitioner, makeRules, makeVisitType } from "@/tests/support/factories";

export type Queue = {
  specialtyId: string;
  visitTypeId: string;
  actors: { practitionerId: string; pseudonym: string }[];
};

/** Practitioners of a specialty of their own who offer visits of ten minutes at once. */
export async function openQueue(now: Temporal.Instant, practitioners = 3): Promise<Queue> {
  const { id: visitTypeId } = await makeVisitType(db(), { now, durationMinutes: 10 });
  await db().visitType.update({ where: { id: visitTypeId }, data: { offeredNow: true } });
  const specialtyCode = `queue-${newId()}`;
  const actors: Queue["actors"] = [];
  let specialtyId = "";
  for (let n = 0; n < practitioners; n += 1) {
    const made = await makePractitioner(db(), {
      now,
      specialtyCode,
      timeZone: "UTC",
      visitTypeIds: [visitTypeId],
    });
    await makeRules(db(), made.id);
    const user = await db().user.findUniqueOrThrow({ where: { id: made.userId } });
    actors.push({ practitionerId: made.id, pseudonym: user.pseudonym });
    specialtyId = made.specialtyId;
  }
  return { visitTypeId, specialtyId, actors };
}

/** A guest's form for a queue. */
export async function guestForm({ specialtyId, visitTypeId }: Queue, over: object = {}) {
  return {
    specialtyId,
    visitTypeId,
    language: undefined,
    reason: "An invented reason",
    answers: {},
    consentTextIds: (await listCurrentConsents(db())).map((text) => text.consentTextId),
    booker: {
      kind: "guest" as const,
      name: "Paula Beispiel",
      email: `queue-${newId()}@example.org`,
      phone: undefined,
    },
    idempotencyKey: newId(),
    locale: "en",
    timeZone: "Europe/Berlin",
    ...over,
  };
}

/** Somebody joins. @returns the entry's id */
export async function join(queue: Queue, now: Temporal.Instant, over: object = {}): Promise<string> {
  const joined = await joinQueue(await guestForm(queue, over), now);
  if (!joined.ok) throw new Error(joined.reason);
  return joined.value.entryId;
}

/** The offers of a queue that wait for an answer. */
export const openOffers = ({ specialtyId }: Queue) =>
  db().queueOffer.findMany({
    where: { status: "open", entry: { specialtyId } },
    orderBy: { createdAt: "asc" },
  });
