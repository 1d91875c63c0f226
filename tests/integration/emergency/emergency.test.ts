import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { breakGlassScope } from "@/lib/access/rules";
import type { Actor, UserActor } from "@/lib/access/types";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { EMERGENCY_LIMIT, EMERGENCY_MINUTES, emergencyPlace } from "@/lib/emergency/constants";
import { readRecord } from "@/lib/emergency/loaders";
import { endAccess, openRecord } from "@/lib/emergency/mutations";
import { openSchema } from "@/lib/emergency/schema";
import { seal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { listVisits } from "@/lib/visits/data/visits";
import { makePatient, makePractitioner, makeUser } from "@/tests/support/factories";
import { minuteNow } from "../booking/clinic";
import { bookedVisit, openStage, practitionerActor, soon } from "../visits/stage";

let sandbox: Awaited<ReturnType<typeof openStage>>;
beforeAll(async () => {
  sandbox = await openStage();
});
afterAll(() => sandbox.stop());

const now = minuteNow();
const NOT_FOUND = { ok: false, reason: "not_found" };

/** A patient with a visit, whom nobody but its practitioner knows. */
async function patientOfAnother() {
  const visit = await bookedVisit(soon(now), now);
  const { patientId } = await db().appointment.findUniqueOrThrow({ where: { id: visit.appointmentId } });
  const email = `emergency-${newId()}@example.org`;
  const patient = await db().patient.update({
    where: { id: patientId },
    data: { name: "Paula Beispiel", email, phone: null },
  });
  return { ...visit, patientRow: patient, email };
}

const stranger = async (): Promise<UserActor> =>
  practitionerActor((await makePractitioner(db(), { now, timeZone: "UTC", visitTypeIds: [] })).id);

const asked = (over: Record<string, string>) =>
  openSchema.parse({
    name: "Paula Beispiel",
    reason: "danger",
    text: "An invented emergency, Zyxomma",
    ...over,
  });

async function opened(actor: UserActor, email: string): Promise<string> {
  const result = await openRecord(actor, asked({ contact: email }), now);
  if (!result.ok) throw new Error(result.reason);
  return result.value.accessId;
}

const read = (actor: Actor, accessId: string, at = now) => readRecord(actor, accessId, "en", at);
const eventsOf = async (subject: string) =>
  (
    await db().auditEvent.findMany({
      where: { subjectPseudonym: subject, action: { startsWith: "emergency_access." } },
      orderBy: { sequence: "asc" },
    })
  ).map(({ action, actorPseudonym }) => [action, actorPseudonym]);

describe("break-glass", () => {
  it("opens every visit of the patient for an hour, written down before anything is read", async () => {
    const { patientRow, appointmentId, email } = await patientOfAnother();
    const actor = await stranger();
    const accessId = await opened(actor, email);
    expect(await eventsOf(patientRow.pseudonym)).toEqual([["emergency_access.granted", actor.pseudonym]]);

    const record = await read(actor, accessId);
    expect(record?.visits.map(({ row }) => row.id)).toEqual([appointmentId]);
    expect((await eventsOf(patientRow.pseudonym)).at(-1)).toEqual(["emergency_access.read", actor.pseudonym]);
    expect(await read(actor, accessId, now.add({ seconds: EMERGENCY_MINUTES * 60 - 1 }))).toBeDefined();
  });

  it("opens the records of one person that bookings without a session have made, and each is told in the trail", async () => {
    const { patientRow, email } = await patientOfAnother();
    const second = await makePatient(db(), { now, name: "BEISPIEL Paula", email });
    const namesake = await makePatient(db(), { now, name: "Pavel Beispiel", email });
    const actor = await stranger();
    const record = await read(actor, await opened(actor, email));
    expect(record?.access.patients.map(({ patient }) => patient.id).toSorted()).toEqual(
      [patientRow.id, second.id].toSorted(),
    );
    expect(await eventsOf(second.pseudonym)).toHaveLength(2);
    expect(await eventsOf(namesake.pseudonym)).toEqual([]);
  });

  it("tells the patient and the administrators by mail at once, and keeps the reason sealed", async () => {
    const { patientRow, email } = await patientOfAnother();
    const administrator = await makeUser(db(), { now, roles: ["administrator"] });
    const gone = await makeUser(db(), { now, roles: ["administrator"] });
    await db().user.update({ where: { id: gone.id }, data: { disabledAt: toDate(now) } });
    const accessId = await opened(await stranger(), email);
    const mailsTo = (where: { patientId: string } | { userId: string }) =>
      db().notification.count({ where: { kind: "emergency_access", ...where } });
    expect(await mailsTo({ patientId: patientRow.id })).toBe(1);
    expect(await mailsTo({ userId: administrator.id })).toBe(1);
    expect(await mailsTo({ userId: gone.id })).toBe(0);
    const rows = await db().$queryRaw<{ line: string }[]>`
      SELECT a::text AS line FROM "emergency_access" a WHERE "id" = ${accessId}::uuid
      UNION ALL SELECT e::text FROM "audit_event" e WHERE "entity_id" = ${accessId}::uuid`;
    expect(rows.map(({ line }) => line).join()).not.toContain("Zyxomma");
  });

  it.each([
    ["another name", (email: string) => ({ name: "Paula Muster", contact: email })],
    ["a part of the name", (email: string) => ({ name: "Paula", contact: email })],
    ["another address", (email: string) => ({ contact: `x${email}` })],
    ["another phone", () => ({ contact: "+49 30 999999999" })],
  ])("finds nobody by %s", async (_what, over) => {
    const { patientRow, email } = await patientOfAnother();
    await db().patient.update({ where: { id: patientRow.id }, data: { phone: "+49 30 123456789" } });
    expect(await openRecord(await stranger(), asked(over(email)), now)).toEqual(NOT_FOUND);
    expect(await eventsOf(patientRow.pseudonym)).toEqual([]);
  });

  it("finds somebody by the whole number, with the country's code and without", async () => {
    const { patientRow } = await patientOfAnother();
    const digits = "555000111";
    await db().patient.update({ where: { id: patientRow.id }, data: { phone: `+49 30 ${digits}` } });
    expect((await openRecord(await stranger(), asked({ contact: `0${digits}` }), now)).ok).toBe(true);
    expect(await openRecord(await stranger(), asked({ contact: digits.slice(2) }), now)).toEqual(NOT_FOUND);
  });

  it("opens nobody's own record, nor that of somebody for whom they speak", async () => {
    const { patientRow, email } = await patientOfAnother();
    const actor = await stranger();
    for (const own of [{ userId: actor.userId }, { userId: null, contactUserId: actor.userId }]) {
      await db().patient.update({ where: { id: patientRow.id }, data: own });
      expect(await openRecord(actor, asked({ contact: email }), now)).toEqual(NOT_FOUND);
    }
  });

  it("is not to be had without end", async () => {
    const actor = await stranger();
    const guess = () => openRecord(actor, asked({ contact: `nobody-${newId()}@example.org` }), now);
    for (let tried = 0; tried < EMERGENCY_LIMIT.max; tried += 1) expect(await guess()).toEqual(NOT_FOUND);
    expect(await guess()).toMatchObject({ ok: false, reason: "too_many_attempts", retryAfterSeconds: 3600 });
  });
});

describe("what was opened", () => {
  it("is nobody else's, and nothing without it", async () => {
    const { practitioner, patient, email } = await patientOfAnother();
    const [actor, other] = [await stranger(), await stranger()];
    const accessId = await opened(actor, email);
    const withoutRole: Actor = { ...actor, roles: ["scheduler", "administrator"] };
    for (const one of [other, practitioner, patient, withoutRole, { kind: "anonymous" } as const]) {
      expect(await read(one, accessId)).toBeUndefined();
      expect(await listVisits(db(), breakGlassScope(one, accessId, now), {})).toEqual([]);
    }
    expect(await read(actor, newId())).toBeUndefined();
    expect(await read(actor, "no-id")).toBeUndefined();
    expect(await endAccess(other, accessId, now)).toEqual(NOT_FOUND);
    expect(await read(actor, accessId)).toBeDefined();
  });

  it("does not open another patient", async () => {
    const [one, other] = [await patientOfAnother(), await patientOfAnother()];
    const actor = await stranger();
    const accessId = await opened(actor, one.email);
    const visits = await listVisits(db(), breakGlassScope(actor, accessId, now), {});
    expect(visits.map(({ id }) => id)).toEqual([one.appointmentId]);
    expect(await eventsOf(other.patientRow.pseudonym)).toEqual([]);
  });

  it("ends by itself after an hour", async () => {
    const { email } = await patientOfAnother();
    const actor = await stranger();
    const accessId = await opened(actor, email);
    const over = now.add({ minutes: EMERGENCY_MINUTES });
    expect(await read(actor, accessId, over)).toBeUndefined();
    expect(await listVisits(db(), breakGlassScope(actor, accessId, over), {})).toEqual([]);
    expect(await endAccess(actor, accessId, over)).toEqual(NOT_FOUND);
  });

  it("can be given back, once, and is then over", async () => {
    const { patientRow, email } = await patientOfAnother();
    const actor = await stranger();
    const accessId = await opened(actor, email);
    const later = now.add({ minutes: 5 });
    const endings = await Promise.all([1, 2].map(() => endAccess(actor, accessId, later)));
    expect(endings.filter(({ ok }) => ok)).toHaveLength(1);
    expect(await read(actor, accessId, later)).toBeUndefined();
    expect((await eventsOf(patientRow.pseudonym)).map(([action]) => action)).toEqual([
      "emergency_access.granted",
      "emergency_access.ended",
    ]);
  });

  it("ends with the account, with its role, and with the work here", async () => {
    const { email } = await patientOfAnother();
    for (const leave of [
      ({ userId }: UserActor) =>
        db().user.update({ where: { id: userId }, data: { disabledAt: toDate(now) } }),
      ({ userId }: UserActor) => db().user.update({ where: { id: userId }, data: { roles: ["scheduler"] } }),
      ({ practitionerId = "" }: UserActor) =>
        db().practitioner.update({ where: { id: practitionerId }, data: { active: false } }),
    ]) {
      const actor = await stranger();
      const accessId = await opened(actor, email);
      await leave(actor);
      expect(await read(actor, accessId)).toBeUndefined();
      expect(await openRecord(actor, asked({ contact: email }), now)).toEqual(NOT_FOUND);
    }
  });

  it("cannot be lengthened, taken over or opened again, whatever the application does", async () => {
    const { email } = await patientOfAnother();
    const actor = await stranger();
    const accessId = await opened(actor, email);
    const where = { id: accessId };
    const later = toDate(now.add({ hours: 5 }));
    await expect(db().emergencyAccess.update({ where, data: { expiresAt: later } })).rejects.toThrow();
    const { practitionerId = "" } = await stranger();
    await expect(db().emergencyAccess.update({ where, data: { practitionerId } })).rejects.toThrow();
    const { sealed, keyId } = seal("Another reason", emergencyPlace(accessId));
    const reworded = { textSealed: sealed, textKeyId: keyId };
    await expect(db().emergencyAccess.update({ where, data: reworded })).rejects.toThrow();
    await expect(
      db().emergencyAccess.update({ where, data: { ...reworded, textKeyId: "another-key" } }),
    ).rejects.toThrow();
    await endAccess(actor, accessId, now);
    await expect(db().emergencyAccess.update({ where, data: { endedAt: null } })).rejects.toThrow();
    const row = await db().emergencyAccess.findUniqueOrThrow({ where });
    await expect(
      db().emergencyAccess.create({ data: { ...row, id: newId(), endedAt: null, expiresAt: later } }),
    ).rejects.toThrow();
  });
});
