import type { Temporal } from "temporal-polyfill";
import { afterAll, describe, expect, it } from "vitest";
import { findFreeSlots } from "@/lib/availability/data/slots";
import { bookAppointment } from "@/lib/booking/mutations/book";
import { holdSlot } from "@/lib/booking/mutations/hold";
import { LEFT_SECONDS, leaveHold, returnToHold, sweepHolds } from "@/lib/booking/mutations/release";
import { newId, newToken } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { hashToken } from "@/lib/security/tokens";
import { breachesOfBook } from "@/tests/support/sound-book";
import { guestBooking, inHours, minuteNow, openClinic } from "./clinic";

// Read at the first use, which is below: many tests share one clock.
process.env.TRUECONF_GUEST_SEATS = "1000";

type Clinic = Awaited<ReturnType<typeof openClinic>>;

const newVisitor = () => hashToken(newToken());
const wish = (
  clinic: Clinic,
  startAt: Temporal.Instant,
  over: { holderHash?: Uint8Array<ArrayBuffer> } = {},
) => ({
  practitionerId: clinic.practitioner.id,
  visitTypeId: clinic.visitType.id,
  startAt,
  holderHash: newVisitor(),
  address: undefined,
  ...over,
});
const holdOf = (holderHash: Uint8Array<ArrayBuffer>) => db().slot.findUnique({ where: { holderHash } });
const heldUntil = async (holderHash: Uint8Array<ArrayBuffer>) =>
  (await holdOf(holderHash))?.expiresAt?.toISOString();
const iso = (instant: Temporal.Instant) => new Date(instant.epochMilliseconds).toISOString();

afterAll(async () => {
  expect(await breachesOfBook(db(), { seats: 1000 })).toEqual([]);
  await closeDb();
});

