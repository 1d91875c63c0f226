import { Temporal } from "temporal-polyfill";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { practitionerScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { findFreeSlots } from "@/lib/availability/data/slots";
import { bookAppointment } from "@/lib/booking/mutations/book";
import { createInstantVisit, INSTANT_CONSTRAINTS } from "@/lib/booking/mutations/instant";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { toDate, toInstant } from "@/lib/time/instant";
import { findVisit, visitTimes } from "@/lib/visits/data/visits";
import { closeEndedConference, openBookedConference } from "@/lib/visits/jobs";
import { arrive } from "@/lib/visits/mutations/arrive";
import { announceDelay } from "@/lib/visits/mutations/delay";
import { joinVisit } from "@/lib/visits/mutations/join";
import { markNoShow, proposeNoShows } from "@/lib/visits/mutations/no-show";
import { revertNoShow } from "@/lib/visits/mutations/no-show-revert";
import { openConference } from "@/lib/visits/mutations/open-conference";
import { rebookMissed } from "@/lib/visits/mutations/rebook";
import { saveVisitSettings } from "@/lib/visits/mutations/settings";
import { startVisit } from "@/lib/visits/mutations/start";
import { sendWaitingMessage } from "@/lib/visits/mutations/waiting-message";
import { linkRights, visitPhase } from "@/lib/visits/rules/windows";
import { storedVisitSettingsSchema } from "@/lib/visits/schema/settings";
import type { VisitSettings } from "@/lib/visits/types/settings";
import { makePatient } from "@/tests/support/factories";
import { guestBooking, openClinic } from "../booking/clinic";
import { openStage, practitionerActor } from "./stage";

let sandbox: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => {
  sandbox = await openStage();
});
afterAll(() => sandbox.stop());
afterEach(() => db().setting.deleteMany({ where: { key: "visits" } }));

const SYSTEM = { kind: "system" } as const satisfies Actor;
const ADMINISTRATOR = {
  kind: "user",
  userId: newId(),
  sessionId: newId(),
  roles: ["administrator"],
  practitionerId: undefined,
  patientId: undefined,
  pseudonym: newId(),
} as const satisfies Actor;
const unwrap = <T>(result: { ok: true; value: T } | { ok: false; reason: string }): T => {
  if (!result.ok) throw new Error(result.reason);
  return result.value;
};
const refused = (reason: string) => ({ ok: false, reason });
const onServer = () => sandbox.state.conferences.list();

/** Whole hours of a day to come; each test takes a start of its own, by a practitioner of its own. */
const START = Temporal.Now.instant()
  .toZonedDateTimeISO("UTC")
  .add({ days: 2 })
  .startOfDay()
  .add({ hours: 10 })
  .toInstant();
const minutesIn = (minutes: number, seconds = 0) => START.add({ minutes }).add({ seconds });

async function bookedAtTen(over: Parameters<typeof openClinic>[0] = {}) {
  const clinic = await openClinic({
    ...over,
    visitType: { intervalMinutes: 5, durationMinutes: 20, ...over.visitType },
  });
  const { appointmentId } = unwrap(
    await bookAppointment(guestBooking(clinic, START), Temporal.Now.instant()),
  );
  const row = await db().appointment.findUniqueOrThrow({
    where: { id: appointmentId },
    include: { patient: true, encounter: true },
  });
  return {
    clinic,
    appointmentId,
    patientId: row.patientId,
    encounterId: row.encounter?.id ?? "",
    patient: { kind: "link", appointmentId, patientPseudonym: row.patient.pseudonym } as const,
    practitioner: await practitionerActor(clinic.practitioner.id),
  };
}
type Booked = Awaited<ReturnType<typeof bookedAtTen>>;

