import { describe, expect, it } from "vitest";
import { newId, newToken } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import {
  LAPSE_AFTER_MINUTES,
  OFFER_SECONDS,
  RETURN_AFTER_SECONDS,
  SILENT_AFTER_SECONDS,
} from "@/lib/queue/constants";
import { keepQueues } from "@/lib/queue/jobs";
import { acceptOffer, declineOffer } from "@/lib/queue/mutations/answer";
import { dispatchQueue, endForgottenDuties } from "@/lib/queue/mutations/dispatch";
import { beatDuty, setDuty } from "@/lib/queue/mutations/duty";
import { enterFromPlace } from "@/lib/queue/mutations/enter";
import { beatEntry, joinQueue, leavePhone, leaveQueue } from "@/lib/queue/mutations/join";
import { givePriority, takePriorityBack } from "@/lib/queue/mutations/priority";
import { unseal } from "@/lib/security/seal";
import { findLinkedAppointment } from "@/lib/visits/data/visits";
import { makeAppointment, makeUser } from "@/tests/support/factories";
import { minuteNow } from "../booking/clinic";
import { guestForm, join, openOffers, openQueue, type Queue } from "./line";

const now = minuteNow();
const entryOf = (id: string) => db().queueEntry.findUniqueOrThrow({ where: { id } });
const actionsOf = async (entityId: string) =>
  (await db().auditEvent.findMany({ where: { entityId }, orderBy: { sequence: "asc" } })).map(
    ({ action }) => action,
  );
const only = async (queue: Queue) => {
  const offers = await openOffers(queue);
  expect(offers).toHaveLength(1);
  const [offer] = offers;
  if (!offer) throw new Error("nobody is offered");
  const actor = queue.actors.find(({ practitionerId }) => practitionerId === offer.practitionerId);
  if (!actor) throw new Error("offered to nobody of the queue");
  return { ...offer, actor };
};
/** Everybody's page is there at a moment. */
async function allThere(queue: Queue, at: typeof now, ...entryIds: string[]) {
  for (const entryId of entryIds) await beatEntry(entryId, at);
  for (const { practitionerId } of queue.actors) await beatDuty(practitionerId, at);
}

describe("an offer", () => {
  it("goes to whoever has been idle longest, and round", async () => {
    const queue = await openQueue(now);
    const [first, second, third] = queue.actors;
    for (const [index, actor] of [third, first, second].entries())
      if (actor) await setDuty(actor, true, now.subtract({ seconds: 10 - index }));
    const entryId = await join(queue, now);
    const asked: string[] = [];
    for (let n = 0; n < 3; n += 1) {
      const at = now.add({ seconds: n });
      await allThere(queue, at, entryId);
      const { id, actor } = await only(queue);
      asked.push(actor.practitionerId);
      expect(await declineOffer(actor, id, at)).toEqual({ ok: true, value: undefined });
    }
    expect(asked).toEqual([third, first, second].map((actor) => actor?.practitionerId));
    expect(await openOffers(queue)).toEqual([]);
    expect((await entryOf(entryId)).status).toBe("waiting");
  });

  it("is answered once, however many answer at the same moment", async () => {
    const queue = await openQueue(now, 1);
    for (const actor of queue.actors) await setDuty(actor, true, now);
    const entryId = await join(queue, now);
    const { id, actor } = await only(queue);
    const [accepted, declined, left] = await Promise.all([
      acceptOffer(actor, id, now),
      declineOffer(actor, id, now),
      leaveQueue(entryId, now),
    ]);
    expect(left.ok).toBe(true);
    const entry = await entryOf(entryId);
    expect([accepted.ok, declined.ok].filter(Boolean).length).toBeLessThanOrEqual(1);
    expect(entry.status).toBe(accepted.ok ? "accepted" : "left");
    expect(await db().appointment.count({ where: { patientId: entry.patientId } })).toBe(accepted.ok ? 1 : 0);
    expect(await openOffers(queue)).toEqual([]);
  });

  it("ends by its deadline, with the practitioner off duty and the patient in the same place", async () => {
    const queue = await openQueue(now, 2);
    const [early, late] = queue.actors;
    if (!early || !late) throw new Error("two practitioners");
    await setDuty(early, true, now);
    const [entryId, next] = [await join(queue, now), await join(queue, now.add({ milliseconds: 1 }))];
    expect((await only(queue)).entryId).toBe(entryId);
    const over = now.add({ seconds: OFFER_SECONDS });
    await allThere(queue, over, entryId, next);
    await setDuty(late, true, over);
    const { id, actor } = await only(queue);
    expect(actor).toEqual(late);
    expect(await db().queueDuty.count({ where: { practitionerId: early.practitionerId } })).toBe(0);
    expect(await acceptOffer(actor, id, over.add({ seconds: OFFER_SECONDS }))).toEqual({
      ok: false,
      reason: "offer_ended",
    });
  });

  it("is withdrawn when either of the two is not there any more, and held against neither", async () => {
    const queue = await openQueue(now, 1);
    const [actor] = queue.actors;
    if (!actor) throw new Error("a practitioner");
    await setDuty(actor, true, now);
    const entryId = await join(queue, now);
    const first = await only(queue);
    const silent = now.add({ seconds: SILENT_AFTER_SECONDS + 1 });
    await beatEntry(entryId, silent);
    await dispatchQueue(queue.specialtyId, silent);
    expect(await openOffers(queue)).toEqual([]);
    expect(await db().queueOffer.findUnique({ where: { id: first.id } })).toMatchObject({
      status: "withdrawn",
    });

    await beatDuty(actor.practitionerId, silent);
    await dispatchQueue(queue.specialtyId, silent);
    const second = await only(queue);
    expect(second.entryId).toBe(entryId);
    const again = silent.add({ seconds: SILENT_AFTER_SECONDS + 1 });
    await beatDuty(actor.practitionerId, again);
    await dispatchQueue(queue.specialtyId, again);
    expect(await openOffers(queue)).toEqual([]);
    expect((await entryOf(entryId)).status).toBe("waiting");
  });

  it("that cannot become a visit goes to somebody else, and not back", async () => {
    const queue = await openQueue(now, 2);
    for (const actor of queue.actors) await setDuty(actor, true, now);
    const entryId = await join(queue, now);
    const { id, actor } = await only(queue);
    // The patient is booked elsewhere for this very time meanwhile.
    const elsewhere = await openQueue(now, 1);
    const { patientId } = await entryOf(entryId);
    await makeAppointment(db(), {
      now,
      practitioner: { id: elsewhere.actors[0]?.practitionerId ?? "", entry: "guest" },
      patient: await db().patient.findUniqueOrThrow({ where: { id: patientId } }),
      visitType: await db().visitType.findUniqueOrThrow({ where: { id: elsewhere.visitTypeId } }),
      startAt: now.add({ minutes: 2 }),
    });
    expect(await acceptOffer(actor, id, now)).toEqual({ ok: false, reason: "patient_busy" });
    const other = await only(queue);
    expect(other.actor).not.toEqual(actor);
    expect(await acceptOffer(other.actor, other.id, now)).toEqual({ ok: false, reason: "patient_busy" });
    expect(await openOffers(queue)).toEqual([]);
    expect((await entryOf(entryId)).status).toBe("waiting");
  });
});