describe("a hold", () => {
  it("lasts ten minutes, with the claim's buffers and seats", async () => {
    const clinic = await openClinic({ visitType: { bufferBeforeMinutes: 5, bufferAfterMinutes: 10 } });
    const [now, startAt] = [minuteNow(), inHours(30)];
    const wanted = wish(clinic, startAt);
    const expiresAt = now.add({ minutes: 10 });
    expect(await holdSlot(wanted, now)).toEqual({ ok: true, value: { startAt, expiresAt } });
    const row = await holdOf(wanted.holderHash);
    expect(row).toMatchObject({ status: "busy_tentative", appointmentId: null, patientId: null, seats: 2 });
    expect(row?.startAt.toISOString()).toBe(iso(startAt.subtract({ minutes: 5 })));
    expect(row?.endAt.toISOString()).toBe(iso(startAt.add({ minutes: 40 })));
  });

  it("keeps others from holding and from booking the time until it ends", async () => {
    const clinic = await openClinic();
    const [now, startAt] = [minuteNow(), inHours(31)];
    expect((await holdSlot(wish(clinic, startAt), now)).ok).toBe(true);
    const taken = { ok: false, reason: "slot_taken" };
    expect(await holdSlot(wish(clinic, startAt), now)).toEqual(taken);
    const last = now.add({ minutes: 9, seconds: 59 });
    expect(await bookAppointment(guestBooking(clinic, startAt), last)).toEqual(taken);
    expect((await bookAppointment(guestBooking(clinic, startAt), now.add({ minutes: 10 }))).ok).toBe(true);
  });

  it("is one for each visitor: another choice gives the first one up", async () => {
    const clinic = await openClinic();
    const [now, first, second] = [minuteNow(), inHours(30), inHours(32)];
    const visitor = newVisitor();
    await holdSlot(wish(clinic, first, { holderHash: visitor }), now);
    await holdSlot(wish(clinic, second, { holderHash: visitor }), now);
    expect((await holdSlot(wish(clinic, first), now)).ok).toBe(true);
    expect((await holdOf(visitor))?.visitStartAt.toISOString()).toBe(iso(second));
  });

  it("of one visitor with two tabs at once is one", async () => {
    const [clinic, other] = [await openClinic(), await openClinic()];
    const [now, visitor] = [minuteNow(), newVisitor()];
    const results = await Promise.all(
      [clinic, other, clinic, other].map((place, n) =>
        holdSlot(wish(place, inHours(30 + n), { holderHash: visitor }), now),
      ),
    );
    expect(results.some(({ ok }) => ok)).toBe(true);
    expect(await db().slot.count({ where: { holderHash: visitor } })).toBe(1);
  });

  it("survives when another time was already gone", async () => {
    const clinic = await openClinic();
    const [now, mine, gone] = [minuteNow(), inHours(30), inHours(31)];
    await holdSlot(wish(clinic, gone), now);
    const visitor = newVisitor();
    await holdSlot(wish(clinic, mine, { holderHash: visitor }), now);
    expect((await holdSlot(wish(clinic, gone, { holderHash: visitor }), now)).ok).toBe(false);
    expect((await holdOf(visitor))?.visitStartAt.toISOString()).toBe(iso(mine));
  });

  it("is not made longer by choosing the same time again, nor counted", async () => {
    const clinic = await openClinic();
    const [now, startAt, visitor] = [minuteNow(), inHours(30), newVisitor()];
    for (let again = 0; again < 10; again += 1) {
      const held = await holdSlot(
        wish(clinic, startAt, { holderHash: visitor }),
        now.add({ seconds: again }),
      );
      expect(held).toMatchObject({ ok: true });
    }
    expect(await heldUntil(visitor)).toBe(iso(now.add({ minutes: 10 })));
  });

  it("does not stand in its own holder's way", async () => {
    const clinic = await openClinic();
    const [now, startAt] = [minuteNow(), inHours(30)];
    const wanted = wish(clinic, startAt);
    await holdSlot(wanted, now);
    const search = (exceptHolder?: Uint8Array) =>
      findFreeSlots(db(), {
        practitionerIds: [clinic.practitioner.id],
        visitTypeId: clinic.visitType.id,
        from: startAt,
        to: startAt.add({ minutes: 1 }),
        now,
        exceptHolder,
      });
    expect((await search()).get(clinic.practitioner.id)).toEqual([]);
    expect((await search(wanted.holderHash)).get(clinic.practitioner.id)).toHaveLength(1);
  });

  it.each([
    ["a past time", () => inHours(-3), {}],
    ["a time off the grid", () => inHours(30).add({ minutes: 7 }), {}],
    ["a time beyond the horizon", () => inHours(24 * 70), {}],
    ["an unknown practitioner", () => inHours(30), { practitionerId: newId() }],
    ["an unknown visit type", () => inHours(30), { visitTypeId: newId() }],
  ])("is not made of %s", async (_what, startAt, over) => {
    const wanted = { ...wish(await openClinic(), startAt()), ...over };
    expect(await holdSlot(wanted, minuteNow())).toEqual({ ok: false, reason: "not_offered" });
    expect(await holdOf(wanted.holderHash)).toBeNull();
  });

  it("is not made a seventh time within the hour, and what was held is let go", async () => {
    const clinic = await openClinic();
    const [now, visitor] = [minuteNow(), newVisitor()];
    const choose = (n: number, at: Temporal.Instant) =>
      holdSlot(wish(clinic, inHours(30 + n), { holderHash: visitor }), at);
    for (let n = 0; n < 6; n += 1) expect((await choose(n, now)).ok).toBe(true);
    expect(await choose(6, now)).toEqual({ ok: false, reason: "too_many_holds" });
    expect(await holdOf(visitor)).toBeNull();
    expect((await bookAppointment(guestBooking(clinic, inHours(36)), now)).ok).toBe(true);
    expect((await choose(7, now.add({ minutes: 61 }))).ok).toBe(true);
  });

  it("is counted for the address too, as often as the clinic says", async () => {
    const value = { holdsPerAddressPerHour: 2 };
    await db().setting.create({
      data: { key: "booking", value, updatedAt: new Date(minuteNow().epochMilliseconds) },
    });
    const clinic = await openClinic();
    const choose = (n: number, address: string) =>
      holdSlot({ ...wish(clinic, inHours(30 + n)), address }, minuteNow());
    const outcomes = [];
    for (let n = 0; n < 3; n += 1) outcomes.push((await choose(n, "192.0.2.1")).ok);
    expect(outcomes).toEqual([true, true, false]);
    expect((await choose(4, "192.0.2.2")).ok).toBe(true);
    await db().setting.deleteMany({});
  });
});

