import type { Temporal } from "temporal-polyfill";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/access/types";
import { findConsentText, listCurrentConsents } from "@/lib/booking/data/intake";
import { publishConsentText } from "@/lib/booking/mutations/consent-texts";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { readVisitSettings } from "@/lib/visits/data/settings";
import { endRecording } from "@/lib/visits/jobs";
import { endWithdrawnRecording } from "@/lib/visits/mutations/keep-to-consent";
import { openConference } from "@/lib/visits/mutations/open-conference";
import { pollConferences } from "@/lib/visits/mutations/poll";
import { agreeToRecording, withdrawRecording } from "@/lib/visits/mutations/recording";
import { saveVisitSettings } from "@/lib/visits/mutations/settings";
import { startVisit } from "@/lib/visits/mutations/start";
import { minuteNow } from "../booking/clinic";
import { type BookedVisit, bookedVisit, control, openStage, soon } from "./stage";

const STAFF = { kind: "user", pseudonym: newId() } as const;

let sandbox: Awaited<ReturnType<typeof openStage>>;
let consentTextId = "";
beforeAll(async () => {
  sandbox = await openStage();
});
afterAll(() => sandbox.stop());
afterEach(async () => {
  await db().setting.deleteMany({ where: { key: "visits" } });
  await control(sandbox, "POST", "reset");
});

const publish = async (afterVersion: number) => {
  const texts = { en: `Record it, ${afterVersion + 1}`, ru: `Записать, ${afterVersion + 1}` };
  const done = await publishConsentText({ kind: "recording", texts, afterVersion }, STAFF, minuteNow());
  if (!done.ok) throw new Error(done.reason);
  consentTextId = (await findConsentText(db(), "recording"))?.consentTextId ?? "";
};

async function turnOn(isOn = true): Promise<void> {
  if (consentTextId === "") await publish(0);
  const settings = { ...(await readVisitSettings(db())), recording: isOn };
  expect(await saveVisitSettings(settings, STAFF, minuteNow())).toEqual({ ok: true, value: undefined });
}

const agree = (visit: BookedVisit, actor: Actor = visit.patient, now = minuteNow()) =>
  agreeToRecording(actor, { appointmentId: visit.appointmentId, consentTextId, locale: "en" }, now);
const withdraw = (visit: BookedVisit) => withdrawRecording(visit.patient, visit.appointmentId, minuteNow());
const start = (visit: BookedVisit, now: Temporal.Instant = minuteNow()) =>
  startVisit(visit.practitioner, visit.appointmentId, "en", now);

/** What TrueConf has of it, and what our pages say. */
async function recordingOf({ encounterId }: BookedVisit) {
  const row = await db().conference.findUniqueOrThrow({ where: { encounterId } });
  const there = sandbox.state.conferences.list().find(({ id }) => id === row.trueconfId);
  return { there: there?.recording, running: there?.state, shown: row.recording };
}

const RECORDED = { there: 1, running: "running", shown: true };
const NOT_RECORDED = { there: 0, running: "running", shown: false };

/** A visit whose time has come, with its conference. */
async function openVisit(): Promise<BookedVisit> {
  const visit = await bookedVisit(soon(minuteNow()), minuteNow());
  expect(await openConference(visit.appointmentId, minuteNow())).toMatchObject({ ok: true });
  return visit;
}

describe("what the clinic decides", () => {
  it("cannot turn recording on before patients have a text to agree to", async () => {
    const settings = { ...(await readVisitSettings(db())), recording: true };
    expect(settings).toMatchObject({ recording: true });
    expect(await saveVisitSettings(settings, STAFF, minuteNow())).toEqual({
      ok: false,
      reason: "no_recording_text",
    });
    expect(await readVisitSettings(db())).toMatchObject({ recording: false });
  });

  it("asks nobody about recordings at booking", async () => {
    await turnOn();
    expect((await listCurrentConsents(db())).map(({ kind }) => kind)).not.toContain("recording");
  });
});

