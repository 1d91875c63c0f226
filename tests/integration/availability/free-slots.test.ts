import { Temporal } from "temporal-polyfill";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { listWeeklyHours } from "@/lib/availability/data/hours";
import { offerRefusal } from "@/lib/availability/data/offer";
import { findFreeSlots, findNextFree } from "@/lib/availability/data/slots";
import { replaceWeeklyHours } from "@/lib/availability/mutations/weekly-hours";
import type { WeeklyInterval } from "@/lib/availability/types";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import type { Patient, Practitioner, VisitType } from "@/lib/db/generated/client";
import { toDate } from "@/lib/time/instant";
import { countStatements } from "@/tests/support/counting-db";
import { emptyClinic } from "@/tests/support/empty";
import {
  makeAppointment,
  makePatient,
  makePractitioner,
  makeRules,
  makeVisitType,
} from "@/tests/support/factories";

/** A Monday, 07:00 in Berlin. */
const now = Temporal.Instant.from("2026-11-23T07:00:00+01:00");
const at = (time: string) => Temporal.Instant.from(`2026-11-23T${time}:00+01:00`);
const day = { from: at("00:00"), to: Temporal.Instant.from("2026-11-24T00:00:00+01:00") };
const actor = { kind: "system" as const };
const MORNING: WeeklyInterval[] = [{ weekday: 1, startTime: "09:00", endTime: "11:00" }];

/** Whoever holds the time that begins then. */
const holderOf = (start: string) =>
  new Uint8Array(32).fill(Number(start.slice(0, 2)) + Number(start.slice(3)));