const stateOf = async ({ appointmentId }: Booked) => {
  const { status, noShow, noShowAutomatic, encounter } = await db().appointment.findUniqueOrThrow({
    where: { id: appointmentId },
    include: { encounter: true },
  });
  return { status, encounter: encounter?.status, noShow, noShowAutomatic };
};
const BOOKED = { status: "booked", encounter: "planned", noShow: null, noShowAutomatic: false };
const missed = (noShow: "patient" | "practitioner", noShowAutomatic = false) => ({
  status: "noshow",
  encounter: "cancelled",
  noShow,
  noShowAutomatic,
});
const mailsOf = async ({ appointmentId }: Booked, kind: "noshow_patient" | "noshow_practitioner") =>
  db().notification.count({ where: { appointmentId, kind } });
const decide = (over: Partial<VisitSettings>) =>
  saveVisitSettings({ ...storedVisitSettingsSchema.parse({}), ...over }, { kind: "system" }, START);

describe("a person says that somebody did not come", () => {
  it("of the patient, who is mailed; the conference goes, and nobody is let in", async () => {
    const visit = await bookedAtTen();
    unwrap(await openConference(visit.appointmentId, minutesIn(-10)));
    const before = onServer().length;
    const say = () =>
      markNoShow({ appointmentId: visit.appointmentId, who: "patient" }, visit.practitioner, minutesIn(16));
    await Promise.all([say(), say()]);
    unwrap(await say());
    expect(await stateOf(visit)).toEqual(missed("patient"));
    expect(await mailsOf(visit, "noshow_patient")).toBe(1);
    await closeEndedConference({ encounterId: visit.encounterId });
    expect(onServer()).toHaveLength(before - 1);
    expect(await startVisit(visit.practitioner, visit.appointmentId, "en", minutesIn(17))).toEqual(
      refused("too_late"),
    );
    const trail = await db().auditEvent.findMany({
      where: { action: "appointment.no_show", entityId: visit.appointmentId },
    });
    expect(trail.map(({ details }) => details)).toEqual([{ who: "patient", automatic: false }]);
  });

  it("of the practitioner, by themselves or by an administrator; the patient gets an apology", async () => {
    for (const by of ["practitioner", "administrator"] as const) {
      const visit = await bookedAtTen();
      unwrap(await arrive(visit.patient, visit.appointmentId, minutesIn(-5)));
      const actor = by === "practitioner" ? visit.practitioner : ADMINISTRATOR;
      unwrap(
        await markNoShow({ appointmentId: visit.appointmentId, who: "practitioner" }, actor, minutesIn(5)),
      );
      expect(await stateOf(visit)).toEqual(missed("practitioner"));
      expect([await mailsOf(visit, "noshow_practitioner"), await mailsOf(visit, "noshow_patient")]).toEqual([
        1, 0,
      ]);
    }
  });

  it("not before the start, not of somebody else's visit, not by a patient", async () => {
    const visit = await bookedAtTen();
    const stranger = await bookedAtTen();
    const say = (actor: Actor, now: Temporal.Instant) =>
      markNoShow({ appointmentId: visit.appointmentId, who: "patient" }, actor, now);
    expect(await say(visit.practitioner, minutesIn(0, -1))).toEqual(refused("too_early"));
    expect(await say(stranger.practitioner, minutesIn(20))).toEqual(refused("not_found"));
    expect(await say(visit.patient, minutesIn(20))).toEqual(refused("not_found"));
    expect(await say({ kind: "anonymous" }, minutesIn(20))).toEqual(refused("not_found"));
    expect(await stateOf(visit)).toEqual(BOOKED);
  });

  it("of a patient for whom the practitioner waits in the visit; not of one who has been there", async () => {
    const alone = await bookedAtTen();
    unwrap(await startVisit(alone.practitioner, alone.appointmentId, "en", minutesIn(0)));
    unwrap(
      await markNoShow(
        { appointmentId: alone.appointmentId, who: "patient" },
        alone.practitioner,
        minutesIn(15),
      ),
    );
    expect(await stateOf(alone)).toEqual(missed("patient"));

    const both = await bookedAtTen();
    unwrap(await arrive(both.patient, both.appointmentId, minutesIn(-1)));
    unwrap(await startVisit(both.practitioner, both.appointmentId, "en", minutesIn(0)));
    expect(
      await markNoShow(
        { appointmentId: both.appointmentId, who: "patient" },
        both.practitioner,
        minutesIn(15),
      ),
    ).toEqual(refused("not_changeable"));
  });
});

