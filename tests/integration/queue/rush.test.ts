import type { Temporal } from "temporal-polyfill";
import { expect, it } from "vitest";
import { listCurrentConsents } from "@/lib/booking/data/intake";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { acceptOffer, declineOffer } from "@/lib/queue/mutations/answer";
import { dispatchQueue } from "@/lib/queue/mutations/dispatch";
import { beatDuty, setDuty } from "@/lib/queue/mutations/duty";
import { beatEntry, joinQueue } from "@/lib/queue/mutations/join";
import { makePractitioner, makeRules, makeVisitType } from "@/tests/support/factories";
import { minuteNow } from "../booking/clinic";

const PATIENTS = 30;

/** Three practitioners of a specialty of their own, on duty. */
async function openQueue(now: Temporal.Instant) {
  const { id: visitTypeId } = await makeVisitType(db(), { now, durationMinutes: 10 });
  await db().visitType.update({ where: { id: visitTypeId }, data: { offeredNow: true } });
  const specialtyCode = `queue-${newId()}`;
  const actors: { practitionerId: string; pseudonym: string }[] = [];
  let specialtyId = "";
  for (let n = 0; n < 3; n += 1) {
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

it("serves thirty who come at once with three practitioners: nobody lost, nobody twice, in order", async () => {
  const start = minuteNow();
  const { visitTypeId, specialtyId, actors } = await openQueue(start);
  const consentTextIds = (await listCurrentConsents(db())).map((text) => text.consentTextId);
  const join = (n: number) =>
    joinQueue(
      {
        specialtyId,
        visitTypeId,
        language: "en",
        reason: "An invented reason",
        answers: {},
        consentTextIds,
        booker: { kind: "guest", name: "Paula Beispiel", email: `queue-${n}@example.org`, phone: undefined },
        idempotencyKey: newId(),
        locale: "en",
        timeZone: "Europe/Berlin",
      },
      start.add({ milliseconds: n }),
    );
  const joined = await Promise.all(Array.from({ length: PATIENTS }, (_, n) => join(n)));
  const line = joined.map((one) => (one.ok ? one.value.entryId : one.reason));

  const served: string[] = [];
  for (let round = 0; served.length < PATIENTS && round < 40; round += 1) {
    const now = start.add({ minutes: 1 + round * 11 });
    for (const entryId of line) await beatEntry(entryId, now);
    // In every third round one closes their page before anything is offered, one refuses, and one lets the time pass.
    const closed = round % 3 === 1 ? actors[round % 2] : undefined;
    for (const actor of actors) {
      if (actor === closed) continue;
      await setDuty(actor, true, now);
      await beatDuty(actor.practitionerId, now);
    }
    await Promise.all([1, 2, 3, 4].map(() => dispatchQueue(specialtyId, now)));
    const offers = await db().queueOffer.findMany({ where: { status: "open", entry: { specialtyId } } });
    expect(new Set(offers.map(({ practitionerId }) => practitionerId)).size).toBe(offers.length);
    const ahead = line.filter((entryId) => !served.includes(entryId)).slice(0, 6);
    for (const { entryId } of offers) expect(ahead).toContain(entryId);
    await Promise.all(
      offers.map(async ({ id, entryId, practitionerId }, n) => {
        const actor = actors.find((one) => one.practitionerId === practitionerId);
        if (!actor || (round % 3 === 2 && n === 0)) return;
        if (round % 3 === 0 && n === 1) await declineOffer(actor, id, now);
        else {
          // Twice at once: a double click takes one visit.
          const taken = await Promise.all([acceptOffer(actor, id, now), acceptOffer(actor, id, now)]);
          expect(taken.filter(({ ok }) => ok).length).toBe(1);
          served.push(entryId);
        }
      }),
    );
  }
  expect([...served].sort()).toEqual([...line].sort());
  const entries = await db().queueEntry.findMany({ where: { specialtyId } });
  expect(entries.every(({ status }) => status === "accepted")).toBe(true);
  expect(new Set(entries.map(({ appointmentId }) => appointmentId)).size).toBe(PATIENTS);
});
