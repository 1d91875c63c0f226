import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { cancelAppointment } from "@/lib/booking/mutations/cancel";
import { rescheduleAppointment } from "@/lib/booking/mutations/reschedule";
import { db } from "@/lib/db/client";
import { closeEndedConference, followMovedVisit } from "@/lib/visits/jobs";
import { openConference } from "@/lib/visits/mutations/open-conference";
import { startVisit } from "@/lib/visits/mutations/start";
import { sweepConferences } from "@/lib/visits/mutations/sweep";
import { makePractitioner, makeRules } from "@/tests/support/factories";
import { inHours, minuteNow } from "../booking/clinic";
import { bookedVisit, control, openStage, requestsOf, soon } from "./stage";

let sandbox: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => {
  sandbox = await openStage();
});
afterAll(() => sandbox.stop());
afterEach(() => control(sandbox, "POST", "reset"));

const conferenceOf = (encounterId: string) => db().conference.findUniqueOrThrow({ where: { encounterId } });
const onServer = () => sandbox.state.conferences.list();
/** When the conferences on the server begin, in seconds since 1970. */
const startTimes = () => onServer().map(({ schedule }) => "start_time" in schedule && schedule.start_time);
const seconds = (hours: number) => inHours(hours).epochMilliseconds / 1000;

/** A visit in twenty hours with an open conference, moved to an hour later; its conference does not know yet. */
async function movedVisit() {
  const visit = await bookedVisit(inHours(20), minuteNow());
  await openConference(visit.appointmentId, minuteNow());
  const move = { appointmentId: visit.appointmentId, startAt: inHours(21) };
  expect(await rescheduleAppointment(move, visit.patient, minuteNow())).toMatchObject({ ok: true });
  return visit;
}

describe("the conference of a moved visit", () => {
  it("follows under the same id", async () => {
    const visit = await movedVisit();
    const before = await conferenceOf(visit.encounterId);
    await requestsOf(sandbox);
    await followMovedVisit({ appointmentId: visit.appointmentId });
    expect(await requestsOf(sandbox)).toEqual([
      "GET /conferences/{id}",
      "PUT /conferences/{id}",
      "GET /conferences/{id}/calendars",
    ]);
    expect(startTimes()).toEqual([seconds(21)]);
    await followMovedVisit({ appointmentId: visit.appointmentId });
    const after = await conferenceOf(visit.encounterId);
    expect(after.trueconfId).toBe(before.trueconfId);
    expect(after.calendarGoogle).not.toBe(before.calendarGoogle);
    expect(onServer()).toHaveLength(1);
  });

  it("is made for the new time if it was not there yet", async () => {
    const visit = await bookedVisit(inHours(20), minuteNow());
    const move = { appointmentId: visit.appointmentId, startAt: inHours(22) };
    await rescheduleAppointment(move, visit.patient, minuteNow());
    await followMovedVisit({ appointmentId: visit.appointmentId });
    expect(startTimes()).toEqual([seconds(22)]);
  });

  it("goes where the visit is now, however often it moved meanwhile", async () => {
    const visit = await movedVisit();
    const back = { appointmentId: visit.appointmentId, startAt: inHours(23) };
    await rescheduleAppointment(back, visit.patient, minuteNow());
    await Promise.all([1, 2].map(() => followMovedVisit({ appointmentId: visit.appointmentId })));
    expect(startTimes()).toEqual([seconds(23)]);
  });

  it("is another one where somebody deleted it on the server", async () => {
    const visit = await movedVisit();
    const before = await conferenceOf(visit.encounterId);
    sandbox.state.conferences.clear();
    await followMovedVisit({ appointmentId: visit.appointmentId });
    expect(startTimes()).toEqual([seconds(21)]);
    expect((await conferenceOf(visit.encounterId)).trueconfId).not.toBe(before.trueconfId);
  });

  it("is stopped first where TrueConf has started it by itself", async () => {
    const visit = await movedVisit();
    const { trueconfId } = await conferenceOf(visit.encounterId);
    const { trueconf } = await import("@/lib/trueconf/client");
    expect((await trueconf().runConference(trueconfId)).ok).toBe(true);
    await followMovedVisit({ appointmentId: visit.appointmentId });
    expect(startTimes()).toEqual([seconds(21)]);
    expect(onServer().map(({ state }) => state)).toEqual(["stopped"]);
  });

  it("follows once TrueConf is back, by the job or by the sweep, and pages say so until then", async () => {
    const visit = await movedVisit();
    await control(sandbox, "POST", "faults", { kind: "html500", match: { path: "/conferences" } });
    await expect(followMovedVisit({ appointmentId: visit.appointmentId })).rejects.toThrow("unavailable");
    expect((await conferenceOf(visit.encounterId)).lastFailure).toBe("unavailable");
    await control(sandbox, "DELETE", "faults");
    await sweepConferences(minuteNow());
    const { trueconfId, lastFailure } = await conferenceOf(visit.encounterId);
    expect(lastFailure).toBeNull();
    // A sweep makes those of the other tests' visits again, too.
    expect(onServer().find(({ id }) => id === trueconfId)).toMatchObject({
      schedule: { start_time: seconds(21) },
    });
  });

  it("lets the new practitioner in and the former one no more", async () => {
    const now = minuteNow();
    const visit = await bookedVisit(inHours(20), now);
    await openConference(visit.appointmentId, now);
    const { visitTypeId } = await db().appointment.findUniqueOrThrow({ where: { id: visit.appointmentId } });
    const colleague = await makePractitioner(db(), { now, timeZone: "UTC", visitTypeIds: [visitTypeId] });
    await makeRules(db(), colleague.id);
    const startAt = soon(now);
    const move = { appointmentId: visit.appointmentId, startAt, practitionerId: colleague.id };
    expect(await rescheduleAppointment(move, visit.practitioner, now)).toMatchObject({ ok: true });
    await followMovedVisit({ appointmentId: visit.appointmentId });

    const guests = await db().guest.findMany({ where: { encounterId: visit.encounterId } });
    expect(guests.map(({ practitionerId }) => practitionerId).filter(Boolean)).toEqual([colleague.id]);
    expect(await startVisit(visit.practitioner, visit.appointmentId, "en", now)).toEqual({
      ok: false,
      reason: "not_found",
    });
    const present = { ...visit.practitioner, practitionerId: colleague.id };
    expect(await startVisit(present, visit.appointmentId, "en", now)).toMatchObject({ ok: true });
    const again = { ...move, startAt: startAt.add({ minutes: 30 }) };
    expect(await rescheduleAppointment(again, present, now)).toEqual({ ok: false, reason: "not_changeable" });
  });

  it("is deleted when the visit is cancelled", async () => {
    const visit = await movedVisit();
    const cancelled = await cancelAppointment(
      { appointmentId: visit.appointmentId, reason: "" },
      visit.patient,
      minuteNow(),
    );
    expect(cancelled.ok).toBe(true);
    await followMovedVisit({ appointmentId: visit.appointmentId });
    await closeEndedConference({ encounterId: visit.encounterId });
    expect(onServer()).toHaveLength(0);
  });
});