describe("free times", () => {
  let visitType: VisitType;
  let practitioner: Practitioner;
  let patient: Patient;

  beforeEach(async () => {
    await emptyClinic();
    visitType = await makeVisitType(db(), { now });
    practitioner = await makePractitioner(db(), { visitTypeIds: [visitType.id], now });
    patient = await makePatient(db(), { now });
    await makeRules(db(), practitioner.id, MORNING);
  });
  afterEach(() => vi.restoreAllMocks());
  afterAll(closeDb);

  /** The free starts of the day as Berlin's clocks show them. */
  async function free(
    who: Practitioner = practitioner,
    type: VisitType = visitType,
    asked: { exceptHolder?: Uint8Array; exceptAppointmentId?: string; forStaff?: boolean } = {},
  ): Promise<string[]> {
    const found = await findFreeSlots(db(), {
      practitionerIds: [who.id],
      visitTypeId: type.id,
      ...day,
      ...asked,
      now,
    });
    return (found.get(who.id) ?? []).map(({ startAt }) =>
      startAt.toZonedDateTimeISO("Europe/Berlin").toPlainTime().toString({ smallestUnit: "minute" }),
    );
  }

  it("come from the weekly hours, and change with them", async () => {
    expect(await free()).toEqual(["09:00", "09:30", "10:00", "10:30"]);
    const hours: WeeklyInterval[] = [{ weekday: 1, startTime: "14:00", endTime: "15:00" }];
    expect((await replaceWeeklyHours({ practitionerId: practitioner.id, hours }, actor, now)).ok).toBe(true);
    expect(await free()).toEqual(["14:00", "14:30"]);
    expect(await listWeeklyHours(db(), practitioner.id)).toEqual(hours);
    expect(await replaceWeeklyHours({ practitionerId: newId(), hours }, actor, now)).toEqual({
      ok: false,
      reason: "not_found",
    });
  });

  it("leave out appointments and live holds; cancelled ones and holds that ran out do not count", async () => {
    await makeAppointment(db(), { practitioner, patient, visitType, startAt: at("09:00"), now });
    await makeAppointment(db(), {
      practitioner,
      patient,
      visitType,
      startAt: at("09:30"),
      status: "cancelled",
      now,
    });
    const hold = (start: string, end: string, expires: string) => ({
      id: newId(),
      practitionerId: practitioner.id,
      visitTypeId: visitType.id,
      status: "busy_tentative" as const,
      startAt: toDate(at(start)),
      endAt: toDate(at(end)),
      visitStartAt: toDate(at(start)),
      visitEndAt: toDate(at(end)),
      seats: 2,
      holderHash: holderOf(start),
      expiresAt: toDate(at(expires)),
      createdAt: toDate(now),
    });
    await db().slot.createMany({ data: [hold("10:00", "10:30", "07:05"), hold("10:30", "11:00", "07:00")] });
    expect(await free()).toEqual(["09:30", "10:30"]);
    expect(await free(practitioner, visitType, { exceptHolder: holderOf("10:00") })).toEqual([
      "09:30",
      "10:00",
      "10:30",
    ]);
  });

  it("keep the buffers of what is booked and of what would be", async () => {
    const buffered = await makeVisitType(db(), { bufferAfterMinutes: 10, now });
    await db().practitionerVisitType.create({
      data: { practitionerId: practitioner.id, visitTypeId: buffered.id },
    });
    await makeAppointment(db(), { practitioner, patient, visitType: buffered, startAt: at("10:00"), now });
    expect(await free()).toEqual(["09:00", "09:30"]);
    expect(await free(practitioner, buffered)).toEqual(["09:00"]);
  });

  it("are none of a practitioner or a visit type that cannot be booked", async () => {
    const other = await makeVisitType(db(), { now });
    expect(await free(practitioner, other)).toEqual([]);
    await db().visitType.update({ where: { id: visitType.id }, data: { active: false } });
    expect(await free()).toEqual([]);
    await db().visitType.update({ where: { id: visitType.id }, data: { active: true } });
    await db().practitioner.update({ where: { id: practitioner.id }, data: { active: false } });
    expect(await free()).toEqual([]);
  });

  it("leave out what would take more guest seats than the licence has", async () => {
    const colleague = await makePractitioner(db(), { visitTypeIds: [visitType.id], now });
    await makeRules(db(), colleague.id, MORNING);
    const withAccount = await makePractitioner(db(), { visitTypeIds: [visitType.id], entry: "account", now });
    await makeRules(db(), withAccount.id, MORNING);
    await makeAppointment(db(), { practitioner, patient, visitType, startAt: at("09:30"), now });

    const licensed = (seats: number | undefined) => {
      const configured = env();
      configured.TRUECONF_GUEST_SEATS = seats;
    };
    const before = env().TRUECONF_GUEST_SEATS;
    try {
      licensed(3);
      expect(await free(colleague)).toEqual(["09:00", "10:00", "10:30"]);
      expect(await free(withAccount)).toEqual(["09:00", "09:30", "10:00", "10:30"]);
      licensed(1);
      expect(await free(colleague)).toEqual([]);
      expect(await free(withAccount)).toEqual(["09:00", "10:00", "10:30"]);
      licensed(undefined);
      expect(await free(colleague)).toHaveLength(4);
    } finally {
      licensed(before);
    }
  });

  it("of many are read with as many queries as of one", async () => {
    const colleague = await makePractitioner(db(), { visitTypeIds: [visitType.id], now });
    await makeRules(db(), colleague.id, MORNING);
    const asked = { visitTypeId: visitType.id, now };
    const practitionerIds = [practitioner.id, colleague.id, newId(), "no id"];
    const found = await findFreeSlots(db(), { practitionerIds, ...asked, ...day });
    expect([...found.values()].map((slots) => slots.length)).toEqual([4, 4, 0, 0]);

    const ofMany = await countStatements((counted) =>
      findFreeSlots(counted, { practitionerIds, ...asked, ...day }),
    );
    const one = { practitionerIds: [practitioner.id], ...asked };
    expect(await countStatements((counted) => findFreeSlots(counted, { ...one, ...day }))).toBe(ofMany);
    const next = (ids: readonly string[]) =>
      countStatements((counted) => findNextFree(counted, { practitionerIds: ids, now }));
    expect(await next(practitionerIds)).toBe(await next([practitioner.id]));
  });

  it("have a first one for each practitioner, whichever visit type comes first", async () => {
    const early = await makeVisitType(db(), { durationMinutes: 10, intervalMinutes: 10, now });
    const late = await makePractitioner(db(), { visitTypeIds: [visitType.id], now });
    await makeRules(db(), late.id, [{ weekday: 7, startTime: "20:00", endTime: "21:00" }]);
    const never = await makePractitioner(db(), { visitTypeIds: [visitType.id], now });
    await db().practitionerVisitType.create({
      data: { practitionerId: practitioner.id, visitTypeId: early.id },
    });
    await makeAppointment(db(), { practitioner, patient, visitType: early, startAt: at("09:00"), now });

    const practitionerIds = [practitioner.id, late.id, never.id];
    const next = await findNextFree(db(), { practitionerIds, now });
    expect(next.get(practitioner.id)).toEqual({
      startAt: at("09:10"),
      endAt: at("09:20"),
      visitTypeId: early.id,
    });
    expect(next.get(late.id)?.startAt).toEqual(Temporal.Instant.from("2026-11-29T20:00:00+01:00"));
    expect(next.has(never.id)).toBe(false);
    const ofType = await findNextFree(db(), { practitionerIds, visitTypeId: visitType.id, now });
    expect(ofType.get(practitioner.id)?.startAt).toEqual(at("09:30"));
  });

  it.each<[string, string, "not_offered" | undefined]>([
    ["a start on the grid", "09:30", undefined],
    ["a start between two", "09:15", "not_offered"],
    ["a start whose visit would end too late", "11:00", "not_offered"],
    ["a start outside the hours", "08:30", "not_offered"],
    ["a start that is taken: claims are the database's to refuse", "10:00", undefined],
  ])("%s is offered or not", async (_name, time, refusal) => {
    await makeAppointment(db(), { practitioner, patient, visitType, startAt: at("10:00"), now });
    const asked = { practitionerId: practitioner.id, visitTypeId: visitType.id, now };
    expect(await offerRefusal(db(), { ...asked, startAt: at(time) })).toBe(refusal);
  });

  it("are not offered beyond notice and horizon, nor in the past; to staff only not in the past", async () => {
    const asked = { practitionerId: practitioner.id, visitTypeId: visitType.id, startAt: at("09:30") };
    await db().visitType.update({
      where: { id: visitType.id },
      data: { minNoticeMinutes: 60, horizonDays: 7 },
    });
    const weeks = (days: number) => at("08:30").subtract({ hours: days * 24 });
    const refusal = (then: Temporal.Instant, forStaff = false) =>
      offerRefusal(db(), { ...asked, now: then, forStaff });
    expect(await refusal(at("08:30"))).toBeUndefined();
    expect(await refusal(at("08:31"))).toBe("not_offered");
    expect(await refusal(at("08:31"), true)).toBeUndefined();
    expect(await refusal(weeks(7))).toBeUndefined();
    expect(await refusal(weeks(8))).toBe("not_offered");
    expect(await refusal(weeks(8), true)).toBeUndefined();
    expect(await refusal(at("09:31"), true)).toBe("not_offered");
    expect(await offerRefusal(db(), { ...asked, visitTypeId: "no id", now })).toBe("not_offered");
  });

  it("are fewer on special days, in time off and on the clinic's closed days, and change back with them", async () => {
    const [date, next] = [
      toDate(Temporal.Instant.from("2026-11-23T00:00:00Z")),
      toDate(Temporal.Instant.from("2026-11-24T00:00:00Z")),
    ];
    const born = { practitionerId: practitioner.id, createdAt: toDate(now) };
    const away = await db().timeOff.create({
      data: { id: newId(), ...born, startOn: date, startTime: "00:00", endOn: date, endTime: "10:00" },
    });
    expect(await free()).toEqual(["10:00", "10:30"]);
    await db().timeOff.update({ where: { id: away.id }, data: { endOn: next, endTime: "00:00" } });
    expect(await free()).toEqual([]);
    await db().timeOff.delete({ where: { id: away.id } });
    const special = await db().availabilityOverride.create({
      data: {
        id: newId(),
        ...born,
        date,
        intervals: { create: { id: newId(), startTime: "15:00", endTime: "16:00" } },
      },
    });
    expect(await free()).toEqual(["15:00", "15:30"]);
    await db().overrideInterval.deleteMany({ where: { overrideId: special.id } });
    expect(await free()).toEqual([]);
    await db().availabilityOverride.delete({ where: { id: special.id } });
    await db().closure.create({
      data: { id: newId(), title: "Closed", startOn: date, endOn: date, createdAt: toDate(now) },
    });
    expect(await free()).toEqual([]);
    expect(
      await offerRefusal(db(), {
        practitionerId: practitioner.id,
        visitTypeId: visitType.id,
        startAt: at("09:30"),
        now,
      }),
    ).toBe("not_offered");
    await db().closure.deleteMany();
    expect(await free()).toHaveLength(4);
  });

  it("are none on a day that has as many visits as it may have, but for the visit that is being moved", async () => {
    await db().visitType.update({ where: { id: visitType.id }, data: { maxPerDay: 1 } });
    const { id } = await makeAppointment(db(), {
      practitioner,
      patient,
      visitType,
      startAt: at("09:00"),
      now,
    });
    const asked = { practitionerId: practitioner.id, visitTypeId: visitType.id, startAt: at("10:00"), now };
    expect(await free()).toEqual([]);
    expect(await offerRefusal(db(), asked)).toBe("day_full");
    expect(await offerRefusal(db(), { ...asked, exceptAppointmentId: id })).toBeUndefined();
    expect(await free(practitioner, visitType, { exceptAppointmentId: id })).toHaveLength(4);
  });
});
