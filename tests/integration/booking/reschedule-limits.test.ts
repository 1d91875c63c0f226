import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import type { Actor } from "@/lib/access/types";
import { bookAppointment } from "@/lib/booking/mutations/book";
import { cancelAppointment } from "@/lib/booking/mutations/cancel";
import { rescheduleAppointment } from "@/lib/booking/mutations/reschedule";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { guestBooking, inHours, minuteNow, openClinic } from "./clinic";

// Read at the first use, which is below.
process.env.TRUECONF_GUEST_SEATS = "3";

type Clinic = Awaited<ReturnType<typeof openClinic>>;

async function booked(clinic: Clinic, startAt: Temporal.Instant) {
  const result = await bookAppointment(guestBooking(clinic, startAt), minuteNow());
  if (!result.ok) throw new Error(result.reason);
  const { appointmentId } = result.value;
  const actor: Actor = { kind: "link", appointmentId, patientPseudonym: newId() };
  return {
    appointmentId,
    moveTo: (to: Temporal.Instant) =>
      rescheduleAppointment({ appointmentId, startAt: to }, actor, minuteNow()),
    cancel: () => cancelAppointment({ appointmentId, reason: "" }, actor, minuteNow()),
  };
}

const TODAY = Temporal.Now.plainDateISO("UTC");

/** Noon of a day, in the zone of these practitioners. */
const noon = (days: number) =>
  TODAY.add({ days }).toZonedDateTime({ timeZone: "UTC", plainTime: "12:00" }).toInstant();

describe("a move to where a licence for three guests", () => {
  it("has no seat is refused; where only the visit itself takes them it is not", async () => {
    const [one, other] = [
      await openClinic({ visitType: { durationMinutes: 30, intervalMinutes: 15 } }),
      await openClinic(),
    ];
    const visit = await booked(one, noon(2));
    const inTheWay = await booked(other, noon(3));
    expect(await visit.moveTo(noon(3))).toEqual({ ok: false, reason: "no_guest_seat" });
    expect((await visit.moveTo(noon(2).add({ minutes: 15 }))).ok).toBe(true);
    await inTheWay.cancel();
    expect((await visit.moveTo(noon(3))).ok).toBe(true);
  });

  it("has one for one of two, lets one of two at once in", async () => {
    const clinics = [await openClinic(), await openClinic()];
    const [first, second] = clinics as [Clinic, Clinic];
    const visits = [await booked(first, noon(4)), await booked(second, noon(5))];
    const results = await Promise.all(visits.map((visit) => visit.moveTo(noon(6))));
    expect(results.map((result) => (result.ok ? "ok" : result.reason)).toSorted()).toEqual([
      "no_guest_seat",
      "ok",
    ]);
  });
});

describe("a limit of one visit a day", () => {
  it("lets a visit move within its day, and not onto a day that has one", async () => {
    const clinic = await openClinic({ visitType: { maxPerDay: 1 } });
    const visit = await booked(clinic, noon(8));
    await booked(clinic, noon(9));
    expect((await visit.moveTo(noon(8).add({ hours: 2 }))).ok).toBe(true);
    expect(await visit.moveTo(noon(9).add({ hours: 2 }))).toEqual({ ok: false, reason: "day_full" });
    expect((await visit.moveTo(noon(10))).ok).toBe(true);
  });

  it("of two visits moved onto one day at once takes one", async () => {
    const clinic = await openClinic({ visitType: { maxPerDay: 1 } });
    const visits = [await booked(clinic, noon(11)), await booked(clinic, noon(12))];
    const results = await Promise.all(
      visits.map((visit, index) => visit.moveTo(noon(13).add({ hours: index }))),
    );
    expect(results.map((result) => (result.ok ? "ok" : result.reason)).toSorted()).toEqual([
      "day_full",
      "ok",
    ]);
  });
});

describe("moves, bookings and cancellations in a heap", () => {
  it("leave every claim with its appointment, at its time, and none twice", async () => {
    const clinic = await openClinic({ visitType: { durationMinutes: 30, intervalMinutes: 15 } });
    const startAt = inHours(24 * 20);
    const visits = await Promise.all(
      [0, 1, 2, 3].map((place) => booked(clinic, startAt.add({ minutes: place * 30 }))),
    );
    const quarters = [1, 3, 5, 7, 2, 4, 6, 0, 8, 9];
    const results = await Promise.all([
      ...quarters.map((quarter, index) =>
        visits[index % visits.length]?.moveTo(startAt.add({ minutes: quarter * 15 })),
      ),
      visits[2]?.cancel(),
      bookAppointment(guestBooking(clinic, startAt.add({ minutes: 30 })), minuteNow()),
    ]);
    for (const result of results)
      expect(["slot_taken", "not_changeable", "no_guest_seat", undefined]).toContain(
        typeof result === "object" && !result.ok ? result.reason : undefined,
      );
    const slots = await db().slot.findMany({
      where: { practitionerId: clinic.practitioner.id },
      include: { appointment: true },
      orderBy: { startAt: "asc" },
    });
    for (const [index, slot] of slots.entries()) {
      expect(slot.appointment?.startAt).toEqual(slot.visitStartAt);
      expect(slot.appointment?.endAt).toEqual(slot.visitEndAt);
      expect(slot.appointment?.status).toBe("booked");
      const next = slots[index + 1];
      if (next) expect(slot.endAt.getTime()).toBeLessThanOrEqual(next.startAt.getTime());
    }
    const live = await db().appointment.count({
      where: { practitionerId: clinic.practitioner.id, status: { in: ["booked", "arrived"] } },
    });
    expect(live).toBe(slots.length);
  });
});
