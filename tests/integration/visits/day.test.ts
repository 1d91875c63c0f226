import { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { practitionerScope, schedulingScope } from "@/lib/access/rules";
import { bookAppointment } from "@/lib/booking/mutations/book";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { toDate, toInstant } from "@/lib/time/instant";
import { findNoShowFacts } from "@/lib/visits/data/no-show";
import { findVisit } from "@/lib/visits/data/visits";
import { findExpectedStart } from "@/lib/visits/data/waits";
import { describeClinicDay } from "@/lib/visits/format/clinic-day";
import { describeAgendaItem, describeStaffVisit } from "@/lib/visits/format/staff";
import { arrive } from "@/lib/visits/mutations/arrive";
import { announceDelay } from "@/lib/visits/mutations/delay";
import { startVisit } from "@/lib/visits/mutations/start";
import { sendWaitingMessage } from "@/lib/visits/mutations/waiting-message";
import { proposedNoShow } from "@/lib/visits/rules/no-show";
import { guestBooking, openClinic } from "../booking/clinic";
import { openStage, practitionerActor } from "./stage";

let sandbox: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => {
  sandbox = await openStage();
});
afterAll(() => sandbox.stop());

const SYSTEM = { kind: "system" } as const;
const unwrap = <T>(result: { ok: true; value: T } | { ok: false; reason: string }): T => {
  if (!result.ok) throw new Error(result.reason);
  return result.value;
};

/** Midnight in UTC of a day to come, which nothing of the present touches. */
const MIDNIGHT = Temporal.Now.instant().toZonedDateTimeISO("UTC").add({ days: 3 }).startOfDay().toInstant();
const at = (time: string): Temporal.Instant => {
  const { hour, minute } = Temporal.PlainTime.from(time);
  return MIDNIGHT.add({ hours: hour, minutes: minute });
};

/** A practitioner with visits of twenty minutes at these times. */
async function openDay(times: readonly string[]) {
  const clinic = await openClinic({ visitType: { intervalMinutes: 5, durationMinutes: 20 } });
  const now = Temporal.Now.instant();
  const visits = [];
  for (const time of times) {
    const { appointmentId } = unwrap(await bookAppointment(guestBooking(clinic, at(time)), now));
    const row = await db().appointment.findUniqueOrThrow({
      where: { id: appointmentId },
      include: { patient: true, encounter: true },
    });
    const patient = {
      kind: "link",
      appointmentId,
      patientPseudonym: row.patient.pseudonym,
    } as const;
    visits.push({ appointmentId, encounterId: row.encounter?.id ?? "", patient });
  }
  return { clinic, visits, practitioner: await practitionerActor(clinic.practitioner.id) };
}

const lateMails = async (appointmentId: string) =>
  db().notification.count({ where: { appointmentId, kind: "running_late" } });

async function expectedOf(appointmentId: string, now: Temporal.Instant) {
  const visit = await findVisit(db(), practitionerScope(SYSTEM), appointmentId);
  if (!visit) throw new Error("no such visit");
  const expected = await findExpectedStart(db(), visit, now);
  return expected && [expected.startAt.toString(), expected.lateMinutes];
}

