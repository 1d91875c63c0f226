import type { Temporal } from "temporal-polyfill";
import { afterAll, describe, expect, it } from "vitest";
import { readBookingSettings } from "@/lib/booking/data/settings";
import { findEntry } from "@/lib/booking/data/waitlist";
import { offerFreed } from "@/lib/booking/jobs";
import { bookAppointment } from "@/lib/booking/mutations/book";
import { cancelAppointment } from "@/lib/booking/mutations/cancel";
import { endPastEntries, joinWaitlist, leaveWaitlist } from "@/lib/booking/mutations/waitlist";
import { expireOffers } from "@/lib/booking/mutations/waitlist-end";
import { offerFreedTime, readFreed } from "@/lib/booking/mutations/waitlist-offers";
import { declineOffer, takeOffer } from "@/lib/booking/mutations/waitlist-take";
import type { NewWaitlistEntry } from "@/lib/booking/types/waitlist";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { toDate } from "@/lib/time/instant";
import { dateIn } from "@/lib/time/zones";
import { makePatient, makeUser } from "@/tests/support/factories";
import { guestBooking, inHours, minuteNow, openClinic } from "./clinic";

type Clinic = Awaited<ReturnType<typeof openClinic>>;
const now = minuteNow();
const SYSTEM = { kind: "system" } as const;
const NOTHING = { answers: {}, consentTextIds: [] };
/** After every offer of now has run out. */
const late = now.add({ hours: 12 });

/** Somebody without an account who waits for a clinic's practitioner, for any time of the next month. */
async function join({ practitioner, visitType }: Clinic, over: Partial<NewWaitlistEntry> = {}, at = now) {
  const today = dateIn(now, "UTC");
  const joined = await joinWaitlist(
    {
      waiter: { kind: "guest", name: "Paula Beispiel", email: "paula@example.org", phone: undefined },
      waitsFor: { practitionerId: practitioner.id },
      visitTypeId: visitType.id,
      fromOn: today.toString(),
      toOn: today.add({ days: 30 }).toString(),
      weekdays: [],
      fromTime: "00:00",
      toTime: "00:00",
      timeZone: "UTC",
      locale: "en",
      address: undefined,
      ...over,
    },
    at,
  );
  if (!joined.ok || !joined.value.token) throw new Error("did not join");
  return { entryId: joined.value.entryId, token: joined.value.token };
}

/** A booked visit that is cancelled again, and what its job says. */
async function freeTime(clinic: Clinic, startAt: Temporal.Instant) {
  const booked = await bookAppointment(guestBooking(clinic, startAt), now);
  if (!booked.ok) throw new Error(booked.reason);
  await cancelAppointment({ appointmentId: booked.value.appointmentId, reason: "" }, SYSTEM, now);
  const [slot] = await db().$queryRaw<{ data: { practitionerId: string; startAt: string; endAt: string } }[]>`
    SELECT data FROM pgboss.job WHERE name = 'slot.freed' AND data->>'practitionerId' = ${clinic.practitioner.id}
    ORDER BY created_on DESC LIMIT 1`;
  if (!slot) throw new Error("nothing was freed");
  return slot.data;
}

const LONG = { timeout: 15_000 };

/** How many of this database's connections wait for another one. */
async function waitersForLocks(): Promise<number> {
  const [row] = await db().$queryRaw<{ waiting: number }[]>`
    SELECT count(*)::int AS "waiting" FROM pg_stat_activity
    WHERE "datname" = current_database() AND "wait_event_type" = 'Lock'`;
  return row?.waiting ?? 0;
}

/** A period that came free, without a visit before it. */
const periodAt = ({ practitioner }: Clinic, start: Temporal.Instant) => ({
  practitionerId: practitioner.id,
  period: { start, end: start.add({ minutes: 30 }) },
});

const openOffers = (entryId: string) => db().waitlistOffer.count({ where: { entryId, status: "open" } });
const offerOf = (entryId: string) =>
  db().waitlistOffer.findFirstOrThrow({
    where: { entryId },
    include: { appointment: { include: { slot: true } } },
  });

