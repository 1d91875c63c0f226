import type { Temporal } from "temporal-polyfill";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { mintVisitLink } from "@/lib/security/access-link";
import { toInstant } from "@/lib/time/instant";
import { findLinkedAppointment } from "@/lib/visits/data/visits";
import { closeEndedConference, openBookedConference } from "@/lib/visits/jobs";
import { arrive } from "@/lib/visits/mutations/arrive";
import { endVisit } from "@/lib/visits/mutations/end-visit";
import { joinVisit } from "@/lib/visits/mutations/join";
import { openConference } from "@/lib/visits/mutations/open-conference";
import { startVisit } from "@/lib/visits/mutations/start";
import { sweepConferences } from "@/lib/visits/mutations/sweep";
import { linkRights } from "@/lib/visits/rules/windows";
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
const unwrap = <T>(result: { ok: true; value: T } | { ok: false; reason: string }): T => {
  if (!result.ok) throw new Error(result.reason);
  return result.value;
};

describe("opening a conference", () => {
  it("asks TrueConf twice, and says nothing of the patient", async () => {
    const visit = await bookedVisit(inHours(20), minuteNow());
    await requestsOf(sandbox);
    unwrap(await openConference(visit.appointmentId, minuteNow()));
    expect(await requestsOf(sandbox)).toEqual(["POST /conferences", "GET /conferences/{id}/calendars"]);

    const row = await conferenceOf(visit.encounterId);
    expect(row.trueconfId).toMatch(/^[0-9a-f]{32}$/);
    expect(row.openedAt).not.toBeNull();
    expect(row.calendarGoogle).toMatch(/^https?:/);
    const [made] = onServer();
    expect(JSON.stringify(made)).not.toMatch(/Paula|Beispiel|example\.org|invented/);
    const guests = await db().guest.findMany({ where: { encounterId: visit.encounterId } });
    expect(guests).toHaveLength(2);
    for (const { guestId } of guests) expect(guestId).toMatch(/^g_[0-9a-f]{40}$/);
  });

  it("makes one, however many try at once", async () => {
    const visit = await bookedVisit(inHours(20), minuteNow());
    const results = await Promise.all(
      Array.from({ length: 4 }, () => openConference(visit.appointmentId, minuteNow())),
    );
    expect(new Set(results.map(unwrap)).size).toBe(1);
    expect(onServer()).toHaveLength(1);
  });

  it("makes one after an answer that was lost", async () => {
    const visit = await bookedVisit(inHours(20), minuteNow());
    await control(sandbox, "POST", "faults", {
      kind: "loseAnswer",
      match: { method: "POST", path: "/conferences" },
      times: 1,
    });
    unwrap(await openConference(visit.appointmentId, minuteNow()));
    expect(onServer()).toHaveLength(1);
  });

  it("goes on with the server's own id where it insists on one, also when that answer was lost", async () => {
    await control(sandbox, "PUT", "switches", { ownConferenceId: "replaced" });
    const visit = await bookedVisit(inHours(20), minuteNow());
    await control(sandbox, "POST", "faults", {
      kind: "loseAnswer",
      match: { method: "POST", path: "/conferences" },
      times: 1,
    });
    const id = unwrap(await openConference(visit.appointmentId, minuteNow()));
    expect(onServer().map((conference) => conference.id)).toEqual([id]);
    expect((await conferenceOf(visit.encounterId)).trueconfId).toBe(id);
  });

  it("is done by the job when the booking's own process died after the commit", async () => {
    const visit = await bookedVisit(inHours(20), minuteNow());
    expect(onServer()).toHaveLength(0);
    await openBookedConference({ appointmentId: visit.appointmentId });
    await openBookedConference({ appointmentId: visit.appointmentId });
    expect(onServer()).toHaveLength(1);
  });

  it("is done by the job or the sweep after TrueConf was down, and says until then why not", async () => {
    const visit = await bookedVisit(inHours(20), minuteNow());
    await control(sandbox, "POST", "faults", { kind: "html500", match: { path: "/conferences" } });
    await expect(openBookedConference({ appointmentId: visit.appointmentId })).rejects.toThrow("unavailable");
    expect((await conferenceOf(visit.encounterId)).lastFailure).toBe("server_error");
    await control(sandbox, "DELETE", "faults");
    await sweepConferences(minuteNow());
    const row = await conferenceOf(visit.encounterId);
    expect(row.openedAt).not.toBeNull();
    expect(row.lastFailure).toBeNull();
  });
});

