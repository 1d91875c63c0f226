import type { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import type { Actor, UserActor } from "@/lib/access/types";
import { bookAppointment } from "@/lib/booking/mutations/book";
import { cancelAppointment } from "@/lib/booking/mutations/cancel";
import { rescheduleAppointment } from "@/lib/booking/mutations/reschedule";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { unseal } from "@/lib/security/seal";
import { guestBooking, inHours, minuteNow, openClinic } from "./clinic";

type Clinic = Awaited<ReturnType<typeof openClinic>>;

async function booked(clinic: Clinic, startAt: Temporal.Instant) {
  const result = await bookAppointment(guestBooking(clinic, startAt), minuteNow());
  if (!result.ok) throw new Error(result.reason);
  const { appointmentId } = result.value;
  const patient: Actor = { kind: "link", appointmentId, patientPseudonym: newId() };
  return { appointmentId, patient };
}
const rowOf = (id: string) =>
  db().appointment.findUniqueOrThrow({ where: { id }, include: { slot: true, encounter: true } });
const staff: UserActor = {
  kind: "user",
  userId: newId(),
  sessionId: newId(),
  roles: ["administrator"],
  practitionerId: undefined,
  patientId: undefined,
  pseudonym: newId(),
};

describe("cancelling a visit", () => {
  it("frees its time, tells everybody, and keeps the reason sealed", async () => {
    const clinic = await openClinic();
    const { appointmentId, patient } = await booked(clinic, inHours(20));
    const reason = "An invented reason";
    expect((await cancelAppointment({ appointmentId, reason }, patient, minuteNow())).ok).toBe(true);
    const row = await rowOf(appointmentId);
    expect(row).toMatchObject({
      status: "cancelled",
      cancelledBy: "patient",
      sequence: 1,
      slot: null,
      encounter: { status: "cancelled" },
    });
    const [keyId, sealed] = [row.cancelReasonKeyId ?? "", row.cancelReasonSealed ?? new Uint8Array()];
    expect(unseal({ keyId, sealed }, `appointment.cancel:${appointmentId}`)).toBe(reason);
    const mails = await db().notification.findMany({
      where: { appointmentId, kind: "appointment_cancelled" },
    });
    expect(mails.map(({ sequence, patientId }) => [sequence, patientId !== null]).toSorted()).toEqual([
      [1, false],
      [1, true],
    ]);
    const jobs = await db().$queryRaw<{ name: string }[]>`
      SELECT "name" FROM pgboss.job
      WHERE "data"->>'encounterId' = ${row.encounter?.id} OR "data"->>'practitionerId' = ${clinic.practitioner.id}`;
    expect(jobs.map(({ name }) => name).toSorted()).toEqual(["encounter.closed", "slot.freed"]);
    await booked(clinic, inHours(20));
  });

  it("cannot be undone by anything", async () => {
    const clinic = await openClinic();
    const { appointmentId, patient } = await booked(clinic, inHours(20));
    await cancelAppointment({ appointmentId, reason: "the first" }, patient, minuteNow());
    const before = await rowOf(appointmentId);
    expect((await cancelAppointment({ appointmentId, reason: "another" }, staff, minuteNow())).ok).toBe(true);
    for (const actor of [patient, staff])
      expect(
        await rescheduleAppointment({ appointmentId, startAt: inHours(30) }, actor, minuteNow()),
      ).toEqual({
        ok: false,
        reason: "not_changeable",
      });
    expect(await rowOf(appointmentId)).toEqual(before);
  });

  it("is the patient's until the limit of the visit type, and the staff's until it has begun", async () => {
    const clinic = await openClinic({ visitType: { changeNoticeMinutes: 24 * 60 } });
    const { appointmentId, patient } = await booked(clinic, inHours(20));
    const cancel = (actor: Actor, now = minuteNow()) =>
      cancelAppointment({ appointmentId, reason: "" }, actor, now);
    expect(await cancel(patient)).toEqual({ ok: false, reason: "too_late" });
    expect(await cancel(staff, inHours(48))).toEqual({ ok: false, reason: "not_changeable" });
    await db().encounter.update({
      where: { appointmentId },
      data: { status: "in_progress", startedAt: new Date(minuteNow().epochMilliseconds) },
    });
    expect(await cancel(staff)).toEqual({ ok: false, reason: "not_changeable" });
    await db().encounter.update({ where: { appointmentId }, data: { status: "planned", startedAt: null } });
    expect((await cancel(staff, inHours(20).add({ minutes: 5 }))).ok).toBe(true);
  });

  it("against a move at the same moment leaves it cancelled, with no claim on any time", async () => {
    const clinic = await openClinic();
    for (let round = 0; round < 5; round += 1) {
      const { appointmentId, patient } = await booked(clinic, inHours(20));
      const [moved, cancelled] = await Promise.all([
        rescheduleAppointment({ appointmentId, startAt: inHours(30) }, patient, minuteNow()),
        cancelAppointment({ appointmentId, reason: "" }, staff, minuteNow()),
      ]);
      expect(cancelled.ok).toBe(true);
      expect(moved.ok || moved.reason === "not_changeable").toBe(true);
      const row = await rowOf(appointmentId);
      expect(row).toMatchObject({ status: "cancelled", slot: null, sequence: moved.ok ? 2 : 1 });
    }
  });
});
