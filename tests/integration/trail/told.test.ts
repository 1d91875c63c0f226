import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it, vi } from "vitest";
import type { Role } from "@/lib/access/types";
import { startSession } from "@/lib/auth/mutations/sessions";
import { closeDb, db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { unsafeFindPatients } from "@/lib/privacy/data/record";
import { loadErasureRequest, loadPatientPage } from "@/lib/privacy/loaders/staff";
import { refuseErasure } from "@/lib/privacy/mutations/erasure-decision";
import { requestErasure, requestErasureFor } from "@/lib/privacy/mutations/erasure-request";
import { handOverRecord } from "@/lib/privacy/mutations/hand-over";
import { findRecordHistory } from "@/lib/trail/data";
import { describeRecordEvent } from "@/lib/trail/format";
import { makePatient, makeUser } from "@/tests/support/factories";
import { minuteNow } from "../booking/clinic";
import { type ErasedPerson, makeAdministrator, makePerson } from "../privacy/erasure-person";

const DATA_DIR = mkdtempSync(join(tmpdir(), "portal-"));
Object.assign(process.env, { DATA_DIR, SCAN_COMMAND: "true", TRUECONF_GUEST_SEATS: "1000" });
afterAll(async () => {
  rmSync(DATA_DIR, { recursive: true });
  await closeDb();
});

let sid: string | undefined;
vi.mock("next-auth", () => ({ getServerSession: async () => (sid ? { sid } : null) }));
vi.mock("next/headers", () => ({ headers: async () => new Headers(), cookies: async () => new Map() }));

const now = minuteNow();

/** Signs one of the staff in, with the second step that their role needs. @returns as whom the trail has them */
async function signIn(role: Role): Promise<string> {
  const user = await makeUser(db(), { now, roles: [role] });
  const origin = { address: undefined, userAgent: undefined };
  const started = await transaction((tx) => startSession(tx, user.id, "password", origin, now));
  if (!started.ok) throw new Error("no session");
  sid = started.value.sessionId;
  await db().session.update({ where: { id: sid }, data: { secondStepByProvider: true } });
  return user.pseudonym;
}

/** What somebody reads of it, the last first, as far as it says who did it. */
async function toldTo({ actor }: ErasedPerson) {
  const { events } = await findRecordHistory(db(), actor, undefined, 50);
  return events.map((event) => [describeRecordEvent(event), event.actorPseudonym ?? event.actorKind]);
}

describe("a patient is told", () => {
  it.each([
    ["patient", "handedOver"],
    ["authority", "handedToAuthority"],
    ["claim", "handedForClaim"],
  ] as const)("that the whole record was taken out, and for whom: %s", async (right, words) => {
    const person = await makePerson(now);
    const [found] = await unsafeFindPatients(db(), person.phone.slice(4));
    if (!found) throw new Error("nobody there");
    await handOverRecord(found, right, "en", now);
    expect(await toldTo(person)).toContainEqual([words, "system"]);
  });

  it("that somebody at the clinic has asked for their erasure, and what was decided", async () => {
    const [person, administrator] = [await makePerson(now), await makeAdministrator(now)];
    const asked = { patientId: person.patientId, proof: "identity_document" } as const;
    const request = await requestErasureFor(administrator, asked, now);
    if (!request.ok) throw new Error(request.reason);
    const { erasureId } = request.value;
    const reason = "The law has it kept";
    await refuseErasure(administrator, { erasureId, reason }, now.add({ minutes: 1 }));
    const told = await toldTo(person);
    expect(told.filter(([words]) => words?.startsWith("erasure"))).toEqual([
      ["erasureRefused", administrator.pseudonym],
      ["erasureAsked", administrator.pseudonym],
    ]);
  });

  it("that their contact data were looked at, once for a sitting", async () => {
    const [person, scheduler] = [await makePerson(now), await signIn("scheduler")];
    for (let again = 0; again < 2; again += 1)
      expect((await loadPatientPage(person.patientId)).contact).toMatchObject({ phone: person.phone });
    const told = await toldTo(person);
    expect(told.filter(([words]) => words === "contactRead")).toEqual([["contactRead", scheduler]]);
  });

  it("that their request to be erased was opened, as is whoever came up beside it", async () => {
    const person = await makePerson(now);
    const beside = await makePatient(db(), { now, email: person.email });
    const request = await requestErasure(person.actor, now);
    if (!request.ok) throw new Error(request.reason);
    const administrator = await signIn("administrator");
    for (let again = 0; again < 2; again += 1)
      expect(await loadErasureRequest(request.value.erasureId)).toMatchObject({ name: person.name });
    const told = await toldTo(person);
    expect(told.filter(([words]) => words === "erasureRead")).toEqual([["erasureRead", administrator]]);
    const found = { action: "patient.found", subjectPseudonym: beside.pseudonym };
    expect(await db().auditEvent.findMany({ where: found })).toMatchObject([
      { actorPseudonym: administrator },
    ]);
  });

  it("nothing of what they asked for themselves", async () => {
    const person = await makePerson(now);
    expect(await requestErasure(person.actor, now)).toMatchObject({ ok: true });
    expect((await toldTo(person)).map(([words]) => words)).not.toContain("erasureAsked");
  });
});