describe("the clock says it", () => {
  it("only where the clinic lets it, at the border of the minutes it allows", async () => {
    const visit = await bookedAtTen();
    await proposeNoShows(minutesIn(60));
    expect(await stateOf(visit)).toEqual(BOOKED);
    await decide({ noShowAutomatic: true, noShowAfterMinutes: 20 });
    await proposeNoShows(minutesIn(20, -1));
    expect(await stateOf(visit)).toEqual(BOOKED);
    await Promise.all([proposeNoShows(minutesIn(20)), proposeNoShows(minutesIn(20))]);
    expect(await stateOf(visit)).toEqual(missed("patient", true));
    expect(await mailsOf(visit, "noshow_patient")).toBe(1);
  });

  it("of the practitioner whom a patient has waited for; not while they are in another visit or have said a word", async () => {
    await decide({ noShowAutomatic: true });
    const [left, told, busy, late] = [
      await bookedAtTen(),
      await bookedAtTen(),
      await bookedAtTen(),
      await bookedAtTen(),
    ];
    for (const { patient, appointmentId } of [left, told, busy, late])
      unwrap(await arrive(patient, appointmentId, minutesIn(-5)));
    unwrap(await sendWaitingMessage(told.appointmentId, { kind: "soon" }, told.practitioner, minutesIn(1)));
    const other = unwrap(
      await bookAppointment(guestBooking(busy.clinic, minutesIn(-30)), Temporal.Now.instant()),
    );
    unwrap(await startVisit(busy.practitioner, other.appointmentId, "en", minutesIn(-20)));
    unwrap(await announceDelay(30, late.practitioner, minutesIn(-2)));

    await proposeNoShows(minutesIn(15));
    expect(await stateOf(left)).toEqual(missed("practitioner", true));
    expect(await mailsOf(left, "noshow_practitioner")).toBe(1);
    for (const visit of [told, busy, late])
      expect(await stateOf(visit)).toMatchObject({ status: "arrived", encounter: "arrived" });
    await proposeNoShows(minutesIn(45));
    expect(await stateOf(late)).toEqual(missed("practitioner", true));
  });

  it("not of somebody who was there and left, nor of one who looked at the page the day before", async () => {
    await decide({ noShowAutomatic: true });
    const [came, looked] = [await bookedAtTen(), await bookedAtTen()];
    const attend = (visit: Booked, from: Temporal.Instant, to: Temporal.Instant) =>
      db().attendance.create({
        data: {
          id: newId(),
          encounterId: visit.encounterId,
          source: "participants",
          side: "patient",
          fromAt: toDate(from),
          toAt: toDate(to),
        },
      });
    await attend(came, minutesIn(2), minutesIn(4));
    await attend(looked, minutesIn(-1_440), minutesIn(-1_430));
    // Of the one who came the practitioner is missing, then.
    await proposeNoShows(minutesIn(15));
    expect(await stateOf(came)).toEqual(missed("practitioner", true));
    expect(await stateOf(looked)).toEqual(missed("patient", true));
  });

  it("never against a person who has taken it back", async () => {
    await decide({ noShowAutomatic: true });
    const visit = await bookedAtTen();
    await proposeNoShows(minutesIn(15));
    unwrap(await revertNoShow(visit.appointmentId, visit.practitioner, minutesIn(16)));
    await proposeNoShows(minutesIn(40));
    expect(await stateOf(visit)).toEqual(BOOKED);
  });
});

