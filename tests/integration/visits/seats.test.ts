import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { practitionerScope } from "@/lib/access/rules";
import { env } from "@/lib/core/env";
import { db } from "@/lib/db/client";
import { toDate } from "@/lib/time/instant";
import { trueconf } from "@/lib/trueconf/client";
import { findVisit } from "@/lib/visits/data/visits";
import { describeState } from "@/lib/visits/format/visit";
import { readSeats } from "@/lib/visits/loaders/seats";
import { changeEntry } from "@/lib/visits/mutations/entry";
import { finishVisit } from "@/lib/visits/mutations/finish";
import { pollConferences } from "@/lib/visits/mutations/poll";
import { startVisit } from "@/lib/visits/mutations/start";
import { admitThirdPerson, inviteThirdPerson } from "@/lib/visits/mutations/third";
import { minuteNow } from "../booking/clinic";
import { accountVisit, type BookedVisit, bookedVisit, control, openStage, soon } from "./stage";

let sandbox: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => {
  sandbox = await openStage();
});
afterAll(() => sandbox.stop());
afterEach(async () => {
  env().TRUECONF_GUEST_SEATS = 1000;
  await db().encounter.updateMany({
    where: { status: { in: ["planned", "arrived", "in_progress"] } },
    data: { status: "cancelled" },
  });
  await db().slot.deleteMany();
  await control(sandbox, "POST", "reset");
});

const now = minuteNow();
const NO_SEAT = { ok: false, reason: "no_guest_seat" };
const byAccount = (trueconfUser: string) => accountVisit(trueconfUser, soon(now), now);
const start = ({ practitioner, appointmentId }: BookedVisit, at = now) =>
  startVisit(practitioner, appointmentId, "en", at);
const encounterOf = ({ encounterId }: BookedVisit) =>
  db().encounter.findUniqueOrThrow({ where: { id: encounterId } });
const end = ({ practitioner, appointmentId }: BookedVisit) => finishVisit(practitioner, appointmentId, now);

/** Somebody more, at the door. */
async function beside({ practitioner, appointmentId, encounterId }: BookedVisit) {
  const person = { appointmentId, kind: "relative" as const, name: "Ria Muster", locale: "en" };
  expect((await inviteThirdPerson(practitioner, person, now)).ok).toBe(true);
  const { id } = await db().thirdPerson.findFirstOrThrow({ where: { encounterId } });
  return { appointmentId, thirdPersonId: id };
}

describe("one guest seat, and two practitioners with TrueConf accounts", () => {
  it("rings the first of them alone, and the other one once nobody has answered", async () => {
    await control(sandbox, "PUT", "switches", { usersAnswer: false });
    const visits = [await byAccount("doctor_one"), await byAccount("doctor_two")];
    env().TRUECONF_GUEST_SEATS = 1;
    const started = await Promise.all(visits.map((visit) => start(visit)));
    expect(started.filter(({ ok }) => ok)).toHaveLength(1);
    expect(started).toContainEqual(NO_SEAT);
    const refused = visits[started.findIndex(({ ok }) => !ok)];
    if (!refused) throw new Error("both were rung");
    expect((await encounterOf(refused)).calledAt).toBeNull();
    expect(await start(refused, now.add({ seconds: 44 }))).toEqual(NO_SEAT);
    expect(await start(refused, now.add({ seconds: 45 }))).toEqual({ ok: true, value: { calling: true } });
  });

  it("is free again where the conference could not be run, and nobody was rung", async () => {
    const [first, second] = [await byAccount("doctor_one"), await byAccount("doctor_two")];
    env().TRUECONF_GUEST_SEATS = 1;
    await control(sandbox, "POST", "faults", { kind: "malformed", match: { path: "/run" } });
    expect((await start(first)).ok).toBe(false);
    expect((await encounterOf(first)).calledAt).toBeNull();
    await control(sandbox, "DELETE", "faults");
    expect((await start(second)).ok).toBe(true);
  });

  it("says so to whoever answers when it has gone to the other, and lets the patient in once it is free", async () => {
    await control(sandbox, "PUT", "switches", { usersAnswer: false });
    const [late, quick] = [await byAccount("doctor_one"), await byAccount("doctor_two")];
    env().TRUECONF_GUEST_SEATS = 1;
    expect((await start(late)).ok).toBe(true);
    await control(sandbox, "PUT", "switches", { usersAnswer: true });
    const after = now.add({ minutes: 1 });
    expect((await start(quick, after)).ok).toBe(true);
    await pollConferences(after);
    expect((await encounterOf(quick)).status).toBe("in_progress");

    const conference = await db().conference.findUniqueOrThrow({ where: { encounterId: late.encounterId } });
    expect((await trueconf().callIn(conference.trueconfId, "doctor_one")).ok).toBe(true);
    await pollConferences(after);
    expect((await encounterOf(late)).status).toBe("planned");
    const row = await findVisit(db(), practitionerScope(late.practitioner), late.appointmentId);
    if (!row) throw new Error("no such visit");
    const viewer = { locale: "en", timeZone: "UTC" } as const;
    expect(describeState(row, "practitioner", viewer, after).call).toBe("no_seat");

    await end(quick);
    await pollConferences(after);
    expect((await encounterOf(late)).status).toBe("in_progress");
  });
});