describe("a visit from the waiting room to the end", () => {
  it("lets the patient in only once the practitioner has started, with one request each time", async () => {
    const now = minuteNow();
    const visit = await bookedVisit(soon(now), now);
    unwrap(await openConference(visit.appointmentId, now));
    expect(await joinVisit(visit.patient, visit.appointmentId, "en", now)).toEqual({
      ok: false,
      reason: "not_started",
    });

    unwrap(await arrive(visit.patient, visit.appointmentId, now));
    unwrap(await arrive(visit.patient, visit.appointmentId, now));
    expect((await db().appointment.findUniqueOrThrow({ where: { id: visit.appointmentId } })).status).toBe(
      "arrived",
    );

    await requestsOf(sandbox);
    const started = unwrap(await startVisit(visit.practitioner, visit.appointmentId, "en", now));
    expect("iframe" in started && started.iframe.src).toContain("/webrtc/");
    expect(await requestsOf(sandbox)).toEqual([
      "POST /conferences/{id}/run",
      "GET /conferences/{id}",
      "GET /software/clients",
    ]);

    const first = unwrap(await joinVisit(visit.patient, visit.appointmentId, "en", now));
    expect(await requestsOf(sandbox)).toEqual(["GET /software/clients"]);
    const second = unwrap(await joinVisit(visit.patient, visit.appointmentId, "en", now));
    expect(second.webUrl).not.toBe(first.webUrl);
    expect(first.iframe).toEqual({
      src: first.webUrl,
      allow: expect.stringContaining(`camera ${sandbox.url}`),
      allowFullscreen: true,
      title: expect.any(String),
    });

    unwrap(await endVisit(visit.practitioner, visit.appointmentId, now));
    unwrap(await endVisit(visit.practitioner, visit.appointmentId, now));
    expect(onServer()).toHaveLength(0);
    expect(await joinVisit(visit.patient, visit.appointmentId, "en", now)).toEqual({
      ok: false,
      reason: "ended",
    });
    expect(await startVisit(visit.practitioner, visit.appointmentId, "en", now)).toEqual({
      ok: false,
      reason: "ended",
    });
    const events = await db().auditEvent.findMany({
      where: { entityId: visit.encounterId },
      orderBy: { id: "asc" },
    });
    expect(events.map(({ action }) => action).toSorted()).toEqual([
      "conference.link_minted",
      "conference.link_minted",
      "conference.link_minted",
      "encounter.arrived",
      "encounter.finished",
      "encounter.started",
    ]);
    expect(
      JSON.stringify(events, (_key, value) => (typeof value === "bigint" ? String(value) : value)),
    ).not.toContain("token");
  });

  it("is nobody else's", async () => {
    const now = minuteNow();
    const [visit, other] = [await bookedVisit(soon(now), now), await bookedVisit(soon(now), now)];
    const notFound = { ok: false, reason: "not_found" };
    for (const stranger of [other.patient, other.practitioner, { kind: "anonymous" } as const]) {
      expect(await joinVisit(stranger, visit.appointmentId, "en", now)).toEqual(notFound);
      expect(await startVisit(stranger, visit.appointmentId, "en", now)).toEqual(notFound);
      expect(await endVisit(stranger, visit.appointmentId, now)).toEqual(notFound);
      expect(await arrive(stranger, visit.appointmentId, now)).toEqual(notFound);
    }
    expect(await startVisit(visit.patient, visit.appointmentId, "en", now)).toEqual(notFound);
    expect(await endVisit(visit.patient, visit.appointmentId, now)).toEqual(notFound);
    expect(await joinVisit(visit.patient, "not-an-id", "en", now)).toEqual(notFound);
  });

  it("cannot be started too early or too late", async () => {
    const now = minuteNow();
    const visit = await bookedVisit(inHours(20), now);
    expect(await startVisit(visit.practitioner, visit.appointmentId, "en", now)).toEqual({
      ok: false,
      reason: "too_early",
    });
    const late = inHours(20).add({ hours: 3 });
    expect(await startVisit(visit.practitioner, visit.appointmentId, "en", late)).toEqual({
      ok: false,
      reason: "too_late",
    });
  });

  it("starts also when somebody deleted its conference on the server", async () => {
    const now = minuteNow();
    const visit = await bookedVisit(soon(now), now);
    unwrap(await openConference(visit.appointmentId, now));
    sandbox.state.conferences.clear();
    unwrap(await startVisit(visit.practitioner, visit.appointmentId, "en", now));
    expect(onServer().map(({ state }) => state)).toEqual(["running"]);
    unwrap(await joinVisit(visit.patient, visit.appointmentId, "en", now));
  });
});

