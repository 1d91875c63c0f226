import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import pg from "pg";
import { afterAll, describe, expect, it } from "vitest";
import {
  appointmentScope,
  conversationScope,
  lookUpScope,
  ownPatientScope,
  schedulingScope,
  unsafePersonScope,
} from "@/lib/access/rules";
import { unsafeListFigures } from "@/lib/admin/data/clinic";
import { verifyTrail } from "@/lib/audit/data";
import { welcomeByMail } from "@/lib/auth/mutations/welcome";
import { createCalendarFeed } from "@/lib/booking/mutations/calendar-feed";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { ok } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { FATES } from "@/lib/privacy/data/fates";
import { unsafeListKept } from "@/lib/privacy/data/kept";
import { LEFT_OUT } from "@/lib/privacy/data/left-out";
import { planErasure } from "@/lib/privacy/data/plan";
import { findProfile } from "@/lib/privacy/data/profile";
import { EXPORTED, unsafeFindPerson } from "@/lib/privacy/data/sections";
import { correctProfile } from "@/lib/privacy/mutations/correction";
import { carryOutErasure } from "@/lib/privacy/mutations/erasure";
import { approveErasure, refuseErasure } from "@/lib/privacy/mutations/erasure-decision";
import { requestErasure, withdrawErasure } from "@/lib/privacy/mutations/erasure-request";
import { sweepErasures } from "@/lib/privacy/mutations/erasure-sweep";
import { handOverKept, noteLookUp } from "@/lib/privacy/mutations/hand-over";
import { readRetention } from "@/lib/retention/data/settings";
import { keepUntil } from "@/lib/retention/rules";
import { deriveKey } from "@/lib/security/tokens";
import { toDate, toInstant } from "@/lib/time/instant";
import { deriveGuestId } from "@/lib/trueconf/guest";
import { makeAppointment, makePatient, makeUser } from "@/tests/support/factories";
import { minuteNow } from "../booking/clinic";
import { actorOfUser, approvedFor, findWords, makeAdministrator, makePerson } from "./erasure-person";

const DATA_DIR = mkdtempSync(join(tmpdir(), "portal-"));
Object.assign(process.env, { DATA_DIR, SCAN_COMMAND: "true", TRUECONF_GUEST_SEATS: "1000" });
afterAll(() => rmSync(DATA_DIR, { recursive: true }));

const now = minuteNow();

async function erased() {
  const person = await makePerson(now);
  const erasureId = await approvedFor(person, now);
  await carryOutErasure(erasureId, now);
  return { person, erasureId };
}

/** With whom they have had a visit, and of which kind. */
const visitOf = ({ pastId }: { pastId: string }) =>
  db().appointment.findUniqueOrThrow({
    where: { id: pastId },
    select: { practitioner: true, visitType: true },
  });

const erasureOf = (id: string) => db().erasure.findUniqueOrThrow({ where: { id } });
const blankOf = (erasureId: string) => db().patient.findFirstOrThrow({ where: { erasureId } });