describe("taking it back", () => {
  it("makes the visit as it was booked, with a conference of its own, and it can take place", async () => {
    const visit = await bookedAtTen();
    unwrap(await openConference(visit.appointmentId, minutesIn(-10)));
    const first = await db().conference.findUniqueOrThrow({ where: { encounterId: visit.encounterId } });
    unwrap(await arrive(visit.patient, visit.appointmentId, minutesIn(-5)));
    unwrap(
      await markNoShow(
        { appointmentId: visit.appointmentId, who: "practitioner" },
        visit.practitioner,
        minutesIn(3),
      ),
    );
    await closeEndedConference({ encounterId: visit.encounterId });

    unwrap(await revertNoShow(visit.appointmentId, visit.practitioner, minutesIn(4)));
    expect(await stateOf(visit)).toEqual(BOOKED);
    await openBookedConference({ appointmentId: visit.appointmentId });
    const second = await db().conference.findUniqueOrThrow({ where: { encounterId: visit.encounterId } });
    expect(second).toMatchObject({ closedAt: null, isVirtual: true });
    expect(second.trueconfId).not.toBe(first.trueconfId);

    unwrap(await arrive(visit.patient, visit.appointmentId, minutesIn(5)));
    expect(await stateOf(visit)).toMatchObject({ status: "arrived", encounter: "arrived" });
    unwrap(await startVisit(visit.practitioner, visit.appointmentId, "en", minutesIn(6)));
    unwrap(await joinVisit(visit.patient, visit.appointmentId, "en", minutesIn(6)));
    expect(await revertNoShow(visit.appointmentId, visit.practitioner, minutesIn(7))).toEqual(
      refused("not_changeable"),
    );
  });

  it("leaves the conference of a visit alone whose removal comes too late", async () => {
    const visit = await bookedAtTen();
    unwrap(await openConference(visit.appointmentId, minutesIn(-10)));
    unwrap(
      await markNoShow(
        { appointmentId: visit.appointmentId, who: "patient" },
        visit.practitioner,
        minutesIn(1),
      ),
    );
    unwrap(await revertNoShow(visit.appointmentId, visit.practitioner, minutesIn(1)));
    await closeEndedConference({ encounterId: visit.encounterId });
    await openBookedConference({ appointmentId: visit.appointmentId });
    unwrap(await startVisit(visit.practitioner, visit.appointmentId, "en", minutesIn(2)));
    const { closedAt, trueconfId } = await db().conference.findUniqueOrThrow({
      where: { encounterId: visit.encounterId },
    });
    expect(closedAt).toBeNull();
    expect(onServer().map(({ id }) => id)).toContain(trueconfId);
  });

  it("gives what was left of the time free meanwhile, with its seats, and claims it again where nobody has used it", async () => {
    const visit = await bookedAtTen({ visitType: { bufferAfterMinutes: 10 } });
    const before = await db().slot.findUniqueOrThrow({ where: { appointmentId: visit.appointmentId } });
    unwrap(
      await markNoShow({ appointmentId: visit.appointmentId, who: "patient" }, ADMINISTRATOR, minutesIn(1)),
    );
    expect(
      await db().slot.findUniqueOrThrow({ where: { appointmentId: visit.appointmentId } }),
    ).toMatchObject({ endAt: toDate(minutesIn(1)), visitEndAt: toDate(minutesIn(1)) });
    unwrap(await revertNoShow(visit.appointmentId, ADMINISTRATOR, minutesIn(1)));
    expect(await db().slot.findUniqueOrThrow({ where: { appointmentId: visit.appointmentId } })).toEqual(
      before,
    );
  });

  /** A visit that begins at once in what remains of the missed one's time. */
  const takeRest = async (visit: Booked, now: Temporal.Instant) => {
    const { visitType, practitioner } = visit.clinic;
    const patient = await makePatient(db(), { now });
    return transaction(
      (tx) =>
        createInstantVisit(
          tx,
          {
            practitionerId: practitioner.id,
            patientId: patient.id,
            visitTypeId: visitType.id,
            origin: "now",
            locale: "en",
            timeZone: "UTC",
            actor: { kind: "system" },
          },
          now,
        ),
      INSTANT_CONSTRAINTS,
    );
  };

  it("claims again what was said to be missed in its very first moment", async () => {
    const visit = await bookedAtTen();
    const {
      id: _id,
      createdAt: _at,
      ...before
    } = await db().slot.findUniqueOrThrow({
      where: { appointmentId: visit.appointmentId },
    });
    unwrap(
      await markNoShow(
        { appointmentId: visit.appointmentId, who: "practitioner" },
        visit.practitioner,
        minutesIn(0),
      ),
    );
    expect(await db().slot.count({ where: { appointmentId: visit.appointmentId } })).toBe(0);
    unwrap(await revertNoShow(visit.appointmentId, visit.practitioner, minutesIn(0, 20)));
    expect(
      await db().slot.findUniqueOrThrow({ where: { appointmentId: visit.appointmentId } }),
    ).toMatchObject(before);
  });

  it("is refused where the rest of the time went to another visit, and claims it again where that has gone", async () => {
    const visit = await bookedAtTen({ visitType: { durationMinutes: 60, bufferAfterMinutes: 10 } });
    const before = await db().slot.findUniqueOrThrow({ where: { appointmentId: visit.appointmentId } });
    unwrap(
      await markNoShow(
        { appointmentId: visit.appointmentId, who: "patient" },
        visit.practitioner,
        minutesIn(15),
      ),
    );
    const instant = unwrap(await takeRest(visit, minutesIn(20)));
    expect(await revertNoShow(visit.appointmentId, visit.practitioner, minutesIn(21))).toEqual(
      refused("slot_taken"),
    );
    expect(await stateOf(visit)).toEqual(missed("patient"));

    await db().slot.deleteMany({ where: { appointmentId: instant.appointmentId } });
    unwrap(await revertNoShow(visit.appointmentId, visit.practitioner, minutesIn(22)));
    expect(
      await db().slot.findUniqueOrThrow({ where: { appointmentId: visit.appointmentId } }),
    ).toMatchObject({
      startAt: before.startAt,
      endAt: before.endAt,
      visitEndAt: before.visitEndAt,
      seats: before.seats,
    });
  });

  it("still sets the record right once the time is over, without claiming it", async () => {
    const visit = await bookedAtTen({ visitType: { durationMinutes: 60 } });
    unwrap(
      await markNoShow(
        { appointmentId: visit.appointmentId, who: "patient" },
        visit.practitioner,
        minutesIn(15),
      ),
    );
    unwrap(await takeRest(visit, minutesIn(20)));
    unwrap(await revertNoShow(visit.appointmentId, visit.practitioner, minutesIn(300)));
    expect(await stateOf(visit)).toEqual(BOOKED);
    const row = await findVisit(db(), practitionerScope(SYSTEM), visit.appointmentId);
    expect(row && visitPhase(visitTimes(row), "patient", minutesIn(300))).toBe("missed");
  });

  it("is for staff of the visit alone", async () => {
    const [visit, stranger] = [await bookedAtTen(), await bookedAtTen()];
    unwrap(
      await markNoShow(
        { appointmentId: visit.appointmentId, who: "patient" },
        visit.practitioner,
        minutesIn(1),
      ),
    );
    for (const actor of [visit.patient, stranger.practitioner, { kind: "anonymous" } as const])
      expect(await revertNoShow(visit.appointmentId, actor, minutesIn(2))).toEqual(refused("not_found"));
  });
});