describe("a visit that began as late as it may", () => {
  it("is its patient's by personal link for as long as it goes on", async () => {
    const now = minuteNow();
    const visit = await bookedVisit(soon(now), now);
    const token = await mintVisitLink(db(), visit.appointmentId, now);
    const { endAt } = await db().appointment.findUniqueOrThrow({ where: { id: visit.appointmentId } });
    const closes = toInstant(endAt).add({ hours: 1 });
    const rightsAt = async (at: Temporal.Instant) => {
      const linked = await findLinkedAppointment(db(), token);
      return linked && linkRights(linked, at);
    };
    unwrap(await startVisit(visit.practitioner, visit.appointmentId, "en", closes.subtract({ seconds: 1 })));
    expect(await rightsAt(closes.add({ minutes: 10 }))).toBe("full");
    unwrap(await joinVisit(visit.patient, visit.appointmentId, "en", closes.add({ minutes: 10 })));
    unwrap(await endVisit(visit.practitioner, visit.appointmentId, closes.add({ minutes: 20 })));
    expect(await rightsAt(closes.add({ minutes: 20 }))).toBe("after");
  });
});

describe("when TrueConf fails", () => {
  const started = async () => {
    const now = minuteNow();
    const visit = await bookedVisit(soon(now), now);
    unwrap(await openConference(visit.appointmentId, now));
    unwrap(await startVisit(visit.practitioner, visit.appointmentId, "en", now));
    return { visit, now };
  };

  it("at the start, the gate stays shut and the reason is said", async () => {
    const now = minuteNow();
    const visit = await bookedVisit(soon(now), now);
    unwrap(await openConference(visit.appointmentId, now));
    await control(sandbox, "POST", "faults", { kind: "html500", match: { path: "/run" } });
    expect(await startVisit(visit.practitioner, visit.appointmentId, "en", now)).toEqual({
      ok: false,
      reason: "video_unavailable",
    });
    expect(await joinVisit(visit.patient, visit.appointmentId, "en", now)).toEqual({
      ok: false,
      reason: "not_started",
    });
  });

  it.each([
    ["an error page", { kind: "html500" }, "video_unavailable"],
    ["half an answer", { kind: "malformed" }, "video_unavailable"],
    ["a broken connection", { kind: "reset" }, "video_unavailable"],
    ["a link to somewhere else", { kind: "foreignWebUrl" }, "video_misconfigured"],
  ])("at the join: %s", async (_what, fault, reason) => {
    const { visit, now } = await started();
    await control(sandbox, "POST", "faults", { ...fault, match: { path: "/software/clients" } });
    expect(await joinVisit(visit.patient, visit.appointmentId, "en", now)).toEqual({ ok: false, reason });
    await control(sandbox, "DELETE", "faults");
    expect((await joinVisit(visit.patient, visit.appointmentId, "en", now)).ok).toBe(true);
  });

  it.each([
    ["ahead", 3_600_000],
    ["behind", -3_600_000],
  ])("by a clock that is an hour %s, everybody gets in all the same", async (_where, skewMs) => {
    await control(sandbox, "POST", "clock", { skewMs });
    const { visit, now } = await started();
    for (const actor of [visit.practitioner, visit.patient]) {
      const { webUrl } = unwrap(await joinVisit(actor, visit.appointmentId, "en", now));
      const { pathname, hash } = new URL(webUrl);
      const { login = "", token = "" } = Object.fromEntries(new URLSearchParams(hash.slice(1)));
      const claim = { conferenceId: pathname.split("/").at(-1) ?? "", login, token };
      const nothing = () => undefined;
      const inside = sandbox.state.rooms.enter(claim, { send: nothing, close: nothing, terminate: nothing });
      expect(inside).toBeTypeOf("object");
    }
  });

  it("at the join: no web client in the licence", async () => {
    const { visit, now } = await started();
    await control(sandbox, "PUT", "switches", { webClientEntry: false });
    expect(await joinVisit(visit.patient, visit.appointmentId, "en", now)).toEqual({
      ok: false,
      reason: "video_misconfigured",
    });
  });

  it("at the end, the visit is over all the same and the job removes the conference", async () => {
    const { visit, now } = await started();
    await control(sandbox, "POST", "faults", { kind: "reset", match: { path: "/conferences" } });
    unwrap(await endVisit(visit.practitioner, visit.appointmentId, now));
    expect(onServer()).toHaveLength(1);
    await control(sandbox, "DELETE", "faults");
    await closeEndedConference({ encounterId: visit.encounterId });
    expect(onServer()).toHaveLength(0);
    expect((await conferenceOf(visit.encounterId)).closedAt).not.toBeNull();
  });
});