describe("a visit is recorded", () => {
  it("with the clinic's setting and its patient's consent", async () => {
    await turnOn();
    const visit = await openVisit();
    expect(await agree(visit)).toMatchObject({ ok: true });
    expect((await recordingOf(visit)).there).toBe(0);
    expect(await start(visit)).toMatchObject({ ok: true });
    expect(await recordingOf(visit)).toEqual(RECORDED);
    // Coming back into it changes nothing.
    expect(await start(visit)).toMatchObject({ ok: true });
    expect(await recordingOf(visit)).toEqual(RECORDED);
  });

  it("not without consent", async () => {
    await turnOn();
    const visit = await openVisit();
    expect(await start(visit)).toMatchObject({ ok: true });
    expect(await recordingOf(visit)).toEqual(NOT_RECORDED);
  });

  it("not once the clinic has turned it off again", async () => {
    await turnOn();
    const visit = await openVisit();
    await agree(visit);
    await turnOn(false);
    expect(await agree(visit)).toEqual({ ok: false, reason: "not_offered" });
    expect(await start(visit)).toMatchObject({ ok: true });
    expect(await recordingOf(visit)).toEqual(NOT_RECORDED);
  });

  it("not after the consent was taken back, and again when it was given again", async () => {
    await turnOn();
    const [first, second] = [await openVisit(), await openVisit()];
    for (const visit of [first, second]) {
      await agree(visit);
      expect(await withdraw(visit)).toMatchObject({ ok: true });
    }
    await agree(second);
    expect(await start(first)).toMatchObject({ ok: true });
    expect(await start(second)).toMatchObject({ ok: true });
    expect(await recordingOf(first)).toEqual(NOT_RECORDED);
    expect(await recordingOf(second)).toEqual(RECORDED);
  });

  it("not from its midst on", async () => {
    await turnOn();
    const visit = await openVisit();
    await start(visit);
    expect(await agree(visit)).toEqual({ ok: false, reason: "started" });
    expect(await recordingOf(visit)).toEqual(NOT_RECORDED);
  });

  it("no longer, and goes on, when the consent is taken back in its midst", async () => {
    await turnOn();
    const visit = await openVisit();
    await agree(visit);
    await start(visit);
    expect(await withdraw(visit)).toMatchObject({ ok: true });
    await endRecording({ appointmentId: visit.appointmentId });
    expect(await recordingOf(visit)).toEqual(NOT_RECORDED);
    // Whoever comes second finds nothing to do.
    expect(await endWithdrawnRecording(visit.appointmentId, minuteNow())).toMatchObject({ ok: true });
    expect(await recordingOf(visit)).toEqual(NOT_RECORDED);
  });

  it("no longer as soon as TrueConf answers again, and until then says that it is", async () => {
    await turnOn();
    const visit = await openVisit();
    await agree(visit);
    await start(visit);
    await withdraw(visit);
    await control(sandbox, "POST", "faults", { kind: "html500", match: { path: "/conferences" }, times: 50 });
    await expect(endRecording({ appointmentId: visit.appointmentId })).rejects.toThrow("recording not ended");
    expect(await recordingOf(visit)).toEqual(RECORDED);
    await control(sandbox, "DELETE", "faults");
    await endRecording({ appointmentId: visit.appointmentId });
    expect(await recordingOf(visit)).toEqual(NOT_RECORDED);
  });
});

describe("a conference that TrueConf records by itself", () => {
  const recordThere = async ({ encounterId }: BookedVisit) => {
    const row = await db().conference.findUniqueOrThrow({ where: { encounterId } });
    const there = sandbox.state.conferences.list().find(({ id }) => id === row.trueconfId);
    Object.assign(there ?? {}, { recording: 1 });
  };

  it("lets nobody in until it is off", async () => {
    const visit = await openVisit();
    await recordThere(visit);
    expect(await start(visit)).toEqual({ ok: false, reason: "video_unavailable" });
    expect((await recordingOf(visit)).running).toBe("stopped");
    expect(await start(visit)).toMatchObject({ ok: true });
    expect(await recordingOf(visit)).toEqual(NOT_RECORDED);
  });

  it("says so to whoever is in it", async () => {
    const visit = await openVisit();
    await start(visit);
    await recordThere(visit);
    await pollConferences(minuteNow());
    expect(await recordingOf(visit)).toEqual(RECORDED);
  });
});

describe("consent to a recording", () => {
  it("is the patient's own alone", async () => {
    await turnOn();
    const [visit, other] = [await openVisit(), await openVisit()];
    for (const stranger of [other.patient, visit.practitioner, { kind: "anonymous" } as const])
      expect(await agree(visit, stranger)).toEqual({ ok: false, reason: "not_found" });
  });

  it("is to the present text, once, and in the trail without its words", async () => {
    await turnOn();
    const visit = await openVisit();
    const read = consentTextId;
    const version = (await findConsentText(db(), "recording"))?.version ?? 0;
    await publish(version);
    const late = { appointmentId: visit.appointmentId, consentTextId: read, locale: "en" };
    expect(await agreeToRecording(visit.patient, late, minuteNow())).toEqual({
      ok: false,
      reason: "outdated",
    });
    await agree(visit);
    await agree(visit);
    await withdraw(visit);
    const row = { kind: "recording", version: version + 1 };
    const trail = await db().auditEvent.findMany({
      where: { entityId: visit.appointmentId, action: { startsWith: "consent." } },
      orderBy: { sequence: "asc" },
    });
    expect(trail.map(({ action, details }) => ({ action, details }))).toEqual([
      { action: "consent.given", details: row },
      { action: "consent.withdrawn", details: row },
    ]);
  });
});
