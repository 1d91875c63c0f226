import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { practitionerScope } from "@/lib/access/rules";
import { db } from "@/lib/db/client";
import { toInstant } from "@/lib/time/instant";
import { findVisit } from "@/lib/visits/data/visits";
import { describeState } from "@/lib/visits/format/visit";
import { joinVisit } from "@/lib/visits/mutations/join";
import { openConference, reopenConference } from "@/lib/visits/mutations/open-conference";
import { pollConferences } from "@/lib/visits/mutations/poll";
import { startVisit } from "@/lib/visits/mutations/start";
import { sweepConferences } from "@/lib/visits/mutations/sweep";
import { watchOnce } from "@/lib/visits/mutations/watch";
import { inHours, minuteNow } from "../booking/clinic";
import { accountVisit, type BookedVisit, bookedVisit, control, openStage, requestsOf, soon } from "./stage";

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
const onServer = () => sandbox.state.conferences.list();
const conferenceOf = ({ encounterId }: BookedVisit) =>
  db().conference.findUniqueOrThrow({ where: { encounterId } });
const statusOf = async ({ encounterId }: BookedVisit) =>
  (await db().encounter.findUniqueOrThrow({ where: { id: encounterId } })).status;
const endOf = async ({ appointmentId }: BookedVisit) =>
  toInstant((await db().appointment.findUniqueOrThrow({ where: { id: appointmentId } })).endAt);

async function started(visit: BookedVisit): Promise<BookedVisit> {
  const answer = await startVisit(visit.practitioner, visit.appointmentId, "en", now);
  if (!answer.ok) throw new Error(answer.reason);
  return visit;
}

async function stateOf({ practitioner, appointmentId }: BookedVisit, at = now) {
  const row = await findVisit(db(), practitionerScope(practitioner), appointmentId);
  if (!row) throw new Error("no such visit");
  return describeState(row, "practitioner", { locale: "en", timeZone: "UTC" }, at);
}

describe("a call that somebody has forgotten to leave", () => {
  it("ends by itself past its time, after the one who is left alone was told when", async () => {
    const visit = await started(await accountVisit("doctor_one", soon(now), now));
    await pollConferences(now);
    await pollConferences(now.add({ seconds: 5 }));
    expect(await statusOf(visit)).toBe("in_progress");
    const end = await endOf(visit);
    const before = end.subtract({ seconds: 1 });
    await pollConferences(before);
    expect(await statusOf(visit)).toBe("in_progress");
    const early = await stateOf(visit, before);
    expect([early.endsTime, early.changesAt]).toEqual([null, end.toString()]);
    expect((await stateOf(visit, end)).endsTime).not.toBeNull();
    await pollConferences(end);
    expect(await statusOf(visit)).toBe("finished");
  });
});

describe("a conference that TrueConf has lost", () => {
  it("is made and run again while its visit is in progress, without anybody's page", async () => {
    const visit = await started(await bookedVisit(soon(now), now));
    const lost = await conferenceOf(visit);
    sandbox.state.conferences.remove(lost.trueconfId);
    await pollConferences(now.add({ seconds: 5 }));
    await pollConferences(now.add({ seconds: 10 }));
    const made = await conferenceOf(visit);
    expect(made.trueconfId).not.toBe(lost.trueconfId);
    expect(onServer()).toMatchObject([{ id: made.trueconfId, state: "running" }]);
    expect((await joinVisit(visit.patient, visit.appointmentId, "en", now)).ok).toBe(true);
  });

  it("is replaced once, however many find it lost, also long after", async () => {
    const visit = await bookedVisit(soon(now), now);
    const opened = await openConference(visit.appointmentId, now);
    const lostId = opened.ok ? opened.value : "";
    sandbox.state.conferences.remove(lostId);
    const reopen = () => reopenConference(visit.appointmentId, lostId, now);
    const ids = new Set((await Promise.all([reopen(), reopen()])).map((made) => made.ok && made.value));
    expect(ids.size).toBe(1);
    expect(ids).not.toContain(lostId);
    await started(visit);
    const late = await reopen();
    expect(ids).toContain(late.ok && late.value);
    expect(onServer()).toMatchObject([{ id: late.ok && late.value, state: "running" }]);
  });
});

describe("the one watcher", () => {
  it("compares TrueConf's list with ours every minute while a visit is near, and seldom else", async () => {
    const far = await bookedVisit(inHours(20), now);
    await openConference(far.appointmentId, now);
    await requestsOf(sandbox);
    const asked = async (minutes: number, comparedAt: typeof now | undefined) => {
      const round = await watchOnce(comparedAt, now.add({ minutes }));
      return { ...round, requests: await requestsOf(sandbox) };
    };
    const first = await asked(0, undefined);
    expect(first).toMatchObject({ seconds: 60, requests: ["GET /conferences"] });
    expect((await asked(9, first.comparedAt)).requests).toEqual([]);
    const second = await asked(10, first.comparedAt);
    expect(second.requests).toEqual(["GET /conferences"]);

    await started(await bookedVisit(soon(now), now));
    await requestsOf(sandbox);
    const near = await asked(11, second.comparedAt);
    expect(near.seconds).toBe(5);
    expect(near.comparedAt).toEqual(now.add({ minutes: 11 }));
    expect((await asked(11, near.comparedAt)).comparedAt).toEqual(near.comparedAt);
  });

  it("is asked by no sweep where nothing is amiss", async () => {
    await started(await bookedVisit(soon(now), now));
    // What the others have left behind.
    await sweepConferences(now);
    await requestsOf(sandbox);
    await sweepConferences(now);
    expect(await requestsOf(sandbox)).toEqual([]);
  });
});

// Last: for a while nobody is asked any more.
describe("a TrueConf that does not answer", () => {
  it("holds no visit open for ever: the clock ends it, hours past its time", async () => {
    const visit = await started(await bookedVisit(soon(now), now));
    await control(sandbox, "POST", "faults", { kind: "html500", match: { path: "/conferences" } });
    const latest = (await endOf(visit)).add({ hours: 4 });
    await sweepConferences(latest.subtract({ seconds: 1 }));
    expect(await statusOf(visit)).toBe("in_progress");
    expect((await stateOf(visit, latest.subtract({ minutes: 15 }))).endsTime).not.toBeNull();
    await sweepConferences(latest);
    expect(await statusOf(visit)).toBe("finished");
  });
});
