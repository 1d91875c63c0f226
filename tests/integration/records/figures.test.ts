import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { unsafeListFigures } from "@/lib/admin/data/clinic";
import { db } from "@/lib/db/client";
import { toDate } from "@/lib/time/instant";
import { makeAppointment, makePatient } from "@/tests/support/factories";
import { minuteNow, openClinic } from "../booking/clinic";

const now = minuteNow();
/** A year in which nobody else has visits; the 3rd is a Monday. */
const at = (text: string) => Temporal.Instant.from(`2033-01-${text}:00Z`);
const PERIOD = { from: at("01T00:00"), to: at("31T00:00") };

describe("the clinic's figures", () => {
  it("count visits, missed ones, waits and answers by week, on the clinic's clock", async () => {
    const { practitioner, visitType } = await openClinic();
    const patient = await makePatient(db(), { now });
    const visit = async (
      startAt: Temporal.Instant,
      status: "fulfilled" | "noshow" | "cancelled",
      feedback?: { quality: number; problems: string[] },
    ) => {
      const { id } = await makeAppointment(db(), { now, practitioner, patient, visitType, startAt, status });
      const encounter = await db().encounter.findUniqueOrThrow({ where: { appointmentId: id } });
      if (feedback)
        await db().visitFeedback.create({
          data: { encounterId: encounter.id, ...feedback, createdAt: toDate(now) },
        });
      return encounter.id;
    };
    const slow = await visit(at("04T10:00"), "fulfilled", { quality: 2, problems: ["no_sound", "dropped"] });
    await db().encounter.update({
      where: { id: slow },
      data: { arrivedAt: toDate(at("04T10:02")), startedAt: toDate(at("04T10:12")) },
    });
    const early = await visit(at("05T10:00"), "fulfilled", { quality: 5, problems: [] });
    await db().encounter.update({
      where: { id: early },
      data: { arrivedAt: toDate(at("05T09:50")), startedAt: toDate(at("05T09:55")) },
    });
    await visit(at("06T10:00"), "noshow");
    await visit(at("07T10:00"), "cancelled");
    // Sunday evening in UTC is Monday in Berlin.
    await visit(at("09T23:30"), "fulfilled", { quality: 3, problems: ["no_sound"] });

    expect(await unsafeListFigures(db(), PERIOD, "Europe/Berlin")).toEqual([
      {
        week: "2033-01-10",
        visits: 1,
        missed: 0,
        cancelled: 0,
        waitMinutes: 1,
        answers: 1,
        quality: 3,
        qualities: [0, 0, 1, 0, 0],
        problems: { no_sound: 1 },
      },
      {
        week: "2033-01-03",
        visits: 2,
        missed: 1,
        cancelled: 1,
        waitMinutes: 5,
        answers: 2,
        quality: 3.5,
        qualities: [0, 1, 0, 0, 1],
        problems: { no_sound: 1, dropped: 1 },
      },
    ]);
  });
});
