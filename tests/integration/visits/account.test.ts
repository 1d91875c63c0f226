import { Temporal } from "temporal-polyfill";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { env } from "@/lib/core/env";
import { db } from "@/lib/db/client";
import { arrive } from "@/lib/visits/mutations/arrive";
import { changeEntry } from "@/lib/visits/mutations/entry";
import { acceptHandover, offerHandover } from "@/lib/visits/mutations/handover";
import { joinVisit } from "@/lib/visits/mutations/join";
import { moveConference } from "@/lib/visits/mutations/move-conference";
import { openConference } from "@/lib/visits/mutations/open-conference";
import { pollConferences } from "@/lib/visits/mutations/poll";
import { startVisit } from "@/lib/visits/mutations/start";
import { makePractitioner } from "@/tests/support/factories";
import { minuteNow } from "../booking/clinic";
import {
  accountVisit,
  type BookedVisit,
  bookedVisit,
  control,
  openStage,
  practitionerActor,
  requestsOf,
  soon,
} from "./stage";

let sandbox: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => {
  sandbox = await openStage();
});
afterAll(() => sandbox.stop());
afterEach(async () => {
  await db().encounter.updateMany({
    where: { status: { in: ["planned", "arrived", "in_progress"] } },
    data: { status: "cancelled" },
  });
  await control(sandbox, "POST", "reset");
});

const now = minuteNow();

/** A visit whose practitioner enters under a TrueConf account, and whose patient waits. */
async function byAccount(trueconfUser: string | null = "doctor_one"): Promise<BookedVisit> {
  const visit = await accountVisit(trueconfUser, soon(now), now);
  await arrive(visit.patient, visit.appointmentId, now);
  return visit;
}

const start = (visit: BookedVisit, by?: "app" | "browser", at = now) =>
  startVisit(visit.practitioner, visit.appointmentId, "en", at, by);
const statusOf = async (visit: BookedVisit) =>
  (await db().encounter.findUniqueOrThrow({ where: { id: visit.encounterId } })).status;
const patientJoins = (visit: BookedVisit) => joinVisit(visit.patient, visit.appointmentId, "en", now);
const movesOf = async ({ appointmentId }: BookedVisit) => {
  const sent = await db().$queryRaw<unknown[]>`
    SELECT 1 FROM pgboss.job WHERE "name" = 'appointment.moved' AND "data"->>'appointmentId' = ${appointmentId}`;
  return sent.length;
};
const NOT_STARTED = { ok: false, reason: "not_started" };

