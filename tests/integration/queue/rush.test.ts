import { expect, it } from "vitest";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { acceptOffer, declineOffer } from "@/lib/queue/mutations/answer";
import { dispatchQueue } from "@/lib/queue/mutations/dispatch";
import { beatDuty, setDuty } from "@/lib/queue/mutations/duty";
import { beatEntry, joinQueue } from "@/lib/queue/mutations/join";
import { minuteNow } from "../booking/clinic";
import { guestForm, openQueue } from "./line";

const PATIENTS = 30;

it("serves thirty who come at once with three practitioners: nobody lost, nobody twice, in order", async () => {
  const start = minuteNow();
  const { visitTypeId, specialtyId, actors } = await openQueue(start);
  const queue = { visitTypeId, specialtyId, actors };
  const form = await guestForm(queue, { language: "en" });
  const join = (n: number) =>
    joinQueue(
      {
        ...form,
        booker: { ...form.booker, email: `queue-${n}@example.org` },
        idempotencyKey: newId(),
      },
      start.add({ milliseconds: n }),
    );
  const joined = await Promise.all(Array.from({ length: PATIENTS }, (_, n) => join(n)));
  const line = joined.map((one) => (one.ok ? one.value.entryId : one.reason));

  const served: string[] = [];
  let pairs = 0;
  for (let round = 0; served.length < PATIENTS && round < 40; round += 1) {
    const now = start.add({ minutes: 1 + round * 11 });
    for (const entryId of line) await beatEntry(entryId, now);
    // In every third round one closes their page before anything is offered, one refuses, and one lets the time pass.
    const closed = round % 3 === 1 ? actors[round % 2] : undefined;
    const there = actors.filter((actor) => actor !== closed);
    // Whoever was on duty all the time is there before whoever comes back, so that they are asked together, in their order.
    for (const { practitionerId } of there) await beatDuty(practitionerId, now);
    await Promise.all([1, 2, 3, 4].map(() => dispatchQueue(specialtyId, now)));
    for (const actor of there) await setDuty(actor, true, now);
    const offers = await db().queueOffer.findMany({ where: { status: "open", entry: { specialtyId } } });
    expect(new Set(offers.map(({ practitionerId }) => practitionerId)).size).toBe(offers.length);
    // Nobody is passed over, but by whom they have just been let go.
    const offered = new Set(offers.map(({ entryId }) => entryId));
    for (const { entryId, practitionerId } of offers) {
      const ahead = line.slice(0, line.indexOf(entryId));
      for (const passed of ahead.filter((one) => !served.includes(one) && !offered.has(one)))
        expect(
          await db().queueOffer.count({
            where: { entryId: passed, practitionerId, status: { in: ["declined", "expired"] } },
          }),
          "whoever came before and is offered to nobody was let go by this practitioner",
        ).toBeGreaterThan(0);
    }
    // Of two who are asked, whoever has been idle longer is asked for whoever came before, unless they have just let them go.
    const duties = await db().queueDuty.findMany({ where: { practitioner: { specialtyId } } });
    const idleSince = new Map(duties.map((duty) => [duty.practitionerId, duty.idleSince.getTime()]));
    const inOrder = offers.toSorted((a, b) => line.indexOf(a.entryId) - line.indexOf(b.entryId));
    for (const [at, { entryId, practitionerId }] of inOrder.entries())
      for (const later of inOrder.slice(at + 1)) {
        const [own, theirs] = [idleSince.get(practitionerId) ?? 0, idleSince.get(later.practitionerId) ?? 0];
        pairs += own === theirs ? 0 : 1;
        if (theirs < own)
          expect(
            await db().queueOffer.count({
              where: {
                entryId,
                practitionerId: later.practitionerId,
                status: { in: ["declined", "expired"] },
              },
            }),
            "whoever was idle longer and is asked for somebody later had let the earlier one go",
          ).toBeGreaterThan(0);
      }
    await Promise.all(
      offers.map(async ({ id, entryId, practitionerId }, n) => {
        // One after another, so that they are not idle since the same moment.
        const at = now.add({ milliseconds: 1 + n });
        const actor = actors.find((one) => one.practitionerId === practitionerId);
        if (!actor || (round % 3 === 2 && n === 0)) return;
        if (round % 3 === 0 && n === 1) await declineOffer(actor, id, at);
        else {
          // Twice at once: a double click takes one visit.
          const taken = await Promise.all([acceptOffer(actor, id, at), acceptOffer(actor, id, at)]);
          expect(taken.filter(({ ok }) => ok).length).toBe(1);
          served.push(entryId);
        }
      }),
    );
  }
  expect(pairs, "most who are asked together have been idle for different times").toBeGreaterThan(
    PATIENTS / 3,
  );
  expect([...served].sort()).toEqual([...line].sort());
  const entries = await db().queueEntry.findMany({ where: { specialtyId } });
  expect(entries.every(({ status }) => status === "accepted")).toBe(true);
  expect(new Set(entries.map(({ appointmentId }) => appointmentId)).size).toBe(PATIENTS);
}, 120_000);
