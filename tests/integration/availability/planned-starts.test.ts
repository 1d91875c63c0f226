import { Temporal } from "temporal-polyfill";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { findPlannedStarts } from "@/lib/availability/data/planned-starts";
import { findFreeSlots } from "@/lib/availability/data/slots";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { toDate } from "@/lib/time/instant";
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
const week = { from: at("00:00"), to: at("00:00").add({ hours: 7 * 24 }), now };

describe("planned starts", () => {
  beforeEach(emptyClinic);
  afterAll(closeDb);

  it("are there on a day that is full and on one that is too near, and not on one that is closed", async () => {
    const visitType = await makeVisitType(db(), { now, minNoticeMinutes: 24 * 60 });
    const practitioner = await makePractitioner(db(), { now, visitTypeIds: [visitType.id] });
    const patient = await makePatient(db(), { now });
    await makeRules(db(), practitioner.id, [
      { weekday: 1, startTime: "09:00", endTime: "10:00" },
      { weekday: 3, startTime: "09:00", endTime: "09:30" },
      { weekday: 4, startTime: "09:00", endTime: "10:00" },
    ]);
    const wednesday = at("09:00").add({ hours: 48 });
    await makeAppointment(db(), { practitioner, patient, visitType, startAt: wednesday, now });
    await db().closure.create({
      data: {
        id: newId(),
        title: "An invented holiday",
        startOn: new Date("2026-11-26"),
        endOn: new Date("2026-11-26"),
        createdAt: toDate(now),
      },
    });

    const asked = { practitionerId: practitioner.id, visitTypeId: visitType.id, ...week };
    expect((await findPlannedStarts(db(), asked)).map(String)).toEqual(
      [at("09:00"), at("09:30"), wednesday].map(String),
    );
    const free = await findFreeSlots(db(), { practitionerIds: [practitioner.id], ...asked });
    expect(free.get(practitioner.id)).toEqual([]);
  });

  it("are none for whom nobody knows", async () => {
    expect(await findPlannedStarts(db(), { practitionerId: newId(), visitTypeId: newId(), ...week })).toEqual(
      [],
    );
  });
});
