import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDb, db } from "@/lib/db/client";
import { recordDeviceCheck } from "@/lib/visits/mutations/device-check";
import { endVisit } from "@/lib/visits/mutations/end-visit";
import { openConference } from "@/lib/visits/mutations/open-conference";
import { startVisit } from "@/lib/visits/mutations/start";
import { inHours, minuteNow } from "../booking/clinic";
import { bookedVisit, openStage, soon } from "./stage";

let sandbox: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => {
  sandbox = await openStage();
});
afterAll(async () => {
  await sandbox.stop();
  await closeDb();
});

const GOOD = { browser: true, camera: true, microphone: true, speaker: null, network: true };
const stored = (encounterId: string) => db().deviceCheck.findUnique({ where: { encounterId } });

describe("a device check", () => {
  it("is kept for its visit, the newest alone, with a line in the trail each time", async () => {
    const now = minuteNow();
    const visit = await bookedVisit(inHours(20), now);
    const check = (found: object) =>
      recordDeviceCheck(visit.patient, visit.appointmentId, { ...GOOD, ...found }, now);
    expect(await check({ microphone: false })).toEqual({ ok: true, value: undefined });
    expect(await stored(visit.encounterId)).toMatchObject({ outcome: "not_ready", microphone: false });
    await check({ camera: false });
    expect(await stored(visit.encounterId)).toMatchObject({ outcome: "audio_only", speaker: null });
    await check({ speaker: true });
    expect(await stored(visit.encounterId)).toMatchObject({ outcome: "ready", speaker: true });
    const events = await db().auditEvent.findMany({
      where: { entityId: visit.encounterId, action: "encounter.devices_checked" },
    });
    expect(events).toHaveLength(3);
  });

  it("is refused to everybody but the visit's patient", async () => {
    const now = minuteNow();
    const [visit, other] = [await bookedVisit(inHours(20), now), await bookedVisit(inHours(20), now)];
    for (const stranger of [other.patient, visit.practitioner, { kind: "anonymous" } as const])
      expect(await recordDeviceCheck(stranger, visit.appointmentId, GOOD, now)).toEqual({
        ok: false,
        reason: "not_found",
      });
    expect(await stored(visit.encounterId)).toBeNull();
  });

  it("is of no use after the visit", async () => {
    const now = minuteNow();
    const visit = await bookedVisit(soon(now), now);
    await openConference(visit.appointmentId, now);
    await startVisit(visit.practitioner, visit.appointmentId, "en", now);
    await endVisit(visit.practitioner, visit.appointmentId, now);
    expect(await recordDeviceCheck(visit.patient, visit.appointmentId, GOOD, now)).toEqual({
      ok: false,
      reason: "ended",
    });
  });
});