describe("the sweep", () => {
  it("removes the conference of a visit that nobody came to, and leaves the others", async () => {
    const now = minuteNow();
    const visit = await bookedVisit(soon(now), now);
    unwrap(await openConference(visit.appointmentId, now));
    await sweepConferences(now);
    expect((await conferenceOf(visit.encounterId)).closedAt).toBeNull();
    await sweepConferences(soon(now).add({ hours: 2 }));
    const row = await conferenceOf(visit.encounterId);
    expect(row.closedAt).not.toBeNull();
    expect(onServer().map(({ id }) => id)).not.toContain(row.trueconfId);
  });

  it("ends a visit that nobody ended, four hours after its time, and removes its conference", async () => {
    const now = minuteNow();
    const visit = await bookedVisit(soon(now), now);
    unwrap(await startVisit(visit.practitioner, visit.appointmentId, "en", now));
    const statusAfter = async (hours: number) => {
      await sweepConferences(soon(now).add({ hours }));
      return (await db().encounter.findUniqueOrThrow({ where: { id: visit.encounterId } })).status;
    };
    expect(await statusAfter(4)).toBe("in_progress");
    expect(await statusAfter(5)).toBe("finished");
    expect((await conferenceOf(visit.encounterId)).closedAt).not.toBeNull();
  });
});

describe("one patient on two devices", () => {
  it("is in the call on one of them, until asked to change", async () => {
    const now = minuteNow();
    const visit = await bookedVisit(soon(now), now);
    unwrap(await openConference(visit.appointmentId, now));
    unwrap(await startVisit(visit.practitioner, visit.appointmentId, "en", now));
    const join = (device: string, take = false) =>
      joinVisit(visit.patient, visit.appointmentId, "en", now, { device, take });
    // Both are brought in by themselves at the same moment.
    const both = await Promise.all([join("the-phone"), join("the-laptop")]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both).toContainEqual({ ok: false, reason: "elsewhere" });
    const [inside, outside] = both[0]?.ok ? ["the-phone", "the-laptop"] : ["the-laptop", "the-phone"];
    expect((await join(outside, true)).ok).toBe(true);
    expect(await join(inside)).toEqual({ ok: false, reason: "elsewhere" });
    expect((await join(outside)).ok).toBe(true);
  });
});