describe("running late", () => {
  it("moves the expected start of every visit that nobody has started, and mails exactly those who have not arrived", async () => {
    const day = await openDay(["08:00", "09:00", "09:20", "14:00"]);
    const [over, here, next, later] = day.visits;
    if (!over || !here || !next || !later) throw new Error("a visit is missing");
    const tomorrow = unwrap(
      await bookAppointment(guestBooking(day.clinic, at("08:00").add({ hours: 24 })), Temporal.Now.instant()),
    );
    const other = await openDay(["09:20"]);
    unwrap(await arrive(here.patient, here.appointmentId, at("08:50")));

    unwrap(await announceDelay(25, day.practitioner, at("08:55")));
    expect(await expectedOf(here.appointmentId, at("08:55"))).toEqual([at("09:25").toString(), 25]);
    expect(await expectedOf(next.appointmentId, at("08:55"))).toEqual([at("09:45").toString(), 25]);
    expect(await expectedOf(later.appointmentId, at("08:55"))).toEqual([at("14:25").toString(), 25]);
    expect(await expectedOf(tomorrow.appointmentId, at("08:55"))).toEqual([
      at("08:00").add({ hours: 24 }).toString(),
      0,
    ]);

    const mails = await Promise.all(
      [over, here, next, later, tomorrow, ...other.visits].map(({ appointmentId }) =>
        lateMails(appointmentId),
      ),
    );
    expect(mails).toEqual([0, 0, 1, 1, 0, 0]);
    const row = await db().appointment.findUniqueOrThrow({ where: { id: later.appointmentId } });
    expect(toInstant(row.startAt)).toEqual(at("14:00"));
  });

  it("mails again when it changes or is taken back, not when it is said twice", async () => {
    const day = await openDay(["10:00"]);
    const [visit] = day.visits;
    if (!visit) throw new Error("a visit is missing");
    const say = async (minutes: number) =>
      unwrap(await announceDelay(minutes, day.practitioner, at("09:00")));
    await Promise.all([say(10), say(10)]);
    expect(await lateMails(visit.appointmentId)).toBe(1);
    await say(20);
    expect(await lateMails(visit.appointmentId)).toBe(2);
    await say(0);
    expect(await lateMails(visit.appointmentId)).toBe(3);
    expect(await expectedOf(visit.appointmentId, at("09:00"))).toEqual([at("10:00").toString(), 0]);
    const trail = await db().auditEvent.findMany({
      where: { action: "practitioner.delay_announced", entityId: day.clinic.practitioner.id },
      orderBy: { id: "asc" },
    });
    expect(trail.map(({ details }) => details)).toEqual([
      { minutes: 10, mailed: 1 },
      { minutes: 20, mailed: 1 },
      { minutes: 0, mailed: 1 },
    ]);
  });

  it("that is taken back counts nobody as missing before the time that was told, and mails nobody else", async () => {
    const day = await openDay(["10:00"]);
    const [visit] = day.visits;
    if (!visit) throw new Error("a visit is missing");
    unwrap(await announceDelay(30, day.practitioner, at("09:00")));
    const { appointmentId } = unwrap(
      await bookAppointment(guestBooking(day.clinic, at("14:00")), Temporal.Now.instant()),
    );
    unwrap(await announceDelay(0, day.practitioner, at("09:40")));
    expect(await lateMails(visit.appointmentId)).toBe(2);
    expect(await lateMails(appointmentId)).toBe(0);
    const missing = async (now: Temporal.Instant) => {
      const row = await findVisit(db(), practitionerScope(SYSTEM), visit.appointmentId);
      if (!row) throw new Error("no such visit");
      return proposedNoShow(await findNoShowFacts(db(), row), row.windows, now);
    };
    expect(await missing(at("10:44"))).toBeUndefined();
    expect(await missing(at("10:45"))).toBe("patient");
  });

  it("follows the practitioner's own calendar day", async () => {
    const day = await openDay(["23:30"]);
    const [visit] = day.visits;
    if (!visit) throw new Error("a visit is missing");
    // In Tokyo it is the next day already when this is said, and when the visit begins; in UTC it was not.
    await db().practitioner.update({
      where: { id: day.clinic.practitioner.id },
      data: { timeZone: "Asia/Tokyo" },
    });
    unwrap(await announceDelay(15, day.practitioner, at("14:00")));
    expect(await lateMails(visit.appointmentId)).toBe(0);
    unwrap(await announceDelay(15, day.practitioner, at("15:00")));
    expect(await lateMails(visit.appointmentId)).toBe(1);
  });

  it("is no longer than visits stay open after their end, as the clinic has decided", async () => {
    const day = await openDay(["10:00"]);
    const say = (minutes: number) => announceDelay(minutes, day.practitioner, at("09:00"));
    expect(await say(61)).toEqual({ ok: false, reason: "too_late" });
    unwrap(await say(60));
    const [visit] = day.visits;
    if (!visit) throw new Error("a visit is missing");
    unwrap(await startVisit(day.practitioner, visit.appointmentId, "en", at("11:00")));
  });

  it("is for practitioners alone", async () => {
    const day = await openDay(["10:00"]);
    const [visit] = day.visits;
    const refused = { ok: false, reason: "not_found" };
    expect(await announceDelay(10, visit?.patient ?? SYSTEM, at("09:00"))).toEqual(refused);
    expect(await announceDelay(10, { ...day.practitioner, practitionerId: undefined }, at("09:00"))).toEqual(
      refused,
    );
  });
});

describe("the expected start", () => {
  it("follows a visit that began late", async () => {
    const day = await openDay(["09:00", "09:20", "11:00"]);
    const [first, second, third] = day.visits;
    if (!first || !second || !third) throw new Error("a visit is missing");
    unwrap(await startVisit(day.practitioner, first.appointmentId, "en", at("09:12")));
    expect(await expectedOf(first.appointmentId, at("09:13"))).toBeUndefined();
    expect(await expectedOf(second.appointmentId, at("09:13"))).toEqual([at("09:32").toString(), 12]);
    expect(await expectedOf(third.appointmentId, at("09:13"))).toEqual([at("11:00").toString(), 0]);
  });
});