describe("a request to be erased", () => {
  it("is one at a time, and can be taken back until somebody has decided", async () => {
    const { actor } = await makePerson(now);
    const [one, two] = await Promise.all([requestErasure(actor, now), requestErasure(actor, now)]);
    expect([one.ok, two.ok].toSorted()).toEqual([false, true]);
    expect((await withdrawErasure(actor, now)).ok).toBe(true);
    expect(await withdrawErasure(actor, now)).toMatchObject({ reason: "not_found" });
    expect((await requestErasure(actor, now)).ok).toBe(true);
    expect(
      (
        await db().auditEvent.findMany({
          where: { actorPseudonym: actor.pseudonym, action: { startsWith: "erasure." } },
          orderBy: { sequence: "asc" },
        })
      ).map(({ action }) => action),
    ).toEqual(["erasure.requested", "erasure.withdrawn", "erasure.requested"]);
  });

  it("is told to every administrator by mail", async () => {
    const administrator = await makeAdministrator(now);
    const { actor } = await makePerson(now);
    expect((await requestErasure(actor, now)).ok).toBe(true);
    const mails = await db().notification.findMany({ where: { userId: administrator.userId } });
    expect(mails).toMatchObject([{ kind: "erasure_requested", patientId: null, erasureId: null }]);
  });

  it("is decided once, whoever is first", async () => {
    const person = await makePerson(now);
    const asked = await requestErasure(person.actor, now);
    if (!asked.ok) throw new Error(asked.reason);
    const { erasureId } = asked.value;
    const administrator = await makeAdministrator(now);
    const answers = await Promise.all([
      approveErasure(administrator, erasureId, now),
      refuseErasure(administrator, { erasureId, reason: "An invented reason" }, now),
      withdrawErasure(person.actor, now),
    ]);
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await approveErasure(administrator, newId(), now)).toMatchObject({ reason: "not_found" });
    expect(await approveErasure(administrator, "none", now)).toMatchObject({ reason: "not_found" });
  });

  it("that is refused changes nothing but says why, by mail", async () => {
    const person = await makePerson(now);
    const asked = await requestErasure(person.actor, now);
    if (!asked.ok) throw new Error(asked.reason);
    const { erasureId } = asked.value;
    const administrator = await makeAdministrator(now);
    expect(
      (await refuseErasure(administrator, { erasureId, reason: "An invented Begründung" }, now)).ok,
    ).toBe(true);
    expect(await db().notification.findMany({ where: { erasureId } })).toMatchObject([
      { kind: "erasure_refused", userId: person.actor.userId },
    ]);
    expect(await findWords(["An invented Begründung"])).toEqual([]);
    await carryOutErasure(erasureId, now);
    expect(await db().patient.count({ where: { id: person.patientId } })).toBe(1);
  });

  it("waits while somebody is in a visit", async () => {
    const person = await makePerson(now);
    const asked = await requestErasure(person.actor, now);
    if (!asked.ok) throw new Error(asked.reason);
    await db().encounter.update({
      where: { id: person.talk.encounterId },
      data: { status: "in_progress", startedAt: toDate(now) },
    });
    const administrator = await makeAdministrator(now);
    expect(await approveErasure(administrator, asked.value.erasureId, now)).toMatchObject({
      reason: "visit_running",
    });
  });

  it("that is approved signs everybody out at once", async () => {
    const person = await makePerson(now);
    await approvedFor(person, now);
    expect(
      await db().user.findUniqueOrThrow({ where: { id: person.actor.userId }, include: { sessions: true } }),
    ).toMatchObject({ disabledAt: toDate(now), sessions: [{ revokedAt: toDate(now) }] });
  });
});

describe("the dry run", () => {
  it("counts what would go, what must be kept and until when, and removes nothing", async () => {
    const person = await makePerson(now);
    const found = await unsafeFindPerson(db(), person.actor.userId, "UTC");
    if (!found) throw new Error("nobody there");
    const plan = () => planErasure(db(), { ...found, accountStays: false }, now);
    const before = await plan();
    const { endAt } = await db().appointment.findUniqueOrThrow({ where: { id: person.talk.appointmentId } });
    const until = keepUntil("records", toInstant(endAt), await readRetention(db()));
    const kept = new Map(before.kept.map((row) => [row.kind, row]));
    for (const kind of ["visit_note", "visit_summary", "message", "attachment"] as const)
      expect(kept.get(kind)).toMatchObject({ count: 1 });
    expect(kept.get("visit_note")?.until.equals(until)).toBe(true);
    expect(kept.has("consent")).toBe(false);
    for (const kind of ["user", "patient", "session", "waitlist_entry", "third_person"] as const)
      expect(before.goes).toContainEqual({ kind, count: 1 });
    expect(before.stays).toContainEqual({ kind: "appointment", count: 2 });
    expect(before).toMatchObject({ ahead: 1, running: false });
    expect(await plan()).toEqual(before);
    // Of whoever also works here, the account stays.
    const ofStaff = await planErasure(db(), { ...found, accountStays: true }, now);
    expect(ofStaff.goes.map(({ kind }) => kind)).not.toContain("user");
  });
});