describe("another time in its place", () => {
  const rebook = (visit: Booked, startAt: Temporal.Instant, actor: Actor = visit.patient) =>
    rebookMissed(
      { appointmentId: visit.appointmentId, startAt, locale: "en", timeZone: "UTC", address: undefined },
      actor,
      minutesIn(30),
    );
  const free = async ({ clinic }: Booked) => {
    const { practitioner, visitType } = clinic;
    const slots = await findFreeSlots(db(), {
      practitionerIds: [practitioner.id],
      visitTypeId: visitType.id,
      from: minutesIn(30),
      to: minutesIn(3_000),
      now: minutesIn(30),
    });
    const [first, second] = slots.get(practitioner.id) ?? [];
    if (!first || !second) throw new Error("nothing is free");
    return [first.startAt, second.startAt] as const;
  };

  it("is booked by the personal link, for the same patient and with what was written then, once", async () => {
    const visit = await bookedAtTen();
    const [first, second] = await free(visit);
    expect(await rebook(visit, first)).toEqual(refused("not_missed"));
    unwrap(
      await markNoShow(
        { appointmentId: visit.appointmentId, who: "practitioner" },
        visit.practitioner,
        minutesIn(5),
      ),
    );
    const twice = await Promise.all([rebook(visit, first), rebook(visit, first)]);
    const [booked, again] = twice.map(unwrap);
    expect(again?.appointmentId).toBe(booked?.appointmentId);
    expect(booked?.token).toMatch(/^[\w-]{43}$/);
    const row = await db().appointment.findUniqueOrThrow({ where: { id: booked?.appointmentId ?? "" } });
    expect(row).toMatchObject({
      patientId: visit.patientId,
      followsId: visit.appointmentId,
      status: "booked",
    });
    expect(row.reasonSealed).not.toBeNull();
    expect(toInstant(row.startAt)).toEqual(first);
    expect(await rebook(visit, second)).toEqual(refused("already_booked"));
  });

  it("is nobody else's to book", async () => {
    const [visit, stranger] = [await bookedAtTen(), await bookedAtTen()];
    unwrap(
      await markNoShow(
        { appointmentId: visit.appointmentId, who: "practitioner" },
        visit.practitioner,
        minutesIn(5),
      ),
    );
    const [first] = await free(visit);
    for (const actor of [stranger.patient, visit.practitioner, SYSTEM, { kind: "anonymous" } as const])
      expect(await rebook(visit, first, actor)).toEqual(refused("not_found"));
  });

  it("is refused where it is gone, and the visit stays as it is", async () => {
    const visit = await bookedAtTen();
    unwrap(
      await markNoShow(
        { appointmentId: visit.appointmentId, who: "patient" },
        visit.practitioner,
        minutesIn(5),
      ),
    );
    const [first] = await free(visit);
    unwrap(await bookAppointment(guestBooking(visit.clinic, first), minutesIn(29)));
    expect(await rebook(visit, first)).toEqual(refused("slot_taken"));
  });
});

