import { Temporal } from "temporal-polyfill";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { findFreeSlots } from "@/lib/availability/data/slots";
import { listClosureTitles, listObstacles, whyNotOffered } from "@/lib/availability/data/why-not";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import type { Practitioner, VisitType } from "@/lib/db/generated/client";
import { toDate } from "@/lib/time/instant";
import { dateIn } from "@/lib/time/zones";
import { emptyClinic } from "@/tests/support/empty";
import {
  makeAppointment,
  makePatient,
  makePractitioner,
  makeRules,
  makeVisitType,
} from "@/tests/support/factories";

/** A Monday, 08:00 in Berlin. */
const now = Temporal.Instant.from("2026-11-23T08:00:00+01:00");
const at = (day: number, time: string) => Temporal.Instant.from(`2026-11-${day}T${time}:00+01:00`);
const civil = (date: string) => toDate(Temporal.Instant.from(`${date}T00:00:00Z`));

describe("why a start is not offered", () => {
  let visitType: VisitType;
  let practitioner: Practitioner;
  const configured = env().TRUECONF_GUEST_SEATS;

  /** A week with one of everything that can stand against a start. */
  beforeEach(async () => {
    await emptyClinic();
    const born = { now };
    visitType = await makeVisitType(db(), {
      ...born,
      minNoticeMinutes: 90,
      horizonDays: 10,
      bufferAfterMinutes: 10,
      maxPerDay: 2,
    });
    practitioner = await makePractitioner(db(), { visitTypeIds: [visitType.id], ...born });
    await makeRules(
      db(),
      practitioner.id,
      ([1, 2, 3, 4, 5] as const).map((weekday) => ({ weekday, startTime: "09:00", endTime: "12:00" })),
    );
    await db().availabilityOverride.create({
      data: {
        id: newId(),
        practitionerId: practitioner.id,
        date: civil("2026-11-24"),
        createdAt: toDate(now),
        intervals: { create: { id: newId(), startTime: "14:00", endTime: "16:00" } },
      },
    });
    await db().timeOff.create({
      data: {
        id: newId(),
        practitionerId: practitioner.id,
        startOn: civil("2026-11-25"),
        startTime: "09:00",
        endOn: civil("2026-11-25"),
        endTime: "10:00",
        createdAt: toDate(now),
      },
    });
    await db().closure.create({
      data: {
        id: newId(),
        title: "Staff outing",
        startOn: civil("2026-11-26"),
        endOn: civil("2026-11-26"),
        createdAt: toDate(now),
      },
    });
    const patient = await makePatient(db(), born);
    for (const startAt of [at(27, "09:00"), at(27, "10:00"), at(25, "10:30")])
      await makeAppointment(db(), { practitioner, patient, visitType, startAt, now });
    // A colleague's visit takes the last guest seats.
    env().TRUECONF_GUEST_SEATS = 3;
    const colleague = await makePractitioner(db(), { visitTypeIds: [visitType.id], ...born });
    const another = await makePatient(db(), born);
    await makeAppointment(db(), {
      practitioner: colleague,
      patient: another,
      visitType,
      startAt: at(23, "11:00"),
      now,
    });
  });
  afterAll(async () => {
    env().TRUECONF_GUEST_SEATS = configured;
    await closeDb();
  });

  const why = (instant: Temporal.Instant, ofType = visitType, who = practitioner) =>
    whyNotOffered(db(), { practitionerId: who.id, visitTypeId: ofType.id, at: instant, now });

  it.each<[string, Temporal.Instant, string[]]>([
    ["a free start", at(23, "10:00"), []],
    ["the past", at(23, "07:00"), ["past", "outside_hours"]],
    ["short notice", at(23, "09:00"), ["too_soon"]],
    ["a day beyond the horizon", Temporal.Instant.from("2026-12-04T09:00:00+01:00"), ["beyond_horizon"]],
    ["a start between two", at(23, "10:10"), ["off_grid"]],
    ["an evening", at(23, "20:00"), ["outside_hours"]],
    ["a special day", at(24, "10:00"), ["override"]],
    ["time off", at(25, "09:30"), ["time_off"]],
    ["a taken time, whose visit takes its seats as well", at(25, "10:30"), ["busy", "no_guest_seat"]],
    ["a time whose buffer meets a visit", at(25, "10:00"), ["buffer"]],
    ["a closed day", at(26, "09:00"), ["closure"]],
    ["a full day", at(27, "11:00"), ["day_full"]],
    ["a time without a guest seat", at(23, "11:00"), ["no_guest_seat"]],
  ])("is told of %s", async (_name, instant, reasons) => {
    expect(await why(instant)).toEqual(reasons);
  });

  it("agrees with what is offered at every instant of the week", async () => {
    const from = at(23, "00:00");
    const to = from.add({ hours: 12 * 24 });
    const asked = { practitionerIds: [practitioner.id], visitTypeId: visitType.id, from, to, now };
    const free = (await findFreeSlots(db(), asked)).get(practitioner.id) ?? [];
    const offered = new Set(free.map(({ startAt }) => startAt.epochMilliseconds));
    expect(offered.size).toBeGreaterThan(10);
    const wrong: string[] = [];
    for (
      let instant = from;
      Temporal.Instant.compare(instant, to) < 0;
      instant = instant.add({ minutes: 30 })
    ) {
      const reasons = await why(instant);
      if ((reasons.length === 0) !== offered.has(instant.epochMilliseconds))
        wrong.push(`${instant}: ${reasons.join()}`);
    }
    expect(wrong).toEqual([]);
  });

  it("is that they cannot be booked at all, of who or what is not active or not offered", async () => {
    const other = await makeVisitType(db(), { now });
    expect(await why(at(23, "10:00"), other)).toEqual(["visit_type_not_given"]);
    await db().visitType.update({ where: { id: other.id }, data: { active: false } });
    expect(await why(at(23, "10:00"), other)).toEqual(["visit_type_inactive"]);
    await db().practitioner.update({ where: { id: practitioner.id }, data: { active: false } });
    expect(await why(at(23, "10:00"))).toEqual(["practitioner_inactive"]);
  });

  it("names what is in the way", async () => {
    const start = { practitionerId: practitioner.id, visitTypeId: visitType.id, now };
    expect(await listObstacles(db(), { ...start, at: at(25, "10:00") })).toMatchObject([
      { kind: "visit", start: at(25, "10:30"), end: at(25, "11:00") },
    ]);
    expect(await listObstacles(db(), { ...start, at: at(23, "10:00") })).toEqual([]);
    expect(await listClosureTitles(db(), dateIn(at(26, "09:00"), "Europe/Berlin"))).toEqual(["Staff outing"]);
  });
});