describe("whoever was erased", () => {
  it("is named nowhere any more, in no column of any table", async () => {
    const before = await makePerson(now);
    const words = (one: typeof before) => [one.name, one.email, one.phone];
    expect((await findWords(words(before))).length).toBeGreaterThan(5);
    const { person } = await erased();
    expect(await findWords(words(person))).toEqual([]);
    // Nor by what stood for them.
    const { guestId, patientId, pseudonym, actor } = person;
    expect(await findWords([guestId, patientId, actor.userId])).toEqual([]);
    expect(await db().patient.count({ where: { pseudonym } })).toBe(0);
    expect(await db().user.count({ where: { pseudonym: actor.pseudonym } })).toBe(0);
    // Somebody else still is.
    expect((await findWords(words(before))).length).toBeGreaterThan(5);
  });

  it("is in no event of the trail by an id, though claimed, corrected and subscribed to before", async () => {
    const person = await makePerson(now);
    const owner = { userId: person.actor.userId };
    const claimed = await makePatient(db(), { now, name: person.name, email: person.email });
    await makeAppointment(db(), {
      ...(await visitOf(person)),
      now,
      patient: claimed,
      startAt: now.subtract({ hours: 48 }),
    });
    await transaction(async (tx) =>
      ok(await welcomeByMail(tx, owner.userId, { address: undefined, userAgent: undefined }, now)),
    );
    expect(await db().patient.findUniqueOrThrow({ where: { id: claimed.id } })).toMatchObject({
      contactUserId: owner.userId,
    });
    for (const patientId of [person.patientId, claimed.id]) {
      const seen = await findProfile(db(), ownPatientScope(person.actor), patientId);
      if (!seen) throw new Error("not theirs");
      const corrected = await correctProfile(person.actor, { ...seen, phone: `${person.phone}9` }, now);
      expect(corrected.ok).toBe(true);
    }
    expect((await createCalendarFeed(owner, person.actor, now)).ok).toBe(true);
    const events = { where: { actorPseudonym: person.actor.pseudonym } };
    const actions = (await db().auditEvent.findMany(events)).map(({ action }) => action);
    for (const action of ["patient.claimed", "patient.corrected", "calendar_feed.created"])
      expect(actions).toContain(action);
    await carryOutErasure(await approvedFor(person, now), now);
    expect(await findWords([person.name, person.patientId, claimed.id, owner.userId])).toEqual([]);
  });

  it("leaves nothing of a request that was refused before but that there was one", async () => {
    const person = await makePerson(now);
    const asked = await requestErasure(person.actor, now);
    if (!asked.ok) throw new Error(asked.reason);
    const { erasureId } = asked.value;
    const reason = "An invented reason";
    expect((await refuseErasure(await makeAdministrator(now), { erasureId, reason }, now)).ok).toBe(true);
    // While somebody is there to read it, nobody takes it away.
    await expect(
      db().erasure.update({ where: { id: erasureId }, data: { reasonSealed: null, reasonKeyId: null } }),
    ).rejects.toThrow();
    await carryOutErasure(await approvedFor(person, now), now);
    expect(await erasureOf(erasureId)).toMatchObject({
      status: "refused",
      userId: null,
      reasonSealed: null,
      reasonKeyId: null,
    });
  });

  it("leaves the line, and the trail says that the portal did it", async () => {
    const person = await makePerson(now);
    const { practitioner } = await visitOf(person);
    const entryId = newId();
    await db().queueEntry.create({
      data: {
        id: entryId,
        patientId: person.patientId,
        specialtyId: practitioner.specialtyId,
        visitTypeId: (await visitOf(person)).visitType.id,
        locale: "en",
        timeZone: "UTC",
        idempotencyKey: newId(),
        joinedAt: toDate(now),
        seenAt: toDate(now),
      },
    });
    await carryOutErasure(await approvedFor(person, now), now);
    expect(await db().auditEvent.findMany({ where: { entityId: entryId } })).toMatchObject([
      { action: "queue.left", actorKind: "system", actorPseudonym: null, details: { by: "system" } },
    ]);
  });

  it("has no guest id that could be made again", async () => {
    const { person, erasureId } = await erased();
    const { id: personId } = await blankOf(erasureId);
    const again = deriveGuestId({
      key: deriveKey("guest-id"),
      personId,
      encounterId: person.pastEncounterId,
    });
    expect(again).not.toBe(person.guestId);
    expect(await db().guest.count({ where: { guestId: person.guestId } })).toBe(0);
  });

  it("loses the visits to come as if the portal cancelled them", async () => {
    const { person } = await erased();
    const { appointmentId, encounterId } = person.talk;
    const visit = await db().appointment.findUniqueOrThrow({
      where: { id: appointmentId },
      include: { slot: true, encounter: true, notifications: true, intakeAnswers: true, practitioner: true },
    });
    expect(visit).toMatchObject({
      status: "cancelled",
      cancelledBy: "system",
      slot: null,
      reasonSealed: null,
    });
    expect(visit.encounter).toMatchObject({ status: "cancelled" });
    expect(
      visit.notifications.some(
        ({ kind, userId }) => kind === "appointment_cancelled" && userId === visit.practitioner.userId,
      ),
    ).toBe(true);
    const jobs = await db().$queryRaw<{ data: { encounterId: string } }[]>`
      SELECT data FROM pgboss.job WHERE name = 'encounter.closed'`;
    expect(jobs.filter(({ data }) => data.encounterId === encounterId)).toHaveLength(1);
  });

  it("leaves the clinic's figures as they were", async () => {
    const person = await makePerson(now);
    const { startAt } = await db().appointment.findUniqueOrThrow({ where: { id: person.pastId } });
    const period = {
      from: toInstant(startAt).subtract({ hours: 1 }),
      to: toInstant(startAt).add({ hours: 1 }),
    };
    const before = await unsafeListFigures(db(), period, "UTC");
    expect(before[0]).toMatchObject({ answers: expect.any(Number) });
    const appointment = await db().appointment.findUniqueOrThrow({
      where: { id: person.pastId },
      select: { status: true, startAt: true, endAt: true, visitTypeId: true, practitionerId: true },
    });
    await carryOutErasure(await approvedFor(person, now), now);
    expect(await unsafeListFigures(db(), period, "UTC")).toEqual(before);
    expect(await db().appointment.findUniqueOrThrow({ where: { id: person.pastId } })).toMatchObject(
      appointment,
    );
  });

  it("leaves what the law keeps, sealed, on nobody's screen, and who it was until it goes", async () => {
    const { person, erasureId } = await erased();
    const blank = await blankOf(erasureId);
    expect(blank.identitySealed).not.toBeNull();
    const kept = await db().encounter.findUniqueOrThrow({
      where: { id: person.pastEncounterId },
      include: { notes: true, summaries: true, feedback: true, thirdPersons: true, appointment: true },
    });
    expect([kept.notes.length, kept.summaries.length, kept.thirdPersons.length]).toEqual([1, 1, 0]);
    expect(kept.appointment).toMatchObject({ patientId: blank.id, timeZone: env().CLINIC_TIME_ZONE });
    expect(kept.appointment.reasonSealed).not.toBeNull();
    expect(kept.feedback).toMatchObject({ quality: 4, problems: ["no_sound"], commentSealed: null });
    const { conversationId } = person.talk;
    expect(await db().message.count({ where: { conversationId } })).toBe(1);

    const { practitioner } = person.talk;
    const administrator = await makeAdministrator(now);
    for (const actor of [practitioner, administrator, person.actor]) {
      const id = person.pastId;
      expect(await db().appointment.count({ where: { AND: [appointmentScope(actor), { id }] } })).toBe(0);
      expect(await db().appointment.count({ where: { AND: [schedulingScope(actor), { id }] } })).toBe(0);
      expect(await db().patient.count({ where: { AND: [lookUpScope(actor), { id: blank.id }] } })).toBe(0);
      for (const side of ["patient", "practitioner"] as const)
        expect(
          await db().conversation.count({
            where: { AND: [conversationScope(actor, side), { id: conversationId }] },
          }),
        ).toBe(0);
    }

    // Once the records are gone, whose they were goes too.
    await sweepErasures(now);
    expect((await blankOf(erasureId)).identitySealed).not.toBeNull();
    await db().conversation.delete({ where: { id: conversationId } });
    await db().visitNote.deleteMany({ where: { encounterId: person.pastEncounterId } });
    await db().appointment.update({
      where: { id: person.pastId },
      data: { reasonSealed: null, reasonKeyId: null },
    });
    await sweepErasures(now);
    expect((await blankOf(erasureId)).identitySealed).not.toBeNull();
    // What was signed is removed by its owner alone, whose the sweep of what is over is.
    const owner = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
    await owner.connect();
    await owner.query("DELETE FROM visit_summary WHERE encounter_id = $1", [person.pastEncounterId]);
    await owner.end();
    await sweepErasures(now);
    expect((await blankOf(erasureId)).identitySealed).toBeNull();
  });

  it("has what is kept taken out by whoever runs the portal, whole, and the trail tells of it", async () => {
    const { person, erasureId } = await erased();
    const blank = await blankOf(erasureId);
    const kept = (await unsafeListKept(db())).find(({ patientId }) => patientId === blank.id);
    expect(kept?.identity).toEqual({
      name: person.name,
      contactName: `Parent of ${person.name}`,
      email: person.email,
      phone: person.phone,
    });
    if (!kept) return;
    await db().attachment.updateMany({
      where: { conversation: { patientId: blank.id } },
      data: { scan: "clean" },
    });
    await noteLookUp([kept], now);
    const files = unzipSync(await handOverKept(kept, "authority", "en", now));
    const page = strFromU8(files["index.html"] ?? new Uint8Array());
    for (const words of [
      person.name,
      "A sealed reason",
      "A sealed note",
      "A sealed summary",
      "A sealed message",
    ])
      expect(page).toContain(words);
    expect(Object.keys(files).filter((path) => path.startsWith("files/"))).toHaveLength(1);
    const events = await db().auditEvent.findMany({
      where: { subjectPseudonym: blank.pseudonym },
      orderBy: { sequence: "desc" },
      take: 2,
    });
    expect(events.toReversed()).toMatchObject([
      { action: "patient.found", actorKind: "system", entityId: null },
      { action: "record.handed_over", details: { right: "authority" }, entityId: null },
    ]);
  });

  it("leaves a trail that is whole, and what was decided in it", async () => {
    const { person, erasureId } = await erased();
    expect((await verifyTrail(db(), undefined, now)).findings).toEqual([]);
    const events = await db().auditEvent.findMany({
      where: { entityId: erasureId },
      orderBy: { sequence: "asc" },
    });
    expect(events.map(({ action }) => action)).toEqual([
      "erasure.requested",
      "erasure.approved",
      "erasure.done",
    ]);
    expect(new Set(events.map(({ subjectPseudonym }) => subjectPseudonym))).toEqual(
      new Set([person.actor.pseudonym]),
    );
  });

  it("gets one last mail, and its address goes once it was sent", async () => {
    const { erasureId } = await erased();
    const mails = await db().notification.findMany({ where: { erasureId } });
    expect(mails).toMatchObject([{ kind: "erasure_done", status: "queued", userId: null, patientId: null }]);
    await sweepErasures(now);
    expect((await erasureOf(erasureId)).contactSealed).not.toBeNull();
    await db().notification.updateMany({
      where: { erasureId },
      data: { status: "sent", sentAt: toDate(now) },
    });
    await sweepErasures(now);
    expect(await erasureOf(erasureId)).toMatchObject({ status: "done", contactSealed: null });
  });

  it("may come back, as somebody new", async () => {
    const { person } = await erased();
    const again = await makeUser(db(), { now, email: person.email });
    expect(again.id).not.toBe(person.actor.userId);
    expect(await db().patient.count({ where: { userId: again.id } })).toBe(0);
  });

  it("takes along those for whom they speak, and nobody else", async () => {
    const person = await makePerson(now);
    const child = await makePatient(db(), { now, name: `Child of ${person.name}` });
    await db().patient.update({
      where: { id: child.id },
      data: { contactUserId: person.actor.userId, contactName: person.name },
    });
    const other = await makePerson(now);
    const erasureId = await approvedFor(person, now);
    await carryOutErasure(erasureId, now);
    expect(await findWords([person.name])).toEqual([]);
    // Nothing was ever written about the child, so that not even the name is kept.
    expect(
      (await db().patient.findMany({ where: { erasureId } }))
        .map(({ identitySealed }) => identitySealed !== null)
        .toSorted(),
    ).toEqual([false, true]);
    expect(await db().patient.findUniqueOrThrow({ where: { id: other.patientId } })).toMatchObject({
      name: other.name,
      phone: other.phone,
    });
  });

  it("who also works here keeps the account for that", async () => {
    const person = await makePerson(now);
    await db().user.update({
      where: { id: person.actor.userId },
      data: { roles: ["patient", "scheduler"] },
    });
    const actor = actorOfUser(
      { id: person.actor.userId, pseudonym: person.actor.pseudonym },
      ["patient", "scheduler"],
      person.patientId,
    );
    const erasureId = await approvedFor({ actor }, now);
    await carryOutErasure(erasureId, now);
    expect(
      await db().user.findUniqueOrThrow({ where: { id: actor.userId }, include: { patient: true } }),
    ).toMatchObject({ roles: ["scheduler"], disabledAt: null, patient: null });
    expect(
      await db().auditEvent.findMany({
        where: { action: "user.roles_changed", subjectPseudonym: actor.pseudonym },
      }),
    ).toMatchObject([
      { actorKind: "system", details: { before: ["patient", "scheduler"], roles: ["scheduler"] } },
    ]);
  });
});

