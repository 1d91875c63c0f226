import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { newId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { closeEvents, isListening, subscribe } from "@/lib/events/listen";
import { appointmentTopic, practitionerTopic } from "@/lib/events/topics";
import {
  type Attendee,
  beatPresences,
  beginPresence,
  endPresence,
  reapPresences,
} from "@/lib/visits/mutations/presence";
import { sidesPresent } from "@/lib/visits/rules/presence";
import { minuteNow } from "../booking/clinic";
import { type BookedVisit, bookedVisit, openStage, soon } from "./stage";

let sandbox: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => {
  sandbox = await openStage();
});
afterEach(closeEvents);
afterAll(async () => {
  await sandbox.stop();
  await closeDb();
});

const now = minuteNow();
const in_ = (seconds: number) => now.add({ seconds });

const attendeeOf = ({ appointmentId, encounterId }: BookedVisit, side: Attendee["side"]): Attendee => ({
  appointmentId,
  encounterId,
  side,
  thirdPersonId: null,
});

async function stage() {
  const visit = await bookedVisit(soon(now), now);
  const patient = attendeeOf(visit, "patient");
  const sides = async (seconds: number) => [
    ...sidesPresent(
      await db().presence.findMany({
        where: { encounterId: visit.encounterId },
        orderBy: { createdAt: "asc" },
      }),
      in_(seconds),
    ),
  ];
  const attendances = async () => {
    const rows = await db().attendance.findMany({
      where: { encounterId: visit.encounterId, source: "portal" },
      orderBy: [{ fromAt: "asc" }, { side: "asc" }],
    });
    const secondsOf = (date: Date | null) => date && (date.getTime() - now.epochMilliseconds) / 1000;
    return rows.map(({ side, fromAt, toAt }) => [side, secondsOf(fromAt), secondsOf(toAt)]);
  };
  return { visit, patient, sides, attendances };
}

describe("presence", () => {
  it("begins with the first page of a side and ends with the last, and is kept as one attendance", async () => {
    const { visit, patient, sides, attendances } = await stage();
    const [phone, computer, doctor] = [newId(), newId(), newId()];
    await beginPresence(patient, phone, now);
    await beginPresence(patient, computer, in_(5));
    await beginPresence(attendeeOf(visit, "practitioner"), doctor, in_(6));
    expect(await sides(7)).toEqual(["patient", "practitioner"]);
    await endPresence(patient, phone, in_(8));
    expect(await sides(9)).toEqual(["patient", "practitioner"]);
    await endPresence(patient, computer, in_(10));
    await endPresence(patient, computer, in_(15));
    expect(await sides(16)).toEqual(["practitioner"]);
    expect(await attendances()).toEqual([
      ["patient", 0, 10],
      ["practitioner", 6, null],
    ]);
  });

  it("is told to both sides and the agenda when somebody comes or goes, and not for a second page", async () => {
    const { visit, patient } = await stage();
    const signal = vi.fn();
    const { practitionerId = "" } = visit.practitioner;
    const ends = [appointmentTopic(visit.appointmentId), practitionerTopic(practitionerId)].map((topic) =>
      subscribe([topic], signal),
    );
    await vi.waitFor(() => expect(isListening()).toBe(true), 5_000);
    await vi.waitFor(() => expect(signal).toHaveBeenCalledTimes(2));
    const heard = async (times: number) => {
      await vi.waitFor(() => expect(signal).toHaveBeenCalledTimes(times));
      signal.mockClear();
    };
    signal.mockClear();
    const [first, second] = [newId(), newId()];
    await beginPresence(patient, first, now);
    await heard(2);
    await beginPresence(patient, second, now);
    await endPresence(patient, first, in_(1));
    await endPresence(patient, second, in_(2));
    await heard(2);
    for (const end of ends) end();
  });

  it("lasts while its process beats, and no longer", async () => {
    const { patient, sides, attendances } = await stage();
    const id = newId();
    await beginPresence(patient, id, now);
    expect(await beatPresences([id, newId()], in_(20))).toEqual(new Set([id]));
    await reapPresences(in_(45));
    expect(await sides(45)).toEqual(["patient"]);
    expect(await sides(51)).toEqual([]);
    await reapPresences(in_(51));
    expect(await attendances()).toEqual([["patient", 0, 20]]);
    expect(await beatPresences([id], in_(52))).toEqual(new Set());
    // Its process was slow and not dead: it begins again.
    await beginPresence(patient, id, in_(53));
    await beginPresence(patient, id, in_(53));
    expect(await sides(54)).toEqual(["patient"]);
    expect(await attendances()).toEqual([
      ["patient", 0, 20],
      ["patient", 53, null],
    ]);
  });

  it("goes on where the patient is back on another process before the dead one is missed", async () => {
    const { patient, attendances } = await stage();
    await beginPresence(patient, newId(), now);
    await beginPresence(patient, newId(), in_(3));
    await beatPresences(
      (await db().presence.findMany({ where: { createdAt: new Date(in_(3).epochMilliseconds) } })).map(
        ({ id }) => id,
      ),
      in_(25),
    );
    await reapPresences(in_(40));
    expect(await db().presence.count({ where: { encounterId: patient.encounterId } })).toBe(1);
    expect(await attendances()).toEqual([["patient", 0, null]]);
  });

  it("counts once, however many pages come and go at once", async () => {
    const { patient, sides, attendances } = await stage();
    const ids = Array.from({ length: 12 }, newId);
    await Promise.all(ids.map((id) => beginPresence(patient, id, now)));
    await Promise.all(ids.map((id) => endPresence(patient, id, in_(1))));
    expect(await sides(1)).toEqual([]);
    expect(await attendances()).toEqual([["patient", 0, 1]]);
  });

  it("never ends before it began, whatever another process's clock says", async () => {
    const { patient, attendances } = await stage();
    const id = newId();
    await beginPresence(patient, id, in_(3));
    await endPresence(patient, id, now);
    expect(await attendances()).toEqual([["patient", 3, 3]]);
  });
});
