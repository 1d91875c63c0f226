import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createInstantVisit } from "@/lib/booking/mutations/instant";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { closeEndedConference } from "@/lib/visits/jobs";
import { arrive } from "@/lib/visits/mutations/arrive";
import { callAgain } from "@/lib/visits/mutations/call-again";
import { endVisit } from "@/lib/visits/mutations/end-visit";
import { finishVisit } from "@/lib/visits/mutations/finish";
import { joinVisit } from "@/lib/visits/mutations/join";
import { startVisit } from "@/lib/visits/mutations/start";
import { makePatient } from "@/tests/support/factories";
import { breachesOfBook } from "@/tests/support/sound-book";
import { minuteNow } from "../booking/clinic";
import { type BookedVisit, bookedVisit, control, openStage, soon } from "./stage";

let sandbox: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => {
  sandbox = await openStage();
});
afterAll(() => sandbox.stop());
afterEach(() => control(sandbox, "POST", "reset"));

const now = minuteNow();

/** A visit in progress, to which its patient has come. */
async function begun(): Promise<BookedVisit> {
  const visit = await bookedVisit(soon(now), now);
  await arrive(visit.patient, visit.appointmentId, now);
  const started = await startVisit(visit.practitioner, visit.appointmentId, "en", now);
  if (!started.ok) throw new Error(started.reason);
  return visit;
}

const statusOf = async ({ appointmentId }: BookedVisit) => {
  const row = await db().appointment.findUniqueOrThrow({
    where: { id: appointmentId },
    include: { encounter: { include: { conference: true } } },
  });
  return { appointment: row.status, encounter: row.encounter?.status, conference: row.encounter?.conference };
};

describe("calling again", () => {
  it("claims its time again where a visit that began meanwhile was given the rest of it", async () => {
    const visit = await begun();
    await endVisit(visit.practitioner, visit.appointmentId, now);
    const { practitionerId = "" } = visit.practitioner;
    const { visitTypeId, endAt } = await db().appointment.findUniqueOrThrow({
      where: { id: visit.appointmentId },
    });
    const patient = await makePatient(db(), { now });
    const instant = await transaction((tx) =>
      createInstantVisit(
        tx,
        {
          practitionerId,
          patientId: patient.id,
          visitTypeId,
          origin: "chat",
          locale: "en",
          timeZone: "UTC",
          actor: { kind: "system" },
        },
        now,
      ),
    );
    expect(instant.ok).toBe(true);
    const slotOf = () => db().slot.findUnique({ where: { appointmentId: visit.appointmentId } });
    expect((await slotOf())?.visitEndAt).not.toEqual(endAt);
    expect(await callAgain(visit.practitioner, visit.appointmentId, now)).toEqual({ ok: true });
    expect(await slotOf()).toMatchObject({ visitEndAt: endAt, overbooked: true, status: "busy" });
    expect(await breachesOfBook(db(), { seats: 20, unchanged: [] })).toEqual([]);
  });

  it("opens the visit once more, in a new room, for the same two", async () => {
    const visit = await begun();
    const first = (await statusOf(visit)).conference?.trueconfId;
    await endVisit(visit.practitioner, visit.appointmentId, now);
    expect(sandbox.state.conferences.list()).toHaveLength(0);

    expect(await callAgain(visit.practitioner, visit.appointmentId, now)).toEqual({ ok: true });
    const waiting = await statusOf(visit);
    expect(waiting).toMatchObject({ appointment: "arrived", encounter: "arrived" });
    expect(waiting.conference).toMatchObject({ isVirtual: true, openedAt: null, closedAt: null });
    expect(waiting.conference?.trueconfId).not.toBe(first);
    expect(await joinVisit(visit.patient, visit.appointmentId, "en", now)).toEqual({
      ok: false,
      reason: "not_started",
    });

    expect((await startVisit(visit.practitioner, visit.appointmentId, "en", now)).ok).toBe(true);
    expect((await joinVisit(visit.patient, visit.appointmentId, "en", now)).ok).toBe(true);
    expect(sandbox.state.conferences.list()).toMatchObject([{ state: "running", schedule: { type: -1 } }]);
    expect(
      await db().auditEvent.count({ where: { action: "encounter.reopened", entityId: visit.encounterId } }),
    ).toBe(1);
  });

  it("brings in whichever device is open, though another one was in the first call", async () => {
    const visit = await begun();
    const joinWith = (device: string) =>
      joinVisit(visit.patient, visit.appointmentId, "en", now, { device, take: false });
    expect((await joinWith("the-phone")).ok).toBe(true);
    expect(await joinWith("the-laptop")).toEqual({ ok: false, reason: "elsewhere" });
    await endVisit(visit.practitioner, visit.appointmentId, now);
    expect(await callAgain(visit.practitioner, visit.appointmentId, now)).toEqual({ ok: true });
    expect((await startVisit(visit.practitioner, visit.appointmentId, "en", now)).ok).toBe(true);
    expect((await joinWith("the-laptop")).ok).toBe(true);
    expect(await joinWith("the-phone")).toEqual({ ok: false, reason: "elsewhere" });
  });

  it("leaves the new conference alone when the first one's job comes late", async () => {
    const visit = await begun();
    // Ended without the moment that the page waits for TrueConf: the job still stands in its queue.
    await finishVisit(visit.practitioner, visit.appointmentId, now);
    expect((await callAgain(visit.practitioner, visit.appointmentId, now)).ok).toBe(true);
    expect((await startVisit(visit.practitioner, visit.appointmentId, "en", now)).ok).toBe(true);
    await closeEndedConference({ encounterId: visit.encounterId });
    expect(sandbox.state.conferences.list()).toMatchObject([{ state: "running" }]);
    expect((await joinVisit(visit.patient, visit.appointmentId, "en", now)).ok).toBe(true);
  });

  it("is refused to strangers and the patient, before the end, and when it is too late", async () => {
    const [visit, other] = [await begun(), await begun()];
    const again = (actor: BookedVisit["patient"], at = now) => callAgain(actor, visit.appointmentId, at);
    expect(await again(visit.practitioner)).toEqual({ ok: false, reason: "not_ended" });
    await endVisit(visit.practitioner, visit.appointmentId, now);
    expect(await again(other.practitioner)).toEqual({ ok: false, reason: "not_found" });
    expect(await again(visit.patient)).toEqual({ ok: false, reason: "not_found" });
    expect(await again(visit.practitioner, now.add({ hours: 3 }))).toEqual({ ok: false, reason: "too_late" });
  });

  it("says so while the first conference cannot be removed", async () => {
    const visit = await begun();
    await control(sandbox, "POST", "faults", { kind: "html500", match: { path: "/conferences" } });
    await finishVisit(visit.practitioner, visit.appointmentId, now);
    expect(await callAgain(visit.practitioner, visit.appointmentId, now)).toEqual({
      ok: false,
      reason: "video_unavailable",
    });
    expect((await statusOf(visit)).encounter).toBe("finished");
  });

  it("happens once, of two clicks at once", async () => {
    const visit = await begun();
    await endVisit(visit.practitioner, visit.appointmentId, now);
    const results = await Promise.all(
      [1, 2].map(() => callAgain(visit.practitioner, visit.appointmentId, now)),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });
});