describe("a practitioner whom the provider's groups have left a patient alone", () => {
  it("is erased as one; the account stays for the visits that they gave, closed", async () => {
    const person = await makePerson(now);
    const { userId, pseudonym } = person.actor;
    const { practitioner } = await visitOf(person);
    await db().practitioner.update({ where: { id: practitioner.id }, data: { userId } });
    const erasureId = await approvedFor(person, now);
    await carryOutErasure(erasureId, now);
    expect(await erasureOf(erasureId)).toMatchObject({ status: "done", userId: null });
    expect(
      await db().user.findUniqueOrThrow({ where: { id: userId }, include: { patient: true } }),
    ).toMatchObject({ roles: [], disabledAt: toDate(now), patient: null });
    expect(await db().patient.count({ where: { pseudonym: person.pseudonym } })).toBe(0);
    expect(await db().notification.count({ where: { erasureId, kind: "erasure_done" } })).toBe(1);
    expect(
      await db().auditEvent.findMany({
        where: { action: "user.roles_changed", subjectPseudonym: pseudonym },
      }),
    ).toMatchObject([{ actorKind: "system", details: { before: ["patient"], roles: [] } }]);
  });
});

describe("an erasure that was cut off", () => {
  it("goes on where it was, however often and wherever", async () => {
    const person = await makePerson(now);
    const { talk } = await makePerson(now);
    // Somebody for whom they speak, whose visit begins between two steps.
    await db().patient.update({
      where: { id: talk.patientId },
      data: { userId: null, contactUserId: person.actor.userId },
    });
    const erasureId = await approvedFor(person, now);
    const running = { where: { id: talk.encounterId } };
    await db().encounter.update({ ...running, data: { status: "in_progress", startedAt: toDate(now) } });
    await expect(carryOutErasure(erasureId, now)).rejects.toThrow("visit_to_come");
    expect(await db().patient.count({ where: { id: person.patientId } })).toBe(0);
    expect(await db().patient.count({ where: { id: talk.patientId } })).toBe(1);
    expect(await db().user.count({ where: { id: person.actor.userId } })).toBe(1);
    expect(await erasureOf(erasureId)).toMatchObject({ status: "approved" });
    await db().encounter.update({ ...running, data: { status: "finished", endedAt: toDate(now) } });
    await db().appointment.update({ where: { id: talk.appointmentId }, data: { status: "fulfilled" } });
    // Nobody's job is left: the sweep goes on, and two at once do it once.
    const later = now.add({ hours: 1 });
    await Promise.all([sweepErasures(later), carryOutErasure(erasureId, later)]);
    await carryOutErasure(erasureId, later);
    expect(await erasureOf(erasureId)).toMatchObject({ status: "done" });
    expect(await findWords([person.name, person.email])).toEqual([]);
    expect(await db().notification.count({ where: { erasureId, kind: "erasure_done" } })).toBe(1);
    expect(await db().patient.count({ where: { erasureId } })).toBe(2);
  });
});

describe("the tables", () => {
  it("that lead to a person each have a fate", () => {
    const reached = [...Object.keys(EXPORTED), ...Object.keys(LEFT_OUT)].filter(
      (name) => name !== "audit_event",
    );
    expect(Object.keys(FATES).toSorted()).toEqual(reached.toSorted());
  });

  it("that go keep no row of whoever was erased", async () => {
    const { person, erasureId } = await erased();
    const blank = await blankOf(erasureId);
    const gone = Object.entries(FATES).filter(([, { fate }]) => fate === "goes");
    const { userId } = person.actor;
    const scope = unsafePersonScope({ userId, patientIds: [blank.id, person.patientId], pseudonyms: [] });
    for (const [table, { count }] of gone)
      if (count && !["user", "patient"].includes(table))
        expect([table, await count(db(), { ...scope, locale: "en", timeZone: "UTC" })]).toEqual([table, 0]);
  });
});