describe("the windows of visits", () => {
  const SETTINGS = { patientOpensMinutes: 45, practitionerOpensMinutes: 10, closesAfterMinutes: 90 };

  it.each([
    ["a second before the waiting room opens", minutesIn(-45, -1), "booked", "booked"],
    ["when the waiting room opens", minutesIn(-45), "waiting", "booked"],
    ["a second before it can be started", minutesIn(-10, -1), "waiting", "booked"],
    ["when it can be started", minutesIn(-10), "waiting", "waiting"],
    ["a second before it closes", minutesIn(110, -1), "waiting", "waiting"],
    ["when it closes", minutesIn(110), "missed", "missed"],
  ] as const)("are what the clinic has decided: %s", async (_name, now, patient, practitioner) => {
    await decide(SETTINGS);
    const visit = await bookedAtTen();
    const row = await findVisit(db(), practitionerScope(SYSTEM), visit.appointmentId);
    if (!row) throw new Error("no such visit");
    const times = visitTimes(row);
    expect([visitPhase(times, "patient", now), visitPhase(times, "practitioner", now)]).toEqual([
      patient,
      practitioner,
    ]);
    expect(linkRights(times, now)).toBe(patient === "missed" ? "after" : "full");

    unwrap(await arrive(visit.patient, visit.appointmentId, now));
    const { arrivedAt } = await db().encounter.findUniqueOrThrow({ where: { id: visit.encounterId } });
    expect(arrivedAt !== null).toBe(patient === "waiting");
    const started = await startVisit(visit.practitioner, visit.appointmentId, "en", now);
    const refusals = { booked: "too_early", missed: "too_late", waiting: undefined };
    expect(started.ok ? undefined : started.reason).toBe(refusals[practitioner]);
  });

  it("hold for visits that were booked before, and change back", async () => {
    const visit = await bookedAtTen();
    const start = (now: Temporal.Instant) => startVisit(visit.practitioner, visit.appointmentId, "en", now);
    await decide({ practitionerOpensMinutes: 5 });
    expect(await start(minutesIn(-6))).toEqual(refused("too_early"));
    await decide({});
    unwrap(await start(minutesIn(-6)));
  });
});