describe("a place", () => {
  it("lapses when nobody has been there for long, and the trail says so", async () => {
    const queue = await openQueue(now, 1);
    const entryId = await join(queue, now);
    await dispatchQueue(queue.specialtyId, now.add({ minutes: LAPSE_AFTER_MINUTES - 1 }));
    expect((await entryOf(entryId)).status).toBe("waiting");
    await dispatchQueue(queue.specialtyId, now.add({ minutes: LAPSE_AFTER_MINUTES, seconds: 1 }));
    expect((await entryOf(entryId)).status).toBe("lapsed");
    expect(await actionsOf(entryId)).toEqual(["queue.joined", "queue.left"]);
  });

  it("is found again by the form that made it, and by nobody else's", async () => {
    const queue = await openQueue(now, 1);
    const form = await guestForm(queue);
    const [first, second] = [await joinQueue(form, now), await joinQueue(form, now)];
    if (!first.ok) throw new Error(first.reason);
    const { entryId } = first.value;
    expect(second).toMatchObject({ ok: true, value: { entryId } });
    expect(await actionsOf(entryId)).toEqual(["queue.joined", "link.minted"]);
    const stranger = { ...form, booker: { ...form.booker, email: "stranger@example.org" } };
    expect(await joinQueue(stranger, now)).toEqual({ ok: false, reason: "already_waiting" });
    expect(await db().queueEntry.count({ where: { specialtyId: queue.specialtyId } })).toBe(1);
  });

  it("leads to the visit once its turn has come, by a link that is in the trail", async () => {
    const queue = await openQueue(now, 1);
    const [actor] = queue.actors;
    if (!actor) throw new Error("a practitioner");
    await setDuty(actor, true, now);
    const joined = await joinQueue(await guestForm(queue), now);
    if (!joined.ok) throw new Error(joined.reason);
    const { token } = joined.value;
    const notFound = { ok: false, reason: "not_found" };
    expect(await enterFromPlace(token, now)).toEqual(notFound);
    const accepted = await acceptOffer(actor, (await only(queue)).id, now);
    if (!accepted.ok) throw new Error(accepted.reason);
    const { appointmentId } = accepted.value;
    const entered = await enterFromPlace(token, now);
    const linked = entered.ok && (await findLinkedAppointment(db(), entered.value));
    expect(linked).toMatchObject({ appointmentId });
    expect(await actionsOf(appointmentId)).toContain("queue.visit_entered");
    expect(await enterFromPlace(newToken(), now)).toEqual(notFound);
  });

  it("takes a telephone number, and gives it back", async () => {
    const queue = await openQueue(now, 1);
    const entryId = await join(queue, now);
    const { patientId } = await entryOf(entryId);
    const phone = async () => (await db().patient.findUniqueOrThrow({ where: { id: patientId } })).phone;
    const left = async () => (await entryOf(entryId)).phone;
    await leavePhone(entryId, "+49 30 0000000", now);
    expect([await left(), await phone()]).toEqual(["+49 30 0000000", "+49 30 0000000"]);
    await leavePhone(entryId, undefined, now);
    expect([await left(), await phone()]).toEqual([null, null]);

    // With an account the number is the place's alone, and the record keeps its own.
    const { id: userId } = await makeUser(db(), { now, roles: ["patient"] });
    await db().patient.update({ where: { id: patientId }, data: { userId, phone: "+49 30 1111111" } });
    await leavePhone(entryId, "+49 30 0000000", now);
    await leavePhone(entryId, undefined, now);
    expect([await left(), await phone()]).toEqual([null, "+49 30 1111111"]);
    await leaveQueue(entryId, now);
    expect(await leavePhone(entryId, "+49 30 0000000", now)).toEqual({ ok: false, reason: "not_found" });
  });

  it("goes first by a reason that is kept sealed, given by administrators", async () => {
    const queue = await openQueue(now, 1);
    const [actor] = queue.actors;
    if (!actor) throw new Error("a practitioner");
    const ids = [await join(queue, now), await join(queue, now), await join(queue, now.add({ seconds: 1 }))];
    const last = ids.at(-1) ?? "";
    const user = await makeUser(db(), { now, roles: ["administrator"] });
    const administrator = {
      kind: "user" as const,
      userId: user.id,
      sessionId: newId(),
      roles: user.roles,
      practitionerId: undefined,
      patientId: undefined,
      pseudonym: user.pseudonym,
    };
    const practitioner = { ...administrator, ...actor, roles: ["practitioner" as const] };
    const wish = { entryId: last, reason: "An invented reason" };
    for (const refused of [
      await givePriority(practitioner, wish, now),
      await takePriorityBack(practitioner, last, now),
    ])
      expect(refused).toEqual({ ok: false, reason: "not_found" });
    expect(await givePriority(administrator, wish, now)).toEqual({ ok: true, value: undefined });
    await setDuty(actor, true, now);
    expect((await only(queue)).entryId).toBe(last);
    const { priorityReasonSealed, priorityReasonKeyId } = await entryOf(last);
    expect(Buffer.from(priorityReasonSealed ?? []).includes("invented")).toBe(false);
    expect(
      unseal(
        { keyId: priorityReasonKeyId ?? "", sealed: priorityReasonSealed ?? new Uint8Array() },
        `queue_entry.priority:${last}`,
      ),
    ).toBe(wish.reason);

    // Taken back, they go again when they came, and why they were to go first is gone.
    await setDuty(actor, false, now);
    expect(await takePriorityBack(administrator, last, now)).toEqual({ ok: true, value: undefined });
    expect(await entryOf(last)).toMatchObject({ priority: 0, priorityReasonSealed: null });
    expect(await actionsOf(last)).toEqual(["queue.joined", "queue.priority_given", "queue.priority_taken"]);
    await setDuty(actor, true, now);
    expect((await only(queue)).entryId).not.toBe(last);
  });
});

