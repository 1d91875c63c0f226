import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { db } from "@/lib/db/client";
import { closeEndedConference } from "@/lib/visits/jobs";
import { callAgain } from "@/lib/visits/mutations/call-again";
import { compareConferences } from "@/lib/visits/mutations/compare";
import { changeEntry } from "@/lib/visits/mutations/entry";
import { finishVisit } from "@/lib/visits/mutations/finish";
import { acceptHandover, offerHandover } from "@/lib/visits/mutations/handover";
import { moveConference } from "@/lib/visits/mutations/move-conference";
import { openConference } from "@/lib/visits/mutations/open-conference";
import { pollConferences } from "@/lib/visits/mutations/poll";
import { startVisit } from "@/lib/visits/mutations/start";
import { inHours, minuteNow } from "../booking/clinic";
import { accountVisit, type BookedVisit, bookedVisit, control, openStage, soon } from "./stage";

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
    await compareConferences(now);
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
    await compareConferences(now);
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
  const loggedSides = async ({ encounterId }: BookedVisit) =>
    (await db().attendance.findMany({ where: { encounterId, source: "call_log" } })).map(({ side }) => side);

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

  it("is kept of the first call too when the visit is called again before its job has come", async () => {
    const visit = await accountVisit("doctor_one", soon(now), now);
    expect((await startVisit(visit.practitioner, visit.appointmentId, "en", now)).ok).toBe(true);
    await pollConferences(now);
    await finishVisit(visit.practitioner, visit.appointmentId, now);
    expect((await callAgain(visit.practitioner, visit.appointmentId, now)).ok).toBe(true);
    await closeEndedConference({ encounterId: visit.encounterId });
    expect(await loggedSides(visit)).toEqual(["practitioner"]);
  });

  it("is kept of a colleague who handed the visit on, and does not make them its practitioner", async () => {
    const visit = await accountVisit("doctor_one", soon(now), now);
    const other = await accountVisit("doctor_two", soon(now).add({ hours: 1 }), now);
    expect((await startVisit(visit.practitioner, visit.appointmentId, "en", now)).ok).toBe(true);
    await pollConferences(now);
    const practitionerId = other.practitioner.practitionerId ?? "";
    const { appointmentId, encounterId } = visit;
    await offerHandover(visit.practitioner, { appointmentId, practitionerId, note: undefined }, now);
    const { id } = await db().handover.findFirstOrThrow({ where: { encounterId } });
    expect((await acceptHandover(other.practitioner, id, now)).ok).toBe(true);
    // The one who had it is still in the call, as its owner.
    await pollConferences(now.add({ seconds: 5 }));
    const inside = { encounterId, source: "participants", side: "practitioner" } as const;
    expect(await db().attendance.count({ where: { ...inside, toAt: null } })).toBe(0);
    expect(await db().attendance.count({ where: inside })).toBe(1);
    await finishVisit(other.practitioner, appointmentId, now.add({ minutes: 5 }));
    await closeEndedConference({ encounterId });
    expect(await loggedSides(visit)).toEqual(["practitioner"]);
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
  it("loses nothing by it", async () => {
    const visit = await openedVisit();
    const before = await conferenceOf(visit);
    await control(sandbox, "POST", "faults", { kind: "html500", match: { path: "/conferences" } });
    await compareConferences(now);
    expect((await conferenceOf(visit)).trueconfId).toBe(before.trueconfId);
  });
});