describe("leaving the page and coming back", () => {
  async function held() {
    const clinic = await openClinic();
    const now = minuteNow();
    const wanted = wish(clinic, inHours(30));
    await holdSlot(wanted, now);
    const { id: holdId = "" } = (await holdOf(wanted.holderHash)) ?? {};
    const { holderHash } = wanted;
    const say = (sequence: number) => ({ holdId, holderHash, sequence });
    return { clinic, now, wanted, holdId, holderHash, say, full: now.add({ minutes: 10 }) };
  }
  const soon = (at: Temporal.Instant) => at.add({ seconds: LEFT_SECONDS });

  it("shortens the hold, and gives it back its time", async () => {
    const { now, holderHash, say, full } = await held();
    expect(await leaveHold(say(1), now)).toEqual(soon(now));
    expect(await heldUntil(holderHash)).toBe(iso(soon(now)));
    expect(await returnToHold(say(2), now.add({ seconds: 59 }))).toEqual(full);
    expect(await heldUntil(holderHash)).toBe(iso(full));
  });

  it("is too late once the shortened time has passed", async () => {
    const { clinic, now, wanted, say } = await held();
    await leaveHold(say(1), now);
    expect(await returnToHold(say(2), soon(now))).toBeUndefined();
    expect((await bookAppointment(guestBooking(clinic, wanted.startAt), soon(now))).ok).toBe(true);
  });

  it("goes by the order of the words, not of their arrival", async () => {
    const { now, holderHash, say, full } = await held();
    await returnToHold(say(5), now);
    expect(await leaveHold(say(4), now)).toEqual(full);
    await leaveHold(say(6), now);
    expect(await returnToHold(say(6), now)).toEqual(soon(now));
    expect(await heldUntil(holderHash)).toBe(iso(soon(now)));
  });

  it("never makes a hold longer than it was", async () => {
    const { now, say, full } = await held();
    const late = full.subtract({ seconds: 20 });
    expect(await leaveHold(say(1), late)).toEqual(full);
    expect(await returnToHold(say(2), late)).toEqual(full);
    expect(await leaveHold(say(3), now.add({ minutes: 11 }))).toBeUndefined();
  });

  it("is nobody else's to say", async () => {
    const { now, holderHash, holdId, full } = await held();
    const stranger = { holdId, holderHash: newVisitor(), sequence: 9 };
    expect(await leaveHold(stranger, now)).toBeUndefined();
    expect(await returnToHold(stranger, now)).toBeUndefined();
    expect(await leaveHold({ holdId: newId(), holderHash, sequence: 9 }, now)).toBeUndefined();
    expect(await heldUntil(holderHash)).toBe(iso(full));
  });

  it("leaves a visit alone that was booked meanwhile", async () => {
    const { clinic, now, wanted, holderHash, holdId, say } = await held();
    const booked = await bookAppointment(guestBooking(clinic, wanted.startAt, { holderHash }), now);
    expect(booked.ok).toBe(true);
    expect(await leaveHold(say(1), now)).toBeUndefined();
    expect(await db().slot.findUnique({ where: { id: holdId } })).toMatchObject({
      status: "busy",
      expiresAt: null,
    });
  });
});

describe("booking what is held", () => {
  it("turns the hold's own row into the claim", async () => {
    const clinic = await openClinic();
    const [now, wanted] = [minuteNow(), wish(clinic, inHours(30))];
    await holdSlot(wanted, now);
    const before = await holdOf(wanted.holderHash);
    const { holderHash } = wanted;
    const booked = await bookAppointment(guestBooking(clinic, wanted.startAt, { holderHash }), now);
    if (!booked.ok) throw new Error(booked.reason);
    const slot = await db().slot.findUniqueOrThrow({
      where: { appointmentId: booked.value.appointmentId },
    });
    expect(slot).toMatchObject({ id: before?.id, status: "busy", holderHash: null, fullExpiresAt: null });
  });

  it("books what ran out and is still free", async () => {
    const clinic = await openClinic();
    const [now, wanted] = [minuteNow(), wish(clinic, inHours(30))];
    await holdSlot(wanted, now);
    const { startAt, holderHash } = wanted;
    const late = now.add({ minutes: 25 });
    expect((await bookAppointment(guestBooking(clinic, startAt, { holderHash }), late)).ok).toBe(true);
    expect(await holdOf(holderHash)).toBeNull();
  });

  it("gives up a hold for another time, wherever that is", async () => {
    const [clinic, other] = [await openClinic(), await openClinic()];
    const [now, wanted] = [minuteNow(), wish(other, inHours(30))];
    await holdSlot(wanted, now);
    const { holderHash } = wanted;
    expect((await bookAppointment(guestBooking(clinic, inHours(33), { holderHash }), now)).ok).toBe(true);
    expect(await holdOf(holderHash)).toBeNull();
    expect((await holdSlot(wish(other, wanted.startAt), now)).ok).toBe(true);
  });

  it("does not help against somebody else's hold", async () => {
    const clinic = await openClinic();
    const now = minuteNow();
    await holdSlot(wish(clinic, inHours(30)), now);
    const mine = wish(clinic, inHours(31));
    await holdSlot(mine, now);
    const { holderHash } = mine;
    const result = await bookAppointment(guestBooking(clinic, inHours(30), { holderHash }), now);
    expect(result).toEqual({ ok: false, reason: "slot_taken" });
    expect(await holdOf(holderHash)).not.toBeNull();
  });
});

describe("the sweep", () => {
  it("deletes what has run out, and nothing else", async () => {
    const clinic = await openClinic();
    const now = minuteNow();
    const [old, fresh] = [wish(clinic, inHours(30)), wish(clinic, inHours(31))];
    await holdSlot(old, now.subtract({ minutes: 10 }));
    await holdSlot(fresh, now);
    await sweepHolds(now);
    expect(await holdOf(old.holderHash)).toBeNull();
    expect(await holdOf(fresh.holderHash)).not.toBeNull();
  });
});
