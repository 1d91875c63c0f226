import { Temporal } from "temporal-polyfill";
import { afterAll, describe, expect, it } from "vitest";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditAction, AuditActor } from "@/lib/audit/types";
import { newId } from "@/lib/core/ids";
import { ok } from "@/lib/core/result";
import { closeDb, db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { EXPORT_BATCH } from "@/lib/trail/constants";
import {
  findRecordHistory,
  readCursor,
  type TrailFilter,
  unsafeFindNames,
  unsafeFindPseudonym,
  unsafeListTrail,
  unsafeReadTrail,
  writeCursor,
} from "@/lib/trail/data";
import { makePatient, makeUser } from "@/tests/support/factories";

const now = Temporal.Instant.from("2026-11-23T08:00:00Z");
afterAll(closeDb);

const READ: AuditAction = { action: "record.read", details: {} };

const write = (
  subject: string | undefined,
  actor: AuditActor,
  { event = READ, minutes = 0, times = 1 }: { event?: AuditAction; minutes?: number; times?: number } = {},
) =>
  transaction(async (tx) => {
    const input = { ...event, actor, subject, outcome: "success" as const, entity: undefined };
    for (let at = 0; at < times; at += 1) await recordAudit(tx, input, now.add({ minutes }));
    return ok();
  });

/** A patient with an account, and somebody who treats them. */
async function twoPeople() {
  const user = await makeUser(db(), { now, roles: ["patient"] });
  const patient = await makePatient(db(), {
    now,
    userId: user.id,
    name: "Paula Beispiel",
    email: user.email,
  });
  const doctor = await makeUser(db(), { now, name: "Dr Ada Example", roles: ["practitioner"] });
  const actor = {
    kind: "user",
    userId: user.id,
    sessionId: newId(),
    roles: ["patient"],
    practitionerId: undefined,
    patientId: patient.id,
    pseudonym: user.pseudonym,
  } as const;
  const found = (after?: { occurredAt: Date; id: string }, take = 50) =>
    findRecordHistory(db(), actor, after, take);
  const history = async (...page: Parameters<typeof found>) => (await found(...page)).events;
  return { user, patient, doctor: { kind: "user", pseudonym: doctor.pseudonym } as const, found, history };
}

const ALL: TrailFilter = {
  from: undefined,
  to: undefined,
  action: undefined,
  outcome: undefined,
  person: undefined,
};

describe("what became of a patient's record", () => {
  it("has what others did, the last first, and not what the patient did, nor anything of others' records", async () => {
    const { user, patient, doctor, history } = await twoPeople();
    const stranger = await makePatient(db(), { now });
    await write(patient.pseudonym, doctor);
    await write(patient.pseudonym, { kind: "user", pseudonym: user.pseudonym });
    await write(patient.pseudonym, { kind: "link", pseudonym: patient.pseudonym });
    await write(stranger.pseudonym, doctor);
    const cancelled: AuditAction = { action: "appointment.cancelled", details: { by: "system" } };
    await write(patient.pseudonym, { kind: "system" }, { event: cancelled, minutes: 1 });
    await write(patient.pseudonym, doctor, { event: { action: "feedback.given", details: {} } });
    expect((await history()).map(({ action, actorKind }) => [action, actorKind])).toEqual([
      ["appointment.cancelled", "system"],
      ["record.read", "user"],
    ]);
  });

  it("comes in pages that neither repeat nor leave out anything, also of one and the same moment", async () => {
    const { patient, doctor, history } = await twoPeople();
    await write(patient.pseudonym, doctor, { times: 7 });
    const seen: string[] = [];
    let after: { occurredAt: Date; id: string } | undefined;
    for (let page = 0; page < 4; page += 1) {
      const rows = await history(after, 2);
      seen.push(...rows.map(({ id }) => id));
      const last = rows.at(-1);
      after = last && readCursor(writeCursor(last));
    }
    expect(new Set(seen).size).toBe(7);
    expect(seen).toHaveLength(7);
  });

  it("is also that of those for whom somebody speaks, and of nobody else", async () => {
    const { user, patient, found } = await twoPeople();
    const child = await makePatient(db(), { now });
    await db().patient.update({ where: { id: child.id }, data: { contactUserId: user.id } });
    await makePatient(db(), { now });
    const { patients } = await found();
    expect(new Set(patients.map(({ pseudonym }) => pseudonym))).toEqual(
      new Set([patient.pseudonym, child.pseudonym]),
    );
  });
});

describe("a cursor", () => {
  it.each([undefined, "", "x", "1_2", `9999999999999999_${newId()}`, `1_${"z".repeat(36)}`])(
    "that is nonsense counts for none: %s",
    (text) => expect(readCursor(text)).toBeUndefined(),
  );
});

describe("names", () => {
  it("are found as long as they are known, and are then nobody's", async () => {
    const { patient, doctor } = await twoPeople();
    const gone = newId();
    const names = await unsafeFindNames(db(), [patient.pseudonym, doctor.pseudonym, gone, null]);
    expect(names.get(patient.pseudonym)).toBe("Paula Beispiel");
    expect(names.get(doctor.pseudonym)).toBe("Dr Ada Example");
    expect(names.has(gone)).toBe(false);
  });

  it("are found by a whole address alone: the patient's record before the account", async () => {
    const { user, patient } = await twoPeople();
    const guest = await makePatient(db(), { now, email: `guest-${newId()}@example.org` });
    expect(await unsafeFindPseudonym(db(), user.email)).toBe(patient.pseudonym);
    expect(await unsafeFindPseudonym(db(), guest.email ?? "")).toBe(guest.pseudonym);
    expect(await unsafeFindPseudonym(db(), user.email.slice(1))).toBeUndefined();
  });
});

describe("the clinic's trail", () => {
  it("is searched by who did it or whose record it was, by action, outcome and time", async () => {
    const { patient, doctor } = await twoPeople();
    await write(patient.pseudonym, doctor);
    await write(undefined, doctor, { event: { action: "session.link_requested", details: {} }, minutes: 5 });
    const list = async (filter: Partial<TrailFilter>) =>
      (await unsafeListTrail(db(), { ...ALL, person: doctor.pseudonym, ...filter }, undefined, 10)).map(
        ({ action }) => action,
      );
    expect(await list({})).toEqual(["session.link_requested", "record.read"]);
    expect(await list({ person: patient.pseudonym })).toEqual(["record.read"]);
    expect(await list({ action: "record.read" })).toEqual(["record.read"]);
    expect(await list({ outcome: "refused" })).toEqual([]);
    expect(await list({ from: now.add({ minutes: 1 }) })).toEqual(["session.link_requested"]);
    expect(await list({ to: now.add({ minutes: 1 }) })).toEqual(["record.read"]);
  });

  it("is read whole, however many batches that takes", async () => {
    const { patient, doctor } = await twoPeople();
    await write(patient.pseudonym, doctor, { times: EXPORT_BATCH + 1 });
    const ids = new Set<string>();
    for await (const { id } of unsafeReadTrail(db(), { ...ALL, person: patient.pseudonym })) ids.add(id);
    expect(ids.size).toBe(EXPORT_BATCH + 1);
  });
});