describe("the waitlist", () => {
  afterAll(closeDb);

  it("holds a freed time for whoever has waited longest, for nobody else, and says so by mail", async () => {
    const clinic = await openClinic();
    const startAt = inHours(30);
    const second = await join(clinic);
    const first = await join(clinic, {}, now.subtract({ hours: 1 }));
    await offerFreed(await freeTime(clinic, startAt));
    expect([await openOffers(first.entryId), await openOffers(second.entryId)]).toEqual([1, 0]);

    const { appointment, expiresAt } = await offerOf(first.entryId);
    expect(appointment.status).toBe("pending");
    expect(appointment.slot).toMatchObject({ status: "busy_tentative", expiresAt });
    const { waitlistOfferMinutes } = await readBookingSettings(db());
    const latest = minuteNow().add({ minutes: waitlistOfferMinutes + 1 });
    expect(expiresAt.getTime()).toBeLessThanOrEqual(toDate(latest).getTime());
    expect(
      await db().notification.count({ where: { kind: "waitlist_offer", waitlistEntryId: first.entryId } }),
    ).toBe(1);
    expect(await bookAppointment(guestBooking(clinic, startAt), now)).toEqual({
      ok: false,
      reason: "slot_taken",
    });
  });

  it("makes a visit of what is taken, with everything that a booking has", async () => {
    const clinic = await openClinic();
    const { token, entryId } = await join(clinic);
    await offerFreed(await freeTime(clinic, inHours(31)));
    const taken = await takeOffer({ key: { token }, ...NOTHING }, now);
    expect(taken).toMatchObject({ ok: true, value: { token: expect.any(String) } });
    const { appointment } = await offerOf(entryId);
    expect(appointment).toMatchObject({ status: "booked", slot: { status: "busy", expiresAt: null } });
    expect(await db().encounter.count({ where: { appointmentId: appointment.id, status: "planned" } })).toBe(
      1,
    );
    expect(
      await db().notification.findMany({
        where: { appointmentId: appointment.id },
        select: { kind: true },
        orderBy: { kind: "asc" },
      }),
    ).toEqual(expect.arrayContaining([{ kind: "booking_confirmed" }, { kind: "booking_received" }]));
    expect(await takeOffer({ key: { token }, ...NOTHING }, now)).toEqual({
      ok: false,
      reason: "offer_ended",
    });
    expect(await findEntry(db(), { token })).toMatchObject({ status: "booked" });
  });

  it("passes what is declined, or not taken in time, to the next, and offers it to nobody twice", async () => {
    const clinic = await openClinic();
    const first = await join(clinic, {}, now.subtract({ hours: 2 }));
    const second = await join(clinic, {}, now.subtract({ hours: 1 }));
    const freed = await freeTime(clinic, inHours(32));
    await offerFreed(freed);
    expect(await declineOffer({ token: first.token }, now)).toEqual({ ok: true, value: undefined });
    await offerFreed(freed);
    expect(await openOffers(second.entryId)).toBe(1);

    expect(await takeOffer({ key: { token: second.token }, ...NOTHING }, late)).toEqual({
      ok: false,
      reason: "offer_ended",
    });
    await expireOffers(late);
    expect(await offerOf(second.entryId)).toMatchObject({
      status: "expired",
      appointment: { status: "cancelled", cancelledBy: "system", slot: null },
    });
    expect(await offerFreedTime(readFreed(freed), late)).toBe(0);
    expect(
      await db().waitlistEntry.count({
        where: { practitionerId: clinic.practitioner.id, status: "waiting" },
      }),
    ).toBe(2);
  });

  it("lets a booking have a time whose offer has run out, before any sweep", async () => {
    const clinic = await openClinic();
    const { entryId } = await join(clinic);
    const startAt = inHours(33);
    await offerFreed(await freeTime(clinic, startAt));
    const booked = await bookAppointment(guestBooking(clinic, startAt), late);
    expect(booked.ok).toBe(true);
    expect(await offerOf(entryId)).toMatchObject({ status: "expired" });
  });

  it("heeds wishes, notice and other visits of the same patient", async () => {
    const clinic = await openClinic({ visitType: { minNoticeMinutes: 60 } });
    const startAt = inHours(34);
    const date = dateIn(startAt, "UTC");
    const others = date.add({ days: 1 }).toString();
    const wrongDate = await join(clinic, { fromOn: others, toOn: others });
    const wrongDay = await join(clinic, { weekdays: [(date.dayOfWeek % 7) + 1] });
    const hour = startAt.toZonedDateTimeISO("UTC").hour;
    // The other half of the day.
    const [fromTime, toTime] = hour < 12 ? ["12:00", "00:00"] : ["00:00", "12:00"];
    const wrongHour = await join(clinic, { fromTime, toTime });

    const user = await makeUser(db(), { now });
    const patient = await makePatient(db(), { now, userId: user.id });
    const elsewhere = await openClinic();
    const busy = await bookAppointment(
      guestBooking(elsewhere, startAt, {
        booker: { kind: "account", userId: user.id, pseudonym: user.pseudonym, patient: { id: patient.id } },
      }),
      now,
    );
    expect(busy.ok).toBe(true);
    const account = await joinWaitlist(
      {
        waiter: { kind: "account", userId: user.id, pseudonym: user.pseudonym },
        waitsFor: { practitionerId: clinic.practitioner.id },
        visitTypeId: clinic.visitType.id,
        fromOn: date.toString(),
        toOn: date.toString(),
        weekdays: [],
        fromTime: "00:00",
        toTime: "00:00",
        timeZone: "UTC",
        locale: "en",
        address: undefined,
      },
      now,
    );
    expect(account.ok).toBe(true);
    const suited = await join(clinic);
    const freed = await freeTime(clinic, startAt);
    await offerFreed(freed);
    const offers = await db().waitlistOffer.findMany({ where: { practitionerId: clinic.practitioner.id } });
    expect(offers.map(({ entryId }) => entryId)).toEqual([suited.entryId]);
    for (const { entryId } of [wrongDate, wrongDay, wrongHour]) expect(await openOffers(entryId)).toBe(0);

    const tooNear = startAt.subtract({ minutes: 65 });
    await declineOffer({ token: suited.token }, now);
    expect(await offerFreedTime(readFreed(freed), tooNear)).toBe(0);
  });

  it("serves a specialty with whichever practitioner has a time", async () => {
    const clinic = await openClinic({ practitioner: { specialtyCode: "dermatology" } });
    const { entryId } = await join(clinic, { waitsFor: { specialtyCode: "dermatology" } });
    await offerFreed(await freeTime(clinic, inHours(35)));
    expect(await openOffers(entryId)).toBe(1);
    await leaveWaitlist({ entryId, actor: SYSTEM, as: "staff" }, now);
  });

  it("has one offer of one time, however many workers hear of it at once", async () => {
    const clinic = await openClinic();
    for (let n = 0; n < 5; n += 1) await join(clinic);
    const freed = await freeTime(clinic, inHours(36));
    await Promise.all(Array.from({ length: 6 }, () => offerFreed(freed)));
    expect(await db().waitlistOffer.count({ where: { practitionerId: clinic.practitioner.id } })).toBe(1);
  });

  it("lets exactly one of taking, another taking, leaving and declining win", async () => {
    for (let round = 0; round < 5; round += 1) {
      const clinic = await openClinic();
      const { token, entryId } = await join(clinic);
      await offerFreed(await freeTime(clinic, inHours(37)));
      const key = { token };
      const [taken, again] = await Promise.all([
        takeOffer({ key, ...NOTHING }, now),
        takeOffer({ key, ...NOTHING }, now),
        leaveWaitlist(key, now),
        declineOffer(key, now),
      ]);
      const wins = [taken, again].filter((result) => result.ok).length;
      const { status, appointment } = await offerOf(entryId);
      expect(wins).toBe(status === "taken" ? 1 : 0);
      expect(appointment.status).toBe(status === "taken" ? "booked" : "cancelled");
      expect(appointment.slot?.status).toBe(status === "taken" ? "busy" : undefined);
    }
  });

  it("lets either the deadline or whoever takes it win, also where two servers' clocks disagree", async () => {
    for (let round = 0; round < 6; round += 1) {
      const clinic = await openClinic();
      const { token, entryId } = await join(clinic);
      await offerFreedTime(periodAt(clinic, inHours(60 + round)), now);
      const [taken] = await Promise.all([
        takeOffer({ key: { token }, ...NOTHING }, now),
        expireOffers(late, clinic.practitioner.id),
      ]);
      const { status, appointment } = await offerOf(entryId);
      expect(status).toBe(taken.ok ? "taken" : "expired");
      expect(appointment.status).toBe(taken.ok ? "booked" : "cancelled");
      expect(appointment.slot?.status).toBe(taken.ok ? "busy" : undefined);
    }
  });

  it("keeps an offered time from staff and from other visitors while it is being taken", async () => {
    const clinic = await openClinic();
    const { token } = await join(clinic);
    const startAt = inHours(70);
    await offerFreedTime(periodAt(clinic, startAt), now);
    const patient = { name: "Petra Beispiel", email: "petra@example.org", phone: undefined };
    const staff = { kind: "staff", actor: SYSTEM, patient: { ...patient, contactName: undefined } } as const;
    const [taken, ...others] = await Promise.all([
      takeOffer({ key: { token }, ...NOTHING }, now),
      bookAppointment(guestBooking(clinic, startAt, { booker: staff }), now),
      bookAppointment(guestBooking(clinic, startAt), now),
    ]);
    expect(taken.ok).toBe(true);
    for (const other of others) expect(other).toEqual({ ok: false, reason: "slot_taken" });
  });

  it("leaves no offer with somebody who leaves while it is being made", async () => {
    const clinic = await openClinic();
    const { token, entryId } = await join(clinic);
    const waiter = await db().waitlistEntry.findUniqueOrThrow({ where: { id: entryId } });
    let offering: Promise<unknown> = Promise.resolve();
    let leaving: Promise<unknown> = Promise.resolve();
    await db().$transaction(async (tx) => {
      // The offer's appointment waits for its patient's row: the entry has been looked at by then.
      await tx.$queryRaw`SELECT 1 FROM "patient" WHERE "id" = ${waiter.patientId}::uuid FOR UPDATE`;
      offering = offerFreedTime(periodAt(clinic, inHours(72)), now);
      await expect.poll(() => waitersForLocks(), { timeout: 4_000 }).toBe(1);
      let hasLeft = false;
      leaving = leaveWaitlist({ token }, now).then(() => {
        hasLeft = true;
      });
      await expect.poll(async () => hasLeft || (await waitersForLocks()) > 1, { timeout: 4_000 }).toBe(true);
    }, LONG);
    await Promise.all([offering, leaving]);
    expect(await findEntry(db(), { token })).toMatchObject({ status: "ended" });
    expect(await openOffers(entryId)).toBe(0);
    expect(await db().slot.count({ where: { practitionerId: clinic.practitioner.id } })).toBe(0);
  });

  it("goes along the whole line, however many a time does not suit", async () => {
    const clinic = await openClinic();
    const startAt = inHours(85);
    const otherDay = (dateIn(startAt, "UTC").dayOfWeek % 7) + 1;
    const { entryId: model } = await join(clinic, { weekdays: [otherDay] }, now.subtract({ hours: 1 }));
    const entry = await db().waitlistEntry.findUniqueOrThrow({ where: { id: model } });
    // All at the same moment, so that the parts of the line meet within it.
    const patients = Array.from({ length: 200 }, () => newId());
    await db().$executeRaw`
      INSERT INTO "patient" SELECT (jsonb_populate_record(p, jsonb_build_object('id', n, 'pseudonym', gen_random_uuid()))).*
      FROM "patient" p, unnest(${patients}::uuid[]) n WHERE p."id" = ${entry.patientId}::uuid`;
    await db().waitlistEntry.createMany({
      data: patients.map((patientId) => ({ ...entry, id: newId(), patientId })),
    });
    const { entryId } = await join(clinic);
    expect(await offerFreedTime(periodAt(clinic, startAt), now)).toBe(1);
    expect(await openOffers(entryId)).toBe(1);
    await db().patient.deleteMany({ where: { id: { in: patients } } });
  });

  it("has nobody wait twice for the same, and nobody for what is not offered or is past", async () => {
    const clinic = await openClinic();
    const user = await makeUser(db(), { now });
    await makePatient(db(), { now, userId: user.id });
    const wish = {
      waiter: { kind: "account", userId: user.id, pseudonym: user.pseudonym } as const,
      waitsFor: { practitionerId: clinic.practitioner.id },
      visitTypeId: clinic.visitType.id,
      fromOn: "2026-01-01",
      toOn: dateIn(now, "UTC").toString(),
      weekdays: [],
      fromTime: "00:00",
      toTime: "00:00",
      timeZone: "UTC",
      locale: "en",
      address: undefined,
    };
    const [one, other] = await Promise.all([joinWaitlist(wish, now), joinWaitlist(wish, now)]);
    expect([one, other].filter(({ ok }) => ok)).toHaveLength(1);
    expect([one, other].find(({ ok }) => !ok)).toEqual({ ok: false, reason: "already_waiting" });
    expect(await joinWaitlist({ ...wish, toOn: "2026-01-02" }, now)).toEqual({ ok: false, reason: "dates" });
    expect(await joinWaitlist({ ...wish, visitTypeId: newId() }, now)).toEqual({
      ok: false,
      reason: "not_offered",
    });
  });

  it("ends entries whose dates have passed, and opens nothing to strangers", async () => {
    const clinic = await openClinic();
    const { token, entryId } = await join(clinic);
    expect(await findEntry(db(), { token: `${token.slice(0, -1)}x` })).toBeUndefined();
    const { id: userId, pseudonym } = await makeUser(db(), { now });
    const patient = { kind: "user", userId, sessionId: newId(), patientId: newId(), pseudonym } as const;
    const scheduler = { ...patient, practitionerId: undefined, roles: ["scheduler"] } as const;
    for (const key of [
      { entryId, actor: { ...scheduler, roles: ["patient"] }, as: "patient" },
      // As staff they keep the entry; as a patient it is not theirs.
      { entryId, actor: scheduler, as: "patient" },
      { entryId, actor: { ...scheduler, roles: ["practitioner"] }, as: "staff" },
    ] as const) {
      expect(await leaveWaitlist(key, now)).toEqual({ ok: false, reason: "not_found" });
      expect(await takeOffer({ key, ...NOTHING }, now)).toEqual({ ok: false, reason: "not_found" });
    }
    await endPastEntries(now.add({ hours: 24 * 40 }));
    expect(await findEntry(db(), { token })).toMatchObject({ status: "ended" });
  });
});
