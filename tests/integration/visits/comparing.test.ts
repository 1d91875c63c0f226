import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { closeEndedConference } from "@/lib/visits/jobs";
import { changeEntry } from "@/lib/visits/mutations/entry";
import { finishVisit } from "@/lib/visits/mutations/finish";
import { moveConference } from "@/lib/visits/mutations/move-conference";
import { openConference } from "@/lib/visits/mutations/open-conference";
import { pollConferences } from "@/lib/visits/mutations/poll";
import { startVisit } from "@/lib/visits/mutations/start";
import { sweepConferences } from "@/lib/visits/mutations/sweep";
import { inHours, minuteNow } from "../booking/clinic";
import { type BookedVisit, bookedVisit, control, openStage, soon } from "./stage";

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
const idsThere = () => onServer().map(({ id }) => id);
const conferenceOf = ({ encounterId }: BookedVisit) =>
  db().conference.findUniqueOrThrow({ where: { encounterId } });

async function openedVisit(startAt = inHours(20)): Promise<BookedVisit> {
  const visit = await bookedVisit(startAt, now);
  expect((await openConference(visit.appointmentId, now)).ok).toBe(true);
  return visit;
}

describe("TrueConf's list beside ours", () => {
  it("makes again what was deleted there, and leaves the rest", async () => {
    const [lost, kept] = [await openedVisit(), await openedVisit()];
    const before = await conferenceOf(lost);
    sandbox.state.conferences.remove(before.trueconfId);
    await sweepConferences(now);
    const [after, other] = [await conferenceOf(lost), await conferenceOf(kept)];
    expect(after.trueconfId).not.toBe(before.trueconfId);
    expect(idsThere().toSorted()).toEqual([after.trueconfId, other.trueconfId].toSorted());
  });

  it("removes what bears our mark and is nobody's, and never what does not", async () => {
    const [mine, forgotten] = [await openedVisit(), await openedVisit()];
    const { trueconfId } = await conferenceOf(forgotten);
    // As after a restored copy: the database knows nothing of it.
    await db().conference.delete({ where: { encounterId: forgotten.encounterId } });
    await db().encounter.update({
      where: { id: forgotten.encounterId },
      data: { status: "cancelled" },
    });
    const [known] = onServer();
    if (!known) throw new Error("nothing was opened");
    const foreign = "f".repeat(32);
    sandbox.state.conferences.create({ ...known, id: foreign, tags: ["somebody-else"] });
    await sweepConferences(now);
    expect(idsThere()).not.toContain(trueconfId);
    expect(idsThere()).toContain(foreign);
    expect(idsThere()).toContain((await conferenceOf(mine)).trueconfId);
  });
});

describe("another way in for one visit", () => {
  it("gives its conference the other owner", async () => {
    const visit = await openedVisit(soon(now));
    await db().practitioner.update({
      where: { id: visit.practitioner.practitionerId ?? "" },
      data: { trueconfUser: "doctor_one" },
    });
    const owner = async () => onServer().find(({ id }) => id)?.owner;
    for (const [entry, expected] of [
      ["account", "doctor_one"],
      ["guest", "clinic"],
    ] as const) {
      expect((await changeEntry(visit.practitioner, visit.appointmentId, entry, now)).ok).toBe(true);
      expect((await moveConference(visit.appointmentId, now)).ok).toBe(true);
      expect(await owner()).toBe(expected);
    }
  });
});

describe("who was there", () => {
  it("is kept as TrueConf saw it, during the visit and in its log after the end", async () => {
    const visit = await openedVisit(soon(now));
    await db().practitioner.update({
      where: { id: visit.practitioner.practitionerId ?? "" },
      data: { trueconfUser: "doctor_one" },
    });
    await changeEntry(visit.practitioner, visit.appointmentId, "account", now);
    await moveConference(visit.appointmentId, now);
    expect((await startVisit(visit.practitioner, visit.appointmentId, "en", now)).ok).toBe(true);
    await pollConferences(now);
    await finishVisit(visit.practitioner, visit.appointmentId, now.add({ minutes: 10 }));
    await closeEndedConference({ encounterId: visit.encounterId });
    await closeEndedConference({ encounterId: visit.encounterId });
    const stays = await db().attendance.findMany({
      where: { encounterId: visit.encounterId },
      orderBy: { source: "asc" },
    });
    const seen = stays.map(({ source, side, toAt }) => ({ source, side, isOver: toAt !== null }));
    expect(seen.toSorted((a, b) => a.source.localeCompare(b.source))).toEqual([
      { source: "call_log", side: "practitioner", isOver: true },
      { source: "participants", side: "practitioner", isOver: true },
    ]);
  });

  it("is no failure where the application may not read the log", async () => {
    await control(sandbox, "PUT", "switches", { grantedScopes: ["conferences"] });
    await control(sandbox, "POST", "tokens/expire");
    const visit = await openedVisit(soon(now));
    expect((await startVisit(visit.practitioner, visit.appointmentId, "en", now)).ok).toBe(true);
    await finishVisit(visit.practitioner, visit.appointmentId, now);
    await closeEndedConference({ encounterId: visit.encounterId });
    expect(onServer()).toEqual([]);
  });
});

// Last: for a while nobody is asked any more.
describe("a TrueConf that does not answer", () => {
  it("loses nothing by a sweep", async () => {
    const visit = await openedVisit();
    const before = await conferenceOf(visit);
    await control(sandbox, "POST", "faults", { kind: "html500", match: { path: "/conferences" } });
    await sweepConferences(now);
    expect((await conferenceOf(visit)).trueconfId).toBe(before.trueconfId);
  });
});
