import type { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import type { Actor, UserActor } from "@/lib/access/types";
import { bookAppointment } from "@/lib/booking/mutations/book";
import { cancelAppointment } from "@/lib/booking/mutations/cancel";
import { rescheduleAppointment } from "@/lib/booking/mutations/reschedule";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { unseal } from "@/lib/security/seal";
import { makePractitioner, makeRules } from "@/tests/support/factories";
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

const somebody = (over: Partial<UserActor>): UserActor => ({
  kind: "user",
  userId: newId(),
  sessionId: newId(),
  roles: [],
  practitionerId: undefined,
  patientId: undefined,
  pseudonym: newId(),
  ...over,
});
const administrator = somebody({ roles: ["administrator"] });
const practitionerOf = ({ practitioner }: Clinic) =>
  somebody({ roles: ["practitioner"], practitionerId: practitioner.id });

const mailsAbout = async (appointmentId: string) =>
  (await db().notification.findMany({ where: { appointmentId }, orderBy: { id: "asc" } })).map(
    ({ kind, sequence, patientId }) => `${kind} ${sequence} ${patientId ? "patient" : "staff"}`,
  );

/** The payloads that wait in a queue. */
const jobsAbout = async (queue: string, part: string) =>
  db().$queryRaw<{ data: Record<string, string> }[]>`
    SELECT "data" FROM pgboss.job WHERE "name" = ${queue} AND "data"::text LIKE ${`%${part}%`}`;

describe("moving a visit", () => {
  it("takes the new time, frees the old one, and tells everybody", async () => {
    const clinic = await openClinic();
    const { appointmentId, patient } = await booked(clinic, inHours(20));
    const before = await rowOf(appointmentId);
    const now = minuteNow();
    expect(await rescheduleAppointment({ appointmentId, startAt: inHours(30) }, patient, now)).toEqual({
      ok: true,
      value: undefined,
    });
    const after = await rowOf(appointmentId);
    expect(after).toMatchObject({
      status: "booked",
      sequence: 1,
      movedFromAt: before.startAt,
      movedAt: new Date(now.epochMilliseconds),
      startAt: new Date(inHours(30).epochMilliseconds),
    });
    expect(after.slot?.id).toBe(before.slot?.id);
    expect(after.slot?.visitStartAt).toEqual(after.startAt);
    expect(await mailsAbout(appointmentId)).toEqual(
      expect.arrayContaining(["appointment_moved 1 patient", "appointment_moved 1 staff"]),
    );
    expect(await jobsAbout("appointment.moved", appointmentId)).toHaveLength(1);
    expect((await jobsAbout("slot.freed", clinic.practitioner.id)).map(({ data }) => data)).toEqual([
      {
        practitionerId: clinic.practitioner.id,
        startAt: before.slot?.startAt.toISOString(),
        endAt: before.slot?.endAt.toISOString(),
      },
    ]);
    expect(
      await db().auditEvent.count({ where: { entityId: appointmentId, action: "appointment.moved" } }),
    ).toBe(1);
    // The old time can be had by somebody else.
    await booked(clinic, inHours(20));
  });

  it("by a quarter of an hour does not collide with itself, and the same move twice changes nothing", async () => {
    const clinic = await openClinic({ visitType: { durationMinutes: 30, intervalMinutes: 15 } });
    const { appointmentId, patient } = await booked(clinic, inHours(20));
    const startAt = inHours(20).add({ minutes: 15 });
    for (const _time of [1, 2])
      expect((await rescheduleAppointment({ appointmentId, startAt }, patient, minuteNow())).ok).toBe(true);
    expect((await rowOf(appointmentId)).sequence).toBe(1);
  });

  it("keeps the old time unless the new one is won", async () => {
    const clinic = await openClinic();
    const other = await booked(clinic, inHours(30));
    const { appointmentId, patient } = await booked(clinic, inHours(20));
    const move = { appointmentId, startAt: inHours(30) };
    expect(await rescheduleAppointment(move, patient, minuteNow())).toEqual({
      ok: false,
      reason: "slot_taken",
    });
    expect(await rowOf(appointmentId)).toMatchObject({
      sequence: 0,
      movedAt: null,
      startAt: new Date(inHours(20).epochMilliseconds),
    });
    await cancelAppointment({ appointmentId: other.appointmentId, reason: "" }, other.patient, minuteNow());
    expect((await rescheduleAppointment(move, patient, minuteNow())).ok).toBe(true);
  });

  it("takes a patient out of the waiting room again", async () => {
    const clinic = await openClinic();
    const { appointmentId, patient } = await booked(clinic, inHours(2));
    await db().appointment.update({ where: { id: appointmentId }, data: { status: "arrived" } });
    await db().encounter.update({
      where: { appointmentId },
      data: { status: "arrived", arrivedAt: new Date(minuteNow().epochMilliseconds) },
    });
    expect(
      (await rescheduleAppointment({ appointmentId, startAt: inHours(30) }, patient, minuteNow())).ok,
    ).toBe(true);
    expect(await rowOf(appointmentId)).toMatchObject({
      status: "booked",
      encounter: { status: "planned", arrivedAt: null },
    });
  });

  it("refuses off the grid, in the past, beyond the horizon, and to patients near the start", async () => {
    const clinic = await openClinic({ visitType: { changeNoticeMinutes: 24 * 60, horizonDays: 30 } });
    const late = await booked(clinic, inHours(20));
    const early = await booked(clinic, inHours(40));
    const move = (visit: typeof late, startAt: Temporal.Instant, actor: Actor = visit.patient) =>
      rescheduleAppointment({ appointmentId: visit.appointmentId, startAt }, actor, minuteNow());
    const refused = (reason: string) => ({ ok: false, reason });
    expect(await move(late, inHours(30))).toEqual(refused("too_late"));
    expect(await move(early, inHours(30).add({ minutes: 1 }))).toEqual(refused("not_offered"));
    expect(await move(early, inHours(-5))).toEqual(refused("not_offered"));
    expect(await move(early, inHours(24 * 60))).toEqual(refused("not_offered"));
    expect((await move(late, inHours(31), administrator)).ok).toBe(true);
    expect((await move(early, inHours(30))).ok).toBe(true);
  });

  it("is nobody else's", async () => {
    const clinic = await openClinic();
    const { appointmentId } = await booked(clinic, inHours(20));
    const other = await booked(clinic, inHours(22));
    const strangers: Actor[] = [
      { kind: "anonymous" },
      other.patient,
      somebody({ roles: ["patient"], patientId: newId() }),
      practitionerOf(await openClinic()),
    ];
    for (const actor of strangers) {
      const move = { appointmentId, startAt: inHours(30) };
      expect(await rescheduleAppointment(move, actor, minuteNow())).toEqual({
        ok: false,
        reason: "not_found",
      });
      expect(await cancelAppointment({ appointmentId, reason: "x" }, actor, minuteNow())).toEqual({
        ok: false,
        reason: "not_found",
      });
    }
    for (const id of ["nonsense", newId(), ""])
      expect(
        await rescheduleAppointment({ appointmentId: id, startAt: inHours(30) }, administrator, minuteNow()),
      ).toEqual({ ok: false, reason: "not_found" });
  });
});

describe("giving a visit to a colleague", () => {
  async function withColleague(entry: "guest" | "account" = "guest") {
    const clinic = await openClinic();
    const colleague = await makePractitioner(db(), {
      now: minuteNow(),
      timeZone: "UTC",
      visitTypeIds: [clinic.visitType.id],
      entry,
    });
    await makeRules(db(), colleague.id);
    return { clinic, colleague };
  }

  it("moves claim, encounter and seats, and tells the former one that it is cancelled", async () => {
    const { clinic, colleague } = await withColleague("account");
    const startAt = inHours(20);
    const { appointmentId, patient } = await booked(clinic, startAt);
    const move = { appointmentId, startAt, practitionerId: colleague.id };
    expect(await rescheduleAppointment(move, patient, minuteNow())).toEqual({
      ok: false,
      reason: "not_offered",
    });
    expect((await rescheduleAppointment(move, practitionerOf(clinic), minuteNow())).ok).toBe(true);
    expect(await rowOf(appointmentId)).toMatchObject({
      practitionerId: colleague.id,
      slot: { practitionerId: colleague.id, seats: 1 },
      encounter: { entry: "account" },
    });
    const staff = await db().notification.findMany({
      where: { appointmentId, sequence: 1, userId: { not: null } },
      select: { kind: true, userId: true },
    });
    expect(staff).toHaveLength(2);
    expect(staff).toEqual(
      expect.arrayContaining([
        { kind: "appointment_cancelled", userId: clinic.practitioner.userId },
        { kind: "booking_received", userId: colleague.userId },
      ]),
    );
  });

  it("of two visits given to one time, one gets it and the other keeps its own", async () => {
    const { clinic, colleague } = await withColleague();
    const visits = [await booked(clinic, inHours(20)), await booked(clinic, inHours(22))];
    const results = await Promise.all(
      visits.map(({ appointmentId }) =>
        rescheduleAppointment(
          { appointmentId, startAt: inHours(30), practitionerId: colleague.id },
          administrator,
          minuteNow(),
        ),
      ),
    );
    expect(results.map((result) => (result.ok ? "ok" : result.reason)).toSorted()).toEqual([
      "ok",
      "slot_taken",
    ]);
    expect(await db().slot.count({ where: { practitionerId: colleague.id } })).toBe(1);
    expect(await db().slot.count({ where: { practitionerId: clinic.practitioner.id } })).toBe(1);
  });

  it("back and forth at once ends with one practitioner, one claim and no deadlock", async () => {
    const { clinic, colleague } = await withColleague();
    const { appointmentId } = await booked(clinic, inHours(20));
    const to = (practitionerId: string, hours: number) =>
      rescheduleAppointment(
        { appointmentId, startAt: inHours(hours), practitionerId },
        administrator,
        minuteNow(),
      );
    const results = await Promise.all([
      to(colleague.id, 30),
      to(clinic.practitioner.id, 31),
      to(colleague.id, 32),
      to(clinic.practitioner.id, 33),
    ]);
    expect(results.every(({ ok }) => ok)).toBe(true);
    const row = await rowOf(appointmentId);
    expect(row.sequence).toBe(4);
    expect(row.slot).toMatchObject({ practitionerId: row.practitionerId, visitStartAt: row.startAt });
  });
});

describe("a move on top of another visit", () => {
  it("needs staff and a written reason, which is kept sealed", async () => {
    const clinic = await openClinic();
    await booked(clinic, inHours(30));
    const { appointmentId, patient } = await booked(clinic, inHours(20));
    const move = { appointmentId, startAt: inHours(30), overbookReason: "An invented reason" };
    expect(await rescheduleAppointment(move, patient, minuteNow())).toEqual({
      ok: false,
      reason: "slot_taken",
    });
    expect((await rescheduleAppointment(move, practitionerOf(clinic), minuteNow())).ok).toBe(true);
    const row = await rowOf(appointmentId);
    expect(row.slot?.overbooked).toBe(true);
    const [keyId, sealed] = [row.overbookReasonKeyId ?? "", row.overbookReasonSealed ?? new Uint8Array()];
    expect(unseal({ keyId, sealed }, `appointment.overbook:${appointmentId}`)).toBe("An invented reason");

    // Nothing else gets under it, and elsewhere it is a visit like any other.
    const third = await booked(clinic, inHours(34));
    const under = { appointmentId: third.appointmentId, startAt: inHours(30) };
    expect(await rescheduleAppointment(under, third.patient, minuteNow())).toMatchObject({ ok: false });
    await rescheduleAppointment({ appointmentId, startAt: inHours(40) }, patient, minuteNow());
    expect(await rowOf(appointmentId)).toMatchObject({
      slot: { overbooked: false },
      overbookReasonSealed: null,
    });
  });

  it("is not put onto a colleague's day by a practitioner", async () => {
    const [clinic, other] = [await openClinic(), await openClinic()];
    await db().practitionerVisitType.create({
      data: { practitionerId: other.practitioner.id, visitTypeId: clinic.visitType.id },
    });
    const { appointmentId } = await booked(clinic, inHours(20));
    const move = {
      appointmentId,
      startAt: inHours(30),
      practitionerId: other.practitioner.id,
      overbookReason: "An invented reason",
    };
    expect(await rescheduleAppointment(move, practitionerOf(clinic), minuteNow())).toEqual({
      ok: false,
      reason: "not_offered",
    });
    expect((await rescheduleAppointment(move, administrator, minuteNow())).ok).toBe(true);
    expect((await rowOf(appointmentId)).slot?.overbooked).toBe(false);
  });
});

describe("guest seats", () => {
  it("are counted without the visit's own at its old time", async () => {
    const clinic = await openClinic({ visitType: { durationMinutes: 30, intervalMinutes: 15 } });
    const { appointmentId, patient } = await booked(clinic, inHours(20));
    const startAt = inHours(20).add({ minutes: 15 });
    expect((await rescheduleAppointment({ appointmentId, startAt }, patient, minuteNow())).ok).toBe(true);
    expect((await rowOf(appointmentId)).slot?.seats).toBe(2);
  });
});
