import { describe, expect, it } from "vitest";
import { bookAppointment } from "@/lib/booking/mutations/book";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { makePatient, makePractitioner, makeRules, makeUser } from "@/tests/support/factories";
import { guestBooking, inHours, minuteNow, openClinic } from "./clinic";

/** How often each outcome came. */
function tally(results: readonly ({ ok: true } | { ok: false; reason: string })[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const result of results) {
    const outcome = result.ok ? "booked" : result.reason;
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}

/** Pairs of claims on one practitioner's time that overlap: must be none, whatever the code did. */
const overlaps = () => db().$queryRaw`
  SELECT a.id FROM slot a JOIN slot b ON a.practitioner_id = b.practitioner_id AND a.id < b.id
  AND tstzrange(a.start_at, a.end_at) && tstzrange(b.start_at, b.end_at)`;

/** Appointments whose other rows are missing. */
const incomplete = () => db().$queryRaw`
  SELECT a.id FROM appointment a LEFT JOIN encounter e ON e.appointment_id = a.id LEFT JOIN slot s ON s.appointment_id = a.id
  WHERE e.id IS NULL OR s.id IS NULL`;

describe("many want one time", () => {
  it("of 20 at once exactly one gets it, and the others leave nothing behind", async () => {
    const clinic = await openClinic();
    const startAt = inHours(30);
    const now = minuteNow();
    const before = await db().patient.count();
    const results = await Promise.all(
      Array.from({ length: 20 }, () => bookAppointment(guestBooking(clinic, startAt), now)),
    );
    expect(tally(results)).toEqual({ booked: 1, slot_taken: 19 });
    expect(await overlaps()).toEqual([]);
    expect(await incomplete()).toEqual([]);
    expect(await db().patient.count()).toBe(before + 1);
    expect(await db().appointment.count({ where: { practitionerId: clinic.practitioner.id } })).toBe(1);
  });

  it("the same form sent five times at once makes one appointment, and each answer leads to it", async () => {
    const clinic = await openClinic();
    const booking = guestBooking(clinic, inHours(31));
    const results = await Promise.all(Array.from({ length: 5 }, () => bookAppointment(booking, minuteNow())));
    const ids = results.map((result) => (result.ok ? result.value.appointmentId : result.reason));
    expect(new Set(ids).size).toBe(1);
    const tokens = results.map((result) => (result.ok ? result.value.token : undefined));
    expect(new Set(tokens).size).toBe(5);
    // One link stands in the booking, each other one for itself.
    const [entityId] = ids;
    expect(await db().auditEvent.count({ where: { action: "link.minted", entityId: entityId ?? "" } })).toBe(
      4,
    );
    expect(await db().appointment.count({ where: { idempotencyKey: booking.idempotencyKey } })).toBe(1);
  });

  it("unequal times that overlap by a buffer cannot both be had", async () => {
    const clinic = await openClinic({
      visitType: { durationMinutes: 20, intervalMinutes: 20, bufferAfterMinutes: 10 },
    });
    const startAt = inHours(32);
    const results = await Promise.all(
      [startAt, startAt.add({ minutes: 20 })].map((start) =>
        bookAppointment(guestBooking(clinic, start), minuteNow()),
      ),
    );
    expect(tally(results)).toEqual({ booked: 1, slot_taken: 1 });
    const later = await bookAppointment(guestBooking(clinic, startAt.add({ minutes: 60 })), minuteNow());
    expect(later.ok).toBe(true);
    expect(await overlaps()).toEqual([]);
  });

  it("one patient is not in two visits at once", async () => {
    const clinic = await openClinic();
    const other = await makePractitioner(db(), {
      now: minuteNow(),
      timeZone: "UTC",
      visitTypeIds: [clinic.visitType.id],
    });
    await makeRules(db(), other.id);
    const user = await makeUser(db(), { now: minuteNow() });
    const patient = await makePatient(db(), { now: minuteNow(), userId: user.id });
    const { id: userId, pseudonym } = user;
    const booker = { kind: "account", userId, pseudonym, patient: { id: patient.id } } as const;
    const startAt = inHours(33);
    const results = await Promise.all(
      [clinic.practitioner, other].map((practitioner) =>
        bookAppointment(guestBooking({ ...clinic, practitioner }, startAt, { booker }), minuteNow()),
      ),
    );
    expect(tally(results)).toEqual({ booked: 1, patient_busy: 1 });
  });
});

describe("what is not offered is not booked", () => {
  it.each([
    ["a past time", () => inHours(-3), {}],
    ["a time off the grid", () => inHours(30).add({ minutes: 7 }), {}],
    ["a time beyond the horizon", () => inHours(24 * 70), {}],
    ["an unknown practitioner", () => inHours(30), { practitionerId: newId() }],
    ["an unknown visit type", () => inHours(30), { visitTypeId: newId() }],
  ])("%s", async (_what, startAt, over) => {
    const clinic = await openClinic();
    const result = await bookAppointment(guestBooking(clinic, startAt(), over), minuteNow());
    expect(result).toEqual({ ok: false, reason: "not_offered" });
    expect(await db().appointment.count({ where: { practitionerId: clinic.practitioner.id } })).toBe(0);
  });

  it("an inactive practitioner's time", async () => {
    const clinic = await openClinic({ practitioner: { active: false } });
    const result = await bookAppointment(guestBooking(clinic, inHours(30)), minuteNow());
    expect(result).toEqual({ ok: false, reason: "not_offered" });
  });

  it("another time under the key of an earlier form", async () => {
    const clinic = await openClinic();
    const first = guestBooking(clinic, inHours(30));
    expect((await bookAppointment(first, minuteNow())).ok).toBe(true);
    const second = await bookAppointment({ ...first, startAt: inHours(34) }, minuteNow());
    expect(second).toEqual({ ok: false, reason: "already_booked" });
  });
});

describe("a booking is whole", () => {
  it("claim, encounter, two mails, jobs, link and trail stand together", async () => {
    const clinic = await openClinic();
    const result = await bookAppointment(guestBooking(clinic, inHours(40)), minuteNow());
    if (!result.ok) throw new Error(result.reason);
    const { appointmentId, token } = result.value;
    const row = await db().appointment.findUniqueOrThrow({
      where: { id: appointmentId },
      include: { slot: true, encounter: true, notifications: true, accessLinks: true, patient: true },
    });
    expect(row.status).toBe("booked");
    expect(row.encounter?.status).toBe("planned");
    expect(row.slot?.status).toBe("busy");
    expect(row.notifications.map(({ kind }) => kind).toSorted()).toEqual([
      "booking_confirmed",
      "booking_received",
    ]);
    expect(row.accessLinks).toHaveLength(1);
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    const jobs = await db().$queryRaw<{ name: string }[]>`
      SELECT name FROM pgboss.job WHERE data->>'appointmentId' = ${appointmentId}`;
    expect(jobs).toEqual([{ name: "appointment.booked" }]);
    const events = await db().auditEvent.findMany({ where: { entityId: appointmentId } });
    expect(events.map(({ action }) => action)).toEqual(["appointment.booked"]);
    expect(events[0]?.subjectPseudonym).toBe(row.patient.pseudonym);
  });

  it("keeps the reason sealed in the database", async () => {
    const clinic = await openClinic();
    const result = await bookAppointment(
      guestBooking(clinic, inHours(41), { reason: "MARKED-REASON" }),
      minuteNow(),
    );
    if (!result.ok) throw new Error(result.reason);
    const row = await db().appointment.findUniqueOrThrow({ where: { id: result.value.appointmentId } });
    expect(Buffer.from(row.reasonSealed ?? []).includes("MARKED-REASON")).toBe(false);
    expect(row.reasonSealed).not.toBeNull();
  });

  it("passes over a hold that has run out", async () => {
    const clinic = await openClinic();
    const startAt = inHours(42);
    const at = (instant: { epochMilliseconds: number }) => new Date(instant.epochMilliseconds);
    const endAt = startAt.add({ minutes: 30 });
    await db().slot.create({
      data: {
        id: newId(),
        practitionerId: clinic.practitioner.id,
        visitTypeId: clinic.visitType.id,
        status: "busy_tentative",
        startAt: at(startAt),
        endAt: at(endAt),
        visitStartAt: at(startAt),
        visitEndAt: at(endAt),
        seats: 2,
        holderHash: new Uint8Array(32),
        expiresAt: at(minuteNow().subtract({ minutes: 1 })),
        createdAt: at(minuteNow()),
      },
    });
    expect((await bookAppointment(guestBooking(clinic, startAt), minuteNow())).ok).toBe(true);
  });
});
