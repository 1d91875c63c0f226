import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { listTakers, readSeats, unsafeListLine } from "@/lib/queue/data/waits";
import { acceptOffer } from "@/lib/queue/mutations/answer";
import { dispatchQueue } from "@/lib/queue/mutations/dispatch";
import { beatDuty, setDuty } from "@/lib/queue/mutations/duty";
import { beatEntry } from "@/lib/queue/mutations/join";
import { standingOf } from "@/lib/queue/rules/standing";
import { toDate } from "@/lib/time/instant";
import { minuteNow } from "../booking/clinic";
import { join, openOffers, openQueue, type Queue } from "./line";

const now = minuteNow();
const configured = env().TRUECONF_GUEST_SEATS;
/** Room for one visit whose practitioner enters as a guest too. Other files' rows are in other databases; other tests' visits are ended. */
beforeEach(() => {
  env().TRUECONF_GUEST_SEATS = 2;
});
afterEach(async () => {
  env().TRUECONF_GUEST_SEATS = configured;
  await db().queueOffer.updateMany({
    where: { status: "open" },
    data: { status: "withdrawn", endedAt: toDate(now) },
  });
  await db().slot.deleteMany();
  await db().encounter.updateMany({
    where: { status: "in_progress" },
    data: { status: "finished", endedAt: toDate(now.add({ hours: 1 })) },
  });
});

/** Two practitioners are free; the one who was asked has taken the first patient, and the second has come. */
async function oneTaken() {
  const queue = await openQueue(now, 2);
  for (const actor of queue.actors) await setDuty(actor, true, now);
  await join(queue, now);
  const [offer] = await openOffers(queue);
  const taker = queue.actors.find(({ practitionerId }) => practitionerId === offer?.practitionerId);
  const colleague = queue.actors.find((actor) => actor !== taker);
  if (!offer || !taker || !colleague) throw new Error("nobody was asked");
  const taken = await acceptOffer(taker, offer.id, now);
  if (!taken.ok) throw new Error(taken.reason);
  const { appointmentId } = taken.value;
  const begin = () =>
    db().encounter.update({
      where: { appointmentId },
      data: { status: "in_progress", startedAt: toDate(now) },
    });
  const end = async (at: typeof now) => {
    await db().encounter.update({
      where: { appointmentId },
      data: { status: "finished", startedAt: toDate(now), endedAt: toDate(at) },
    });
    await db().appointment.update({ where: { id: appointmentId }, data: { status: "fulfilled" } });
  };
  return { queue, taker, colleague, entryId: await join(queue, now), begin, end };
}

async function look(queue: Queue, entryId: string, at: typeof now) {
  await beatEntry(entryId, at);
  for (const { practitionerId } of queue.actors) await beatDuty(practitionerId, at);
  await dispatchQueue(queue.specialtyId, at);
}

const waitOf = async ({ specialtyId }: Queue, entryId: string, at: typeof now) =>
  standingOf(
    await unsafeListLine(db(), specialtyId),
    await listTakers(db(), specialtyId, at),
    entryId,
    10,
    await readSeats(db(), at),
  ).expectedMinutes;

describe("with guest seats for one visit", () => {
  it("nobody is asked while it lasts, the wait says until when, and at its end the next one is", async () => {
    const { queue, colleague, entryId, begin, end } = await oneTaken();
    await begin();
    await look(queue, entryId, now);
    expect(await openOffers(queue)).toEqual([]);
    expect(await waitOf(queue, entryId, now)).toBe(10);
    const early = now.add({ minutes: 4 });
    await look(queue, entryId, early);
    expect(await openOffers(queue)).toEqual([]);
    expect(await waitOf(queue, entryId, early)).toBe(6);
    // It ends before its time: the rest of its claim holds no seats.
    await end(early);
    expect(await waitOf(queue, entryId, early)).toBe(0);
    await look(queue, entryId, early);
    expect(await openOffers(queue)).toMatchObject([{ entryId, practitionerId: colleague.practitionerId }]);
  });

  it("a visit that overruns its time keeps its seats, and nobody says how long", async () => {
    const { queue, entryId, begin } = await oneTaken();
    await begin();
    const late = now.add({ minutes: 14 });
    await look(queue, entryId, late);
    expect(await openOffers(queue)).toEqual([]);
    expect(await waitOf(queue, entryId, late)).toBeNull();
  });

  it("a visit that was begun before its time holds its seats already", async () => {
    const { queue, entryId, begin } = await oneTaken();
    const { appointmentId } = await begin();
    const [from, until] = [now.add({ minutes: 20 }), now.add({ minutes: 30 })].map(toDate);
    const times = { startAt: from, endAt: until };
    await db().slot.update({
      where: { appointmentId },
      data: { ...times, visitStartAt: from, visitEndAt: until },
    });
    await look(queue, entryId, now);
    expect(await openOffers(queue)).toEqual([]);
    expect(await waitOf(queue, entryId, now)).toBe(30);
  });

  it("two who are free are not asked at once for the seats of one visit, in another line neither", async () => {
    const [queue, other] = [await openQueue(now, 2), await openQueue(now, 1)];
    for (const actor of [...queue.actors, ...other.actors]) await setDuty(actor, true, now);
    await join(queue, now);
    await join(queue, now);
    await join(other, now);
    expect([...(await openOffers(queue)), ...(await openOffers(other))]).toHaveLength(1);
  });

  it("whoever accepts when the seats have just gone has refused nobody, and is asked again", async () => {
    const queue = await openQueue(now, 1);
    const [actor] = queue.actors;
    if (!actor) throw new Error("a practitioner");
    await setDuty(actor, true, now);
    const entryId = await join(queue, now);
    const [offer] = await openOffers(queue);
    // Somebody's hold on another practitioner's time, for these minutes.
    const elsewhere = await openQueue(now, 1);
    const [period, until] = [toDate(now), toDate(now.add({ minutes: 5 }))];
    const hold = await db().slot.create({
      data: {
        id: newId(),
        practitionerId: elsewhere.actors[0]?.practitionerId ?? "",
        visitTypeId: elsewhere.visitTypeId,
        status: "busy_tentative",
        startAt: period,
        endAt: until,
        visitStartAt: period,
        visitEndAt: until,
        seats: 2,
        holderHash: Buffer.alloc(32, 7),
        expiresAt: until,
        createdAt: period,
      },
    });
    expect(await acceptOffer(actor, offer?.id ?? "", now)).toEqual({ ok: false, reason: "no_guest_seat" });
    expect(await db().queueOffer.findUnique({ where: { id: offer?.id ?? "" } })).toMatchObject({
      status: "withdrawn",
    });
    expect(await openOffers(queue)).toEqual([]);
    await db().slot.delete({ where: { id: hold.id } });
    await look(queue, entryId, now.add({ seconds: 1 }));
    expect(await openOffers(queue)).toMatchObject([{ entryId, practitionerId: actor.practitionerId }]);
  });
});