describe("what a practitioner says to whoever waits", () => {
  it("is kept sealed, once where it is said twice, and is in the trail without its words", async () => {
    const day = await openDay(["10:00"]);
    const [visit] = day.visits;
    if (!visit) throw new Error("a visit is missing");
    const { appointmentId, encounterId } = visit;
    const soon = (now: Temporal.Instant) =>
      sendWaitingMessage(appointmentId, { kind: "soon" }, day.practitioner, now);
    await Promise.all([soon(at("09:58")), soon(at("09:58"))]);
    unwrap(
      await sendWaitingMessage(
        appointmentId,
        { kind: "text", text: "An invented word" },
        day.practitioner,
        at("09:59"),
      ),
    );
    unwrap(await soon(at("10:01")));
    const rows = await db().waitingMessage.findMany({
      where: { encounterId },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    });
    expect(rows.map(({ kind }) => kind)).toEqual(["soon", "text", "soon"]);
    expect(Buffer.from(rows[1]?.textSealed ?? "").toString("utf8")).not.toContain("invented");
    const trail = await db().auditEvent.findMany({
      where: { action: "encounter.message_sent", entityId: encounterId },
      orderBy: { id: "asc" },
    });
    expect(trail.map(({ details }) => details)).toEqual([
      { kind: "soon" },
      { kind: "text" },
      { kind: "soon" },
    ]);
  });

  it("is its patient's and practitioner's to read, and nobody's who keeps the clinic's time", async () => {
    const day = await openDay(["10:00"]);
    const [visit] = day.visits;
    if (!visit) throw new Error("a visit is missing");
    const say = { kind: "text", text: "MARKED-WORDS" } as const;
    unwrap(await sendWaitingMessage(visit.appointmentId, say, day.practitioner, at("09:59")));
    const row = await findVisit(db(), schedulingScope(SYSTEM), visit.appointmentId);
    if (!row) throw new Error("no such visit");
    const viewer = { locale: "en", timeZone: "UTC" };
    const { id, displayName } = row.practitioner;
    const practitioners = [{ id, displayName, active: true, specialty: row.practitioner.specialty }];
    const rows = { practitioners, visits: [row], tentative: [], schedules: new Map() };
    const on = MIDNIGHT.toZonedDateTimeISO("UTC").toPlainDate();
    const clinic = describeClinicDay(on, rows, viewer, at("09:59"));
    const staff = describeStaffVisit(row, { area: "admin", schedule: undefined }, viewer, at("09:59"));
    expect(clinic.columns[0]?.claims).toHaveLength(1);
    expect(JSON.stringify([clinic, staff])).not.toContain(say.text);
    const item = describeAgendaItem(row, { schedule: undefined }, viewer, at("09:59"));
    expect(item.state.messages.map(({ text }) => text)).toEqual([say.text]);
  });

  it("reaches nobody after the start, and comes from nobody else", async () => {
    const day = await openDay(["10:00"]);
    const other = await openDay([]);
    const [visit] = day.visits;
    if (!visit) throw new Error("a visit is missing");
    const say = (actor: Parameters<typeof sendWaitingMessage>[2], now: Temporal.Instant) =>
      sendWaitingMessage(visit.appointmentId, { kind: "soon" }, actor, now);
    expect(await say(other.practitioner, at("09:50"))).toEqual({ ok: false, reason: "not_found" });
    expect(await say(visit.patient, at("09:50"))).toEqual({ ok: false, reason: "not_found" });
    unwrap(await startVisit(day.practitioner, visit.appointmentId, "en", at("10:00")));
    expect(await say(day.practitioner, at("10:01"))).toEqual({ ok: false, reason: "not_waiting" });
  });

  it("ends somewhere", async () => {
    const day = await openDay(["10:00"]);
    const [visit] = day.visits;
    if (!visit) throw new Error("a visit is missing");
    for (let number = 1; number <= 30; number += 1)
      await db().waitingMessage.create({
        data: {
          id: newId(),
          encounterId: visit.encounterId,
          kind: "soon",
          createdAt: toDate(at("09:00").add({ minutes: number })),
        },
      });
    expect(
      await sendWaitingMessage(visit.appointmentId, { kind: "soon" }, day.practitioner, at("09:50")),
    ).toEqual({ ok: false, reason: "too_many" });
  });
});
