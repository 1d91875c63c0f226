import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { findSchedule } from "@/lib/availability/data/schedule";
import { addClosure, removeClosure } from "@/lib/availability/mutations/closures";
import { removeOverride, setOverride } from "@/lib/availability/mutations/overrides";
import { addTimeOff, removeTimeOff } from "@/lib/availability/mutations/time-off";
import { changeTimeZone } from "@/lib/availability/mutations/time-zone";
import { removeWeeklyPlan, replaceWeeklyHours } from "@/lib/availability/mutations/weekly-hours";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { emptyClinic } from "@/tests/support/empty";
import { makePractitioner } from "@/tests/support/factories";
import { now, openPractice, type Practice, signedIn } from "./keeper";

const MONDAY = "2026-11-30";
const TUESDAY = "2026-12-01";
const DONE = { ok: true, value: undefined };

describe("a schedule", () => {
  let practice: Practice;
  let of: { practitionerId: string };
  let self: ReturnType<typeof signedIn>;
  beforeEach(async () => {
    practice = await openPractice();
    of = { practitionerId: practice.practitionerId };
    self = signedIn("practitioner", practice.practitionerId);
  });
  afterAll(closeDb);

  const events = () =>
    db().auditEvent.findMany({
      where: { actorPseudonym: self.pseudonym },
      orderBy: { occurredAt: "asc" },
      select: { action: true, details: true, entityId: true },
    });

  it("changes on a date, and until the day before one that follows it", async () => {
    const hours = [{ weekday: 2 as const, startTime: "14:00", endTime: "15:00" }];
    const plan = { ...of, hours, validFrom: TUESDAY, validTo: TUESDAY };
    expect(await replaceWeeklyHours(plan, self, now)).toEqual(DONE);
    expect(await practice.free(TUESDAY)).toEqual(["14:00"]);
    expect(await practice.free(MONDAY)).toEqual(["09:00", "10:00"]);
    expect(await practice.free("2026-12-08")).toEqual(["09:00", "10:00"]);
    const kept = await findSchedule(db(), of.practitionerId, now);
    expect(kept?.plans.map(({ from, to }) => [from, to])).toEqual([
      [null, MONDAY],
      [TUESDAY, TUESDAY],
      ["2026-12-02", null],
    ]);
    expect(await removeWeeklyPlan({ ...of, validFrom: TUESDAY }, self, now)).toEqual(DONE);
    expect(await practice.free(TUESDAY)).toEqual(["09:00", "10:00"]);
    expect(await removeWeeklyPlan({ ...of, validFrom: TUESDAY }, self, now)).toMatchObject({
      reason: "not_found",
    });
  });

  it("has other hours on a special day, or none, until that is taken back", async () => {
    const open = { ...of, date: MONDAY, intervals: [{ startTime: "17:00", endTime: "19:00" }] };
    expect(await setOverride(open, self, now)).toEqual(DONE);
    expect(await practice.free(MONDAY)).toEqual(["17:00", "18:00"]);
    expect(await setOverride({ ...open, intervals: [] }, self, now)).toEqual(DONE);
    expect(await practice.free(MONDAY)).toEqual([]);
    expect(await db().availabilityOverride.count()).toBe(1);
    expect(await removeOverride({ ...of, date: MONDAY }, self, now)).toEqual(DONE);
    expect(await practice.free(MONDAY)).toEqual(["09:00", "10:00"]);
    expect((await events()).map(({ action }) => action)).toEqual([
      "practitioner.override_changed",
      "practitioner.override_changed",
      "practitioner.override_removed",
    ]);
    expect(await setOverride({ ...open, date: "2026-11-22" }, self, now)).toMatchObject({ reason: "past" });
  });

  it("offers nothing during time off, to the hour", async () => {
    const away = { startOn: MONDAY, startTime: "10:00", endOn: TUESDAY, endTime: "10:00" };
    expect(await addTimeOff({ ...of, ...away }, self, now)).toEqual(DONE);
    expect(await practice.free(MONDAY)).toEqual(["09:00"]);
    expect(await practice.free(TUESDAY)).toEqual(["10:00"]);
    const { id: timeOffId } = await db().timeOff.findFirstOrThrow();
    const other = await makePractitioner(db(), { now });
    expect(
      await removeTimeOff({ practitionerId: other.id, timeOffId }, signedIn("administrator"), now),
    ).toMatchObject({ reason: "not_found" });
    expect(await removeTimeOff({ ...of, timeOffId }, self, now)).toEqual(DONE);
    expect(await practice.free(MONDAY)).toEqual(["09:00", "10:00"]);
  });

  it("moves with the practitioner's zone", async () => {
    expect(await changeTimeZone({ ...of, timeZone: "Europe/London" }, self, now)).toEqual(DONE);
    expect(await practice.free(MONDAY)).toEqual(["10:00", "11:00"]);
    expect(await events()).toMatchObject([
      { action: "practitioner.changed", details: { fields: ["timeZone"] }, entityId: of.practitionerId },
    ]);
  });

  it("gives way to the clinic's closures", async () => {
    const admin = signedIn("administrator");
    const days = { title: "Move of the clinic", startOn: MONDAY, endOn: TUESDAY };
    expect(await addClosure(days, self, now)).toMatchObject({ reason: "not_found" });
    expect(await addClosure(days, admin, now)).toEqual(DONE);
    expect(await practice.free(MONDAY)).toEqual([]);
    expect(await practice.free(TUESDAY)).toEqual([]);
    expect(await practice.free("2026-12-02")).toEqual(["09:00", "10:00"]);
    const { id: closureId } = await db().closure.findFirstOrThrow();
    expect(await removeClosure({ closureId }, self, now)).toMatchObject({ reason: "not_found" });
    expect(await removeClosure({ closureId }, admin, now)).toEqual(DONE);
    expect(await practice.free(MONDAY)).toEqual(["09:00", "10:00"]);
  });

  it("is kept by its practitioner and by administrators, and by nobody else", async () => {
    const before = await findSchedule(db(), of.practitionerId, now);
    const date = { date: MONDAY, intervals: [] };
    const away = { startOn: MONDAY, startTime: "00:00", endOn: TUESDAY, endTime: "00:00" };
    for (const stranger of [
      signedIn("practitioner", newId()),
      signedIn("patient", of.practitionerId),
      { kind: "anonymous" } as const,
      { kind: "link", appointmentId: newId(), patientPseudonym: newId() } as const,
    ]) {
      for (const refused of [
        await replaceWeeklyHours({ ...of, hours: [] }, stranger, now),
        await removeWeeklyPlan({ ...of, validFrom: MONDAY }, stranger, now),
        await setOverride({ ...of, ...date }, stranger, now),
        await removeOverride({ ...of, date: MONDAY }, stranger, now),
        await addTimeOff({ ...of, ...away }, stranger, now),
        await changeTimeZone({ ...of, timeZone: "Asia/Tokyo" }, stranger, now),
        await addClosure({ title: "Never", startOn: MONDAY, endOn: MONDAY }, stranger, now),
      ])
        expect(refused).toEqual({ ok: false, reason: "not_found" });
    }
    expect(await findSchedule(db(), of.practitionerId, now)).toEqual(before);
    expect(await db().closure.count()).toBe(0);
    expect(await setOverride({ ...of, ...date }, signedIn("administrator"), now)).toEqual(DONE);
  });

  it("of somebody who is not there is not found", async () => {
    await emptyClinic();
    const admin = signedIn("administrator");
    expect(await setOverride({ ...of, date: MONDAY, intervals: [] }, admin, now)).toMatchObject({
      reason: "not_found",
    });
    expect(
      await replaceWeeklyHours({ practitionerId: "'; DROP TABLE slot; --", hours: [] }, admin, now),
    ).toMatchObject({ reason: "not_found" });
  });
});
