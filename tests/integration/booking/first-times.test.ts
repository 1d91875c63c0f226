import { Temporal } from "temporal-polyfill";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { AROUND_THE_CLOCK, WEEKDAYS } from "@/lib/availability/constants";
import type { WeeklyInterval } from "@/lib/availability/types";
import { findFirstTimes } from "@/lib/booking/data/first-times";
import { closeDb, db } from "@/lib/db/client";
import type { VisitType } from "@/lib/db/generated/client";
import { emptyClinic } from "@/tests/support/empty";
import {
  makeAppointment,
  makePatient,
  makePractitioner,
  makeRules,
  makeVisitType,
} from "@/tests/support/factories";

/** A Monday, 23:10 in Berlin. */
const now = Temporal.Instant.from("2026-11-23T23:10:00+01:00");
const MONDAY_MORNING: WeeklyInterval[] = [{ weekday: 1, startTime: "09:00", endTime: "11:00" }];
const TUESDAY_MORNING: WeeklyInterval[] = [{ weekday: 2, startTime: "09:00", endTime: "11:00" }];
const ALWAYS = WEEKDAYS.map((weekday) => ({ weekday, ...AROUND_THE_CLOCK }));

describe("the first times of the directory", () => {
  let visitType: VisitType;

  beforeEach(async () => {
    await emptyClinic();
    visitType = await makeVisitType(db(), { now });
  });
  afterAll(closeDb);

  async function practitionerWith(hours: WeeklyInterval[], visitTypeIds = [visitType.id]) {
    const practitioner = await makePractitioner(db(), { visitTypeIds, now });
    await makeRules(db(), practitioner.id, hours);
    return practitioner;
  }

  /** Day and time of each start, as the clocks of a zone show them. */
  async function firstTimes(practitionerId: string, timeZone = "Europe/Berlin", visitTypeId?: string) {
    const found = await findFirstTimes(db(), {
      practitionerIds: [practitionerId],
      visitTypeId,
      timeZone,
      now,
    });
    return found
      .get(practitionerId)
      ?.slots.map(({ startAt }) =>
        startAt.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: "minute" }).slice(5),
      );
  }

  it("are three of the same day where that is today or tomorrow", async () => {
    const { id } = await practitionerWith(TUESDAY_MORNING);
    expect(await firstTimes(id)).toEqual(["11-24T09:00", "11-24T09:30", "11-24T10:00"]);
  });

  it("are the first alone where it is later", async () => {
    const { id } = await practitionerWith(MONDAY_MORNING);
    expect(await firstTimes(id)).toEqual(["11-30T09:00"]);
  });

  it("end with the viewer's day", async () => {
    const { id } = await practitionerWith(ALWAYS);
    expect(await firstTimes(id)).toEqual(["11-23T23:30"]);
    expect(await firstTimes(id, "Asia/Tokyo")).toEqual(["11-24T07:30", "11-24T08:00", "11-24T08:30"]);
  });

  it("leave out what is booked", async () => {
    const practitioner = await practitionerWith(TUESDAY_MORNING);
    const patient = await makePatient(db(), { now });
    const startAt = Temporal.Instant.from("2026-11-24T09:30:00+01:00");
    await makeAppointment(db(), { practitioner, patient, visitType, startAt, now });
    expect(await firstTimes(practitioner.id)).toEqual(["11-24T09:00", "11-24T10:00", "11-24T10:30"]);
  });

  it("are of the visit type that was asked for, and missing where it is not offered", async () => {
    const other = await makeVisitType(db(), { now });
    const { id } = await practitionerWith(TUESDAY_MORNING);
    expect(await firstTimes(id, "Europe/Berlin", other.id)).toBeUndefined();
    expect(await firstTimes(id, "Europe/Berlin", visitType.id)).toHaveLength(3);
  });
});
