import type { Temporal } from "temporal-polyfill";
import { afterAll, describe, expect, it } from "vitest";
import { bookAppointment } from "@/lib/booking/mutations/book";
import { cancelAppointment } from "@/lib/booking/mutations/cancel";
import { queueReminders } from "@/lib/booking/mutations/remind";
import { rescheduleAppointment } from "@/lib/booking/mutations/reschedule";
import { joinWaitlist } from "@/lib/booking/mutations/waitlist";
import { offerFreedTime } from "@/lib/booking/mutations/waitlist-offers";
import { takeOffer } from "@/lib/booking/mutations/waitlist-take";
import { closeDb, db } from "@/lib/db/client";
import { dateIn } from "@/lib/time/zones";
import { guestBooking, inHours, minuteNow, openClinic } from "./clinic";

const now = minuteNow();
const SYSTEM = { kind: "system" } as const;

/** A visit, booked now, of a type that reminds a day and an hour before. */
async function book(startAt: Temporal.Instant) {
  const clinic = await openClinic();
  const booked = await bookAppointment(guestBooking(clinic, startAt), now);
  if (!booked.ok) throw new Error(booked.reason);
  return booked.value.appointmentId;
}

const reminders = async (appointmentId: string) => {
  const rows = await db().notification.findMany({
    where: { appointmentId, kind: "appointment_reminder" },
    select: { reminderMinutes: true, sequence: true },
    orderBy: { createdAt: "asc" },
  });
  return rows.map(({ reminderMinutes, sequence }) => `${reminderMinutes}/${sequence}`);
};

describe("reminders", () => {
  afterAll(closeDb);

  it("go out a day and an hour before, each once, whoever sweeps and how often", async () => {
    const startAt = inHours(48);
    const id = await book(startAt);
    await queueReminders(startAt.subtract({ minutes: 1_441 }));
    expect(await reminders(id)).toEqual([]);
    const dayBefore = startAt.subtract({ minutes: 1_440 });
    await Promise.all([queueReminders(dayBefore), queueReminders(dayBefore), queueReminders(dayBefore)]);
    await queueReminders(dayBefore.add({ minutes: 1 }));
    expect(await reminders(id)).toEqual(["1440/0"]);
    const hourBefore = startAt.subtract({ minutes: 60 });
    await Promise.all([queueReminders(hourBefore), queueReminders(hourBefore)]);
    await queueReminders(startAt.subtract({ minutes: 5 }));
    expect(await reminders(id)).toEqual(["1440/0", "60/0"]);
  });

  it("catch up after a standstill, until the next one is nearer", async () => {
    const startAt = inHours(50);
    const [late, tooLate, lastMinute] = [await book(startAt), await book(startAt), await book(startAt)];
    await queueReminders(startAt.subtract({ minutes: 800 }));
    expect(await reminders(late)).toEqual(["1440/0"]);
    await db().notification.deleteMany({ where: { appointmentId: { in: [tooLate, lastMinute] } } });
    await queueReminders(startAt.subtract({ minutes: 700 }));
    expect(await reminders(tooLate)).toEqual([]);
    await queueReminders(startAt.subtract({ minutes: 20 }));
    expect(await reminders(lastMinute)).toEqual([]);
  });

  it("say nothing that whoever has just booked knows", async () => {
    const startAt = inHours(3);
    const id = await book(startAt);
    await queueReminders(now);
    expect(await reminders(id)).toEqual([]);
    await queueReminders(startAt.subtract({ minutes: 60 }));
    expect(await reminders(id)).toEqual(["60/0"]);
  });

  it("say nothing either that whoever has just taken an offer knows", async () => {
    const clinic = await openClinic();
    const startAt = inHours(90);
    const date = dateIn(startAt, "UTC").toString();
    const joined = await joinWaitlist(
      {
        waiter: { kind: "guest", name: "Paula Beispiel", email: "paula@example.org", phone: undefined },
        waitsFor: { practitionerId: clinic.practitioner.id },
        visitTypeId: clinic.visitType.id,
        fromOn: date,
        toOn: date,
        weekdays: [],
        fromTime: "00:00",
        toTime: "00:00",
        timeZone: "UTC",
        locale: "en",
        address: undefined,
      },
      now,
    );
    if (!joined.ok || !joined.value.token) throw new Error("did not join");
    const period = { start: startAt, end: startAt.add({ minutes: 30 }) };
    await offerFreedTime(
      { practitionerId: clinic.practitioner.id, period },
      startAt.subtract({ minutes: 1_450 }),
    );
    const takenAt = startAt.subtract({ minutes: 1_430 });
    const key = { token: joined.value.token };
    const taken = await takeOffer({ key, answers: {}, consentTextIds: [] }, takenAt);
    if (!taken.ok) throw new Error(taken.reason);
    await queueReminders(takenAt.add({ minutes: 1 }));
    expect(await reminders(taken.value.appointmentId)).toEqual([]);
    await queueReminders(startAt.subtract({ minutes: 60 }));
    expect(await reminders(taken.value.appointmentId)).toEqual(["60/0"]);
  });

  it("follow a visit that is moved, and forget one that is cancelled", async () => {
    const [startAt, later] = [inHours(48), inHours(80)];
    const [moved, cancelled] = [await book(startAt), await book(startAt)];
    expect(await rescheduleAppointment({ appointmentId: moved, startAt: later }, SYSTEM, now)).toMatchObject({
      ok: true,
    });
    await cancelAppointment({ appointmentId: cancelled, reason: "" }, SYSTEM, now);
    await queueReminders(startAt.subtract({ minutes: 60 }));
    expect([await reminders(moved), await reminders(cancelled)]).toEqual([[], []]);
    await queueReminders(later.subtract({ minutes: 60 }));
    expect(await reminders(moved)).toEqual(["60/1"]);
  });
});