describe("a practitioner with a TrueConf account", () => {
  it("whom TrueConf does not know any more is named as that, and enters as a guest", async () => {
    const visit = await byAccount("nobody_there");
    const missing = { ok: false, reason: "owner_missing" };
    expect(await openConference(visit.appointmentId, now)).toEqual(missing);
    expect(await start(visit)).toEqual(missing);
    expect(
      await db().conference.findUniqueOrThrow({ where: { encounterId: visit.encounterId } }),
    ).toMatchObject({ openedAt: null, lastFailure: "owner_missing" });
    expect(await changeEntry(visit.practitioner, visit.appointmentId, "guest", now)).toMatchObject({
      ok: true,
    });
    expect((await start(visit)).ok).toBe(true);
    expect((await patientJoins(visit)).ok).toBe(true);
  });

  it("owns the conference, is rung, and lets the patient in by answering", async () => {
    await control(sandbox, "PUT", "switches", { usersAnswer: false });
    const visit = await byAccount();
    expect(await start(visit)).toEqual({ ok: true, value: { calling: true } });
    expect(sandbox.state.conferences.list()).toMatchObject([
      { owner: "doctor_one", state: "running", invitations: [{ id: "doctor_one" }] },
    ]);
    expect(await pollConferences(now)).toBe(1);
    expect(await statusOf(visit)).toBe("arrived");
    expect(await patientJoins(visit)).toEqual(NOT_STARTED);

    await control(sandbox, "PUT", "switches", { usersAnswer: true });
    expect(await start(visit)).toEqual({ ok: true, value: { calling: true } });
    await pollConferences(now);
    expect(await statusOf(visit)).toBe("in_progress");
    expect((await patientJoins(visit)).ok).toBe(true);
    expect(await db().guest.count({ where: { encounterId: visit.encounterId } })).toBe(1);
    expect(
      await db().attendance.findMany({
        where: { encounterId: visit.encounterId, source: "participants" },
        select: { side: true, toAt: true },
      }),
    ).toEqual([{ side: "practitioner", toAt: null }]);
  });

  it("enters in the browser as that user, and the gate waits until TrueConf shows them", async () => {
    await control(sandbox, "PUT", "switches", { usersAnswer: false });
    const visit = await byAccount();
    const started = await start(visit, "browser");
    expect(started.ok && "iframe" in started.value && started.value.iframe.src).toContain("login=doctor_one");
    await pollConferences(now);
    expect(await patientJoins(visit)).toEqual(NOT_STARTED);
  });

  it("whom no browser is let in as is told so, is rung by then, and lets the patient in by answering", async () => {
    await control(sandbox, "PUT", "switches", { usersAnswer: false, webClientEntry: false });
    const visit = await byAccount();
    expect(await start(visit, "browser")).toEqual({ ok: false, reason: "no_browser_link" });
    await control(sandbox, "PUT", "switches", { usersAnswer: true, webClientEntry: true });
    await start(visit);
    await pollConferences(now);
    expect(await statusOf(visit)).toBe("in_progress");
  });

  it("is rung again in mid-visit, also one who has taken it over from a guest", async () => {
    await control(sandbox, "PUT", "switches", { usersAnswer: false });
    const visit = await bookedVisit(soon(now), now);
    expect((await start(visit)).ok).toBe(true);
    expect(await statusOf(visit)).toBe("in_progress");
    const colleague = await makePractitioner(db(), { now, trueconfUser: "doctor_two", entry: "account" });
    const practitioner = await practitionerActor(colleague.id);
    const offer = { appointmentId: visit.appointmentId, practitionerId: colleague.id };
    expect(await offerHandover(visit.practitioner, offer, now)).toEqual({ ok: true });
    const { id } = await db().handover.findFirstOrThrow({ where: { toPractitionerId: colleague.id } });
    expect((await acceptHandover(practitioner, id, now)).ok).toBe(true);
    await control(sandbox, "PUT", "switches", { usersAnswer: true });
    expect(await start({ ...visit, practitioner })).toEqual({ ok: true, value: { calling: true } });
    const inside = sandbox.state.rooms.list().map(({ person }) => person.id);
    expect(inside).toContain("doctor_two");
  });

  it("enters as a guest instead, where nobody answers, for two seats in the place of one", async () => {
    await control(sandbox, "PUT", "switches", { usersAnswer: false });
    const visit = await byAccount();
    await start(visit);
    expect(await changeEntry(visit.practitioner, visit.appointmentId, "guest", now)).toEqual({ ok: true });
    const slot = await db().slot.findFirstOrThrow({ where: { appointmentId: visit.appointmentId } });
    expect(slot.seats).toBe(2);
    const started = await start(visit);
    expect(started.ok && "iframe" in started.value).toBe(true);
    expect((await patientJoins(visit)).ok).toBe(true);
  });

  it("is not thrown out of the call by another owner for a conference that runs", async () => {
    await control(sandbox, "PUT", "switches", { usersAnswer: false });
    const visit = await byAccount();
    await start(visit);
    const before = await movesOf(visit);
    expect(await changeEntry(visit.practitioner, visit.appointmentId, "guest", now)).toEqual({ ok: true });
    expect(await movesOf(visit)).toBe(before);
  });

  it("is in a conference that runs, though it was being changed while the visit started", async () => {
    const visit = await byAccount();
    await openConference(visit.appointmentId, now);
    expect(await changeEntry(visit.practitioner, visit.appointmentId, "guest", now)).toEqual({ ok: true });
    await requestsOf(sandbox);
    const slow = {
      kind: "latency",
      ms: 2_000,
      times: 1,
      match: { method: "GET", pattern: "/conferences/[^/]+$" },
    };
    await control(sandbox, "POST", "faults", slow);
    const moving = moveConference(visit.appointmentId, now);
    const isAsked = () => sandbox.state.requests.list().some(({ path }) => path.startsWith("/api/"));
    await expect.poll(isAsked, { timeout: 10_000 }).toBe(true);
    expect((await start(visit)).ok).toBe(true);
    expect((await moving).ok).toBe(true);
    expect(sandbox.state.conferences.list()).toMatchObject([{ state: "running" }]);
    expect((await patientJoins(visit)).ok).toBe(true);
  });

  it("needs the account to be entered here, and to exist there", async () => {
    expect(await start(await byAccount(null))).toEqual({ ok: false, reason: "no_account" });
    expect(await start(await byAccount("doctor_nobody"))).toEqual({
      ok: false,
      reason: "owner_missing",
    });
  });

  it("changes nothing of somebody else's visit, or of one that is over", async () => {
    const [visit, other] = [await byAccount(), await byAccount()];
    const change = (actor: BookedVisit["patient"], at = now) =>
      changeEntry(actor, visit.appointmentId, "guest", at);
    expect(await change(other.practitioner)).toEqual({ ok: false, reason: "not_found" });
    expect(await change(visit.patient)).toEqual({ ok: false, reason: "not_found" });
    expect(await change(visit.practitioner, now.add({ hours: 5 }))).toEqual({ ok: false, reason: "ended" });
  });
});