describe("the clock", () => {
  it("brings a queue forward that nobody touches", async () => {
    const stop = new AbortController();
    const keeping = keepQueues(stop.signal);
    try {
      const { systemNow } = await import("@/lib/core/clock");
      const queue = await openQueue(systemNow(), 1);
      const [actor] = queue.actors;
      if (!actor) throw new Error("a practitioner");
      const entryId = await join(queue, systemNow());
      // On duty by its row alone, as if the process had died before it could look for whom to offer.
      const at = new Date();
      await db().queueDuty.create({
        data: { practitionerId: actor.practitionerId, since: at, idleSince: at, seenAt: at },
      });
      await expect.poll(async () => (await openOffers(queue)).length, { timeout: 20_000 }).toBe(1);
      await db().queueOffer.updateMany({ where: { entryId }, data: { expiresAt: new Date() } });
      await expect
        .poll(async () => (await db().queueOffer.findFirst({ where: { entryId } }))?.status, {
          timeout: 20_000,
        })
        .toBe("expired");

      // Accepted a while ago by somebody whose page was never at the visit.
      const past = systemNow().subtract({ seconds: RETURN_AFTER_SECONDS + 5 });
      const other = await openQueue(past, 1);
      const [crashed] = other.actors;
      if (!crashed) throw new Error("a practitioner");
      await setDuty(crashed, true, past);
      const left = await join(other, past);
      await acceptOffer(crashed, (await only(other)).id, past);
      await expect.poll(async () => (await entryOf(left)).status, { timeout: 20_000 }).toBe("waiting");
    } finally {
      stop.abort();
      await keeping;
    }
  });

  it("forgets that somebody is on duty whose page was closed long ago", async () => {
    const queue = await openQueue(now, 1);
    const [actor] = queue.actors;
    if (!actor) throw new Error("a practitioner");
    const { practitionerId } = actor;
    await setDuty(actor, true, now);
    await endForgottenDuties(now.add({ minutes: 9 }));
    expect(await db().queueDuty.count({ where: { practitionerId } })).toBe(1);
    await endForgottenDuties(now.add({ minutes: 11 }));
    expect(await db().queueDuty.count({ where: { practitionerId } })).toBe(0);
  });
});
