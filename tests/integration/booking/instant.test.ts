import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { instantRoom } from "@/lib/booking/data/instant";
import { bookAppointment } from "@/lib/booking/mutations/book";
import { createInstantVisit, INSTANT_CONSTRAINTS, type InstantVisit } from "@/lib/booking/mutations/instant";
import { env } from "@/lib/core/env";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { toDate, toInstant } from "@/lib/time/instant";
import { makePatient } from "@/tests/support/factories";
import { guestBooking, minuteNow, openClinic } from "./clinic";

const begin = (visit: InstantVisit, now: Temporal.Instant) =>
  transaction((tx) => createInstantVisit(tx, visit, now), INSTANT_CONSTRAINTS);

async function stage(durationMinutes = 30) {
  const now = minuteNow();
  // Every five minutes, so that something can be booked close by.
  const clinic = await openClinic({ visitType: { durationMinutes, intervalMinutes: 5 } });
  const patient = await makePatient(db(), { now });
  const visit: InstantVisit = {
    practitionerId: clinic.practitioner.id,
    patientId: patient.id,
    visitTypeId: clinic.visitType.id,
    origin: "now",
    locale: "en",
    timeZone: "Europe/Berlin",
    actor: { kind: "system" },
  };
  const gridded = Temporal.Instant.fromEpochMilliseconds(
    Math.ceil(now.epochMilliseconds / 300_000) * 300_000,
  );
  const bookAt = async (minutes: number) => {
    const startAt = gridded.add({ minutes });
    const booked = await bookAppointment(guestBooking(clinic, startAt), now);
    if (!booked.ok) throw new Error(booked.reason);
    return { startAt, appointmentId: booked.value.appointmentId };
  };
  return { now, clinic, patient, visit, bookAt };
}

describe("a visit that begins at once", () => {
  it("lasts as long as its type, and waits for its practitioner", async () => {
    const { now, visit } = await stage();
    const begun = await begin(visit, now);
    if (!begun.ok) throw new Error(begun.reason);
    expect(now.until(begun.value.endAt).total("minutes")).toBe(30);
    const row = await db().appointment.findUniqueOrThrow({
      where: { id: begun.value.appointmentId },
      include: { encounter: true, slot: true },
    });
    expect(row).toMatchObject({ origin: "now", status: "arrived", encounter: { status: "arrived" } });
    expect(row.slot).toMatchObject({
      status: "busy",
      startAt: toDate(now),
      endAt: toDate(begun.value.endAt),
    });
  });

  it("ends where the next one begins, and is not begun with under ten minutes left", async () => {
    const { now, visit, bookAt } = await stage();
    const { startAt } = await bookAt(15);
    expect(await instantRoom(db(), visit.practitionerId, visit.visitTypeId, now)).toMatchObject({
      minutes: now.until(startAt).total("minutes"),
    });
    const tooLate = startAt.subtract({ minutes: 9 });
    expect(await begin(visit, tooLate)).toEqual({ ok: false, reason: "too_short" });
    const begun = await begin(visit, now);
    expect(begun.ok && begun.value.endAt.equals(startAt)).toBe(true);
  });

  it("is refused while the practitioner is in another, or has one now", async () => {
    const { visit, bookAt } = await stage();
    const { startAt, appointmentId } = await bookAt(0);
    expect(await begin(visit, startAt.add({ minutes: 1 }))).toEqual({
      ok: false,
      reason: "practitioner_busy",
    });
    await db().encounter.update({
      where: { appointmentId },
      data: { status: "in_progress", startedAt: toDate(startAt) },
    });
    // Its booked time is long over, and it goes on.
    const late = startAt.add({ hours: 2 });
    expect(await begin(visit, late)).toEqual({ ok: false, reason: "practitioner_busy" });
    expect(await instantRoom(db(), visit.practitionerId, visit.visitTypeId, late)).toBeUndefined();
  });

  it("takes the rest of a visit that ended early, on either side", async () => {
    const { visit, bookAt, clinic } = await stage();
    const { startAt, appointmentId } = await bookAt(0);
    await db().appointment.update({ where: { id: appointmentId }, data: { status: "fulfilled" } });
    const soon = startAt.add({ minutes: 5 });
    const begun = await begin(visit, soon);
    expect(begun.ok).toBe(true);
    const rest = await db().slot.findUniqueOrThrow({ where: { appointmentId } });
    expect(toInstant(rest.endAt).equals(soon)).toBe(true);
    // The patient is in that one now, so no other practitioner gets them.
    const other = await openClinic();
    const again = { ...visit, practitionerId: other.practitioner.id, visitTypeId: other.visitType.id };
    expect(await begin(again, soon)).toEqual({ ok: false, reason: "patient_busy" });
    expect(await begin({ ...visit, visitTypeId: other.visitType.id }, soon.add({ hours: 3 }))).toEqual({
      ok: false,
      reason: "not_offered",
    });
    expect(clinic.visitType.id).not.toBe(other.visitType.id);
  });

  it("is begun once, of many at once with one practitioner", async () => {
    const { now, visit } = await stage();
    const patients = await Promise.all(Array.from({ length: 6 }, () => makePatient(db(), { now })));
    const results = await Promise.all(patients.map(({ id }) => begin({ ...visit, patientId: id }, now)));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    for (const result of results.filter(({ ok }) => !ok))
      expect(result).toEqual({ ok: false, reason: "practitioner_busy" });
  });

  it("needs the licence's guest seats", async () => {
    const { now, visit } = await stage();
    const seats = env().TRUECONF_GUEST_SEATS;
    env().TRUECONF_GUEST_SEATS = 1;
    try {
      expect(await begin(visit, now)).toEqual({ ok: false, reason: "no_guest_seat" });
    } finally {
      env().TRUECONF_GUEST_SEATS = seats;
    }
  });
});