describe("a licence for one guest", () => {
  it("holds one visit by account from end to end, and no second guest", async () => {
    await control(sandbox, "PUT", "switches", { guestSeats: 1 });
    const [visit, second] = [await byAccount(), await byAccount()];
    const seats = env().TRUECONF_GUEST_SEATS;
    env().TRUECONF_GUEST_SEATS = 1;
    try {
      expect((await start(visit)).ok).toBe(true);
      await pollConferences(now);
      expect((await patientJoins(visit)).ok).toBe(true);
      expect(await start(second)).toEqual({ ok: false, reason: "no_guest_seat" });
      expect(await changeEntry(second.practitioner, second.appointmentId, "guest", now)).toEqual({
        ok: false,
        reason: "no_guest_seat",
      });
    } finally {
      env().TRUECONF_GUEST_SEATS = seats;
    }
  });
});

describe("whoever watches the conferences", () => {
  const running = async () =>
    sandbox.state.conferences.list().filter(({ state }) => state === "running").length;
  const conferenceOf = ({ encounterId }: BookedVisit) =>
    db().conference.findUniqueOrThrow({ where: { encounterId } });

  it("asks nothing while nothing is near", async () => {
    await requestsOf(sandbox);
    expect(await pollConferences(now.add({ hours: 24 * 40 }))).toBe(60);
    expect(await requestsOf(sandbox)).toEqual([]);
  });

  it("notices what TrueConf started by itself, and lets nobody in by it", async () => {
    const visit = await bookedVisit(soon(now), now);
    await openConference(visit.appointmentId, now);
    const begins = soon(now).add({ seconds: 1 });
    const skewMs = begins.epochMilliseconds - Temporal.Now.instant().epochMilliseconds;
    await control(sandbox, "POST", "clock", { skewMs });
    expect(await running()).toBe(1);
    await pollConferences(begins);
    expect((await conferenceOf(visit)).selfStartedAt).not.toBeNull();
    expect(await statusOf(visit)).toBe("planned");
    expect(await patientJoins(visit)).toEqual(NOT_STARTED);
  });

  it("runs one that did not start, half a minute after its time, and stops it when nobody comes", async () => {
    await control(sandbox, "PUT", "switches", { autoStart: false });
    const visit = await bookedVisit(soon(now), now);
    await openConference(visit.appointmentId, now);
    await pollConferences(soon(now).add({ seconds: 29 }));
    expect(await running()).toBe(0);
    await pollConferences(soon(now).add({ seconds: 30 }));
    expect(await running()).toBe(1);
    await pollConferences(soon(now).add({ seconds: 35 }));
    await pollConferences(soon(now).add({ minutes: 9 }));
    expect(await running()).toBe(1);
    await pollConferences(soon(now).add({ minutes: 11 }));
    expect(await running()).toBe(0);
    await pollConferences(soon(now).add({ minutes: 12 }));
    expect(await running()).toBe(0);
    expect((await start(visit)).ok).toBe(true);
  });

  it("rings nobody again, unasked, whose ringing nobody answered", async () => {
    await control(sandbox, "PUT", "switches", { usersAnswer: false });
    const visit = await byAccount();
    expect((await start(visit)).ok).toBe(true);
    await control(sandbox, "PUT", "switches", { usersAnswer: true });
    await pollConferences(soon(now).add({ seconds: 35 }));
    await pollConferences(soon(now).add({ minutes: 11 }));
    expect(await running()).toBe(0);
    await pollConferences(soon(now).add({ minutes: 12 }));
    expect(await running()).toBe(0);
    expect(await statusOf(visit)).toBe("arrived");
  });

  it("ends a visit that everybody has left, once its time is over", async () => {
    const visit = await bookedVisit(soon(now), now);
    expect((await start(visit)).ok).toBe(true);
    await pollConferences(now.add({ minutes: 1 }));
    await pollConferences(now.add({ minutes: 20 }));
    expect(await statusOf(visit)).toBe("in_progress");
    await pollConferences(soon(now).add({ minutes: 45 }));
    expect(await statusOf(visit)).toBe("finished");
  });

  it("sees a conference that is gone, which its practitioner's return makes anew", async () => {
    const visit = await bookedVisit(soon(now), now);
    expect((await start(visit)).ok).toBe(true);
    const { trueconfId } = await conferenceOf(visit);
    await fetch(`${sandbox.url}/api/v3.11/conferences/${trueconfId}`, { method: "DELETE" });
    for (const { id } of sandbox.state.conferences.list()) sandbox.state.conferences.remove(id);
    await pollConferences(now.add({ seconds: 5 }));
    expect((await conferenceOf(visit)).state).toBe("stopped");
    expect((await joinVisit(visit.practitioner, visit.appointmentId, "en", now)).ok).toBe(true);
    expect((await patientJoins(visit)).ok).toBe(true);
    expect(await running()).toBe(1);
  });

  it("waits for a TrueConf that does not answer, and changes nothing", async () => {
    const visit = await bookedVisit(soon(now), now);
    expect((await start(visit)).ok).toBe(true);
    await control(sandbox, "POST", "faults", { kind: "html500", match: { path: "/conferences" } });
    expect(await pollConferences(now.add({ hours: 2 }))).toBe(5);
    expect(await statusOf(visit)).toBe("in_progress");
  });
});