describe("three guest seats", () => {
  it("are counted as they are in use, not as they were booked, when somebody more is let in", async () => {
    const [overrun, visit] = [await bookedVisit(soon(now), now), await byAccount("doctor_one")];
    const person = await beside(visit);
    env().TRUECONF_GUEST_SEATS = 3;
    for (const one of [overrun, visit]) expect((await start(one)).ok).toBe(true);
    await pollConferences(now);
    // Its own time is long over, and nobody has claimed a seat for the present.
    const [startAt, endAt] = [toDate(now.subtract({ hours: 2 })), toDate(now.subtract({ hours: 1 }))];
    await db().slot.updateMany({
      where: { appointmentId: overrun.appointmentId },
      data: { startAt, endAt, visitStartAt: startAt, visitEndAt: endAt },
    });
    expect(await admitThirdPerson(visit.practitioner, person, now)).toEqual(NO_SEAT);
    await end(overrun);
    expect(await admitThirdPerson(visit.practitioner, person, now)).toEqual({ ok: true });
  });

  it("do not hold whoever was let in, the practitioner as a guest, and another visit", async () => {
    const [visit, other] = [await byAccount("doctor_one"), await byAccount("doctor_two")];
    const person = await beside(visit);
    env().TRUECONF_GUEST_SEATS = 3;
    expect((await admitThirdPerson(visit.practitioner, person, now)).ok).toBe(true);
    const asGuest = () => changeEntry(visit.practitioner, visit.appointmentId, "guest", now);
    expect(await asGuest()).toEqual(NO_SEAT);
    await db().slot.deleteMany({ where: { appointmentId: other.appointmentId } });
    expect(await asGuest()).toEqual({ ok: true });
    const { seats } = await db().slot.findUniqueOrThrow({ where: { appointmentId: visit.appointmentId } });
    expect(seats).toBe(3);
  });

  it("are not said to be enough under an account where not even the patient's is left", async () => {
    const [running, visit] = [await bookedVisit(soon(now), now), await bookedVisit(soon(now), now)];
    await db().practitioner.update({
      where: { id: visit.practitioner.practitionerId ?? "" },
      data: { trueconfUser: "doctor_one" },
    });
    expect((await start(running)).ok).toBe(true);
    const shown = async (limit: number) => {
      env().TRUECONF_GUEST_SEATS = limit;
      const seats = await readSeats(visit.practitioner, visit.appointmentId, "en", now);
      return seats.ok && { account: seats.value.account, held: seats.value.visits.map((held) => held.seats) };
    };
    expect(await shown(3)).toEqual({ account: "at_hand", held: [2] });
    expect(await shown(2)).toEqual({ account: "no_help", held: [2] });
  });
});
