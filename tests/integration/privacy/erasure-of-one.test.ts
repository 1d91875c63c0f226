import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { accountScope, lookUpScope } from "@/lib/access/rules";
import type { UserActor } from "@/lib/access/types";
import { db } from "@/lib/db/client";
import { unsafeFindErasurePerson } from "@/lib/privacy/data/erasure-person";
import { planErasure } from "@/lib/privacy/data/plan";
import { listOpenErasures, unsafeListUnclaimed } from "@/lib/privacy/data/requests";
import { carryOutErasure } from "@/lib/privacy/mutations/erasure";
import { approveErasure, refuseErasure } from "@/lib/privacy/mutations/erasure-decision";
import { requestErasure, requestErasureFor } from "@/lib/privacy/mutations/erasure-request";
import { makePatient } from "@/tests/support/factories";
import { minuteNow } from "../booking/clinic";
import { findWords, makeAdministrator, makePerson } from "./erasure-person";

const DATA_DIR = mkdtempSync(join(tmpdir(), "portal-"));
Object.assign(process.env, { DATA_DIR, SCAN_COMMAND: "true", TRUECONF_GUEST_SEATS: "1000" });
afterAll(() => rmSync(DATA_DIR, { recursive: true }));

const now = minuteNow();

/** Somebody with all that a person has, and no account of their own. */
async function makeGuest({ speaker, email }: { speaker?: UserActor; email?: string | null } = {}) {
  const person = await makePerson(now);
  await db().patient.update({
    where: { id: person.patientId },
    data: {
      userId: null,
      ...(speaker ? { contactUserId: speaker.userId } : {}),
      ...(email === undefined ? {} : { email }),
    },
  });
  return person;
}

async function approved(erasureId: string, include?: readonly string[]): Promise<void> {
  const result = await approveErasure(await makeAdministrator(now), erasureId, now, include);
  if (!result.ok) throw new Error(result.reason);
}

async function idOf(asked: ReturnType<typeof requestErasure>): Promise<string> {
  const result = await asked;
  if (!result.ok) throw new Error(result.reason);
  return result.value.erasureId;
}

const atDesk = async (patientId: string) =>
  requestErasureFor(await makeAdministrator(now), { patientId, proof: "identity_document" }, now);
const erasureOf = (id: string) => db().erasure.findUniqueOrThrow({ where: { id } });

describe("one for whom an account speaks", () => {
  it("is erased alone: the account, its own patient and its sessions stay", async () => {
    const parent = await makePerson(now);
    const child = await makeGuest({ speaker: parent.actor });
    const erasureId = await idOf(requestErasure(parent.actor, now, child.patientId));
    expect(await requestErasure(parent.actor, now, child.patientId)).toMatchObject({
      reason: "already_asked",
    });
    const person = await unsafeFindErasurePerson(db(), await erasureOf(erasureId));
    if (!person) throw new Error("nobody there");
    const plan = await planErasure(db(), { ...person, accountStays: false }, now);
    expect(plan.goes).toContainEqual({ kind: "patient", count: 1 });
    expect(plan.goes.map(({ kind }) => kind)).not.toContain("user");
    await approved(erasureId);
    await carryOutErasure(erasureId, now);
    expect(await findWords([child.phone, child.patientId, child.guestId])).toEqual([]);
    expect(
      await db().user.findUniqueOrThrow({
        where: { id: parent.actor.userId },
        include: { patient: true, sessions: true },
      }),
    ).toMatchObject({
      disabledAt: null,
      patient: { id: parent.patientId, name: parent.name },
      sessions: [{ revokedAt: null }],
    });
    // Nothing leads from the account to what is kept any more.
    expect(await erasureOf(erasureId)).toMatchObject({ status: "done", userId: null, patientId: null });
    expect(await db().notification.findMany({ where: { erasureId } })).toMatchObject([
      { kind: "erasure_done", userId: null },
    ]);
  });

  it("stays the account's own where a worker dies between the patient and the end", async () => {
    const parent = await makePerson(now);
    const child = await makeGuest({ speaker: parent.actor });
    const erasureId = await idOf(requestErasure(parent.actor, now, child.patientId));
    await approved(erasureId);
    // As it is when the patient has gone and nothing else was written.
    await carryOutErasure(erasureId, now);
    await db().erasure.update({
      where: { id: erasureId },
      data: { status: "approved", doneAt: null, userId: parent.actor.userId },
    });
    await carryOutErasure(erasureId, now);
    expect(await erasureOf(erasureId)).toMatchObject({ status: "done" });
    expect(await db().patient.count({ where: { id: parent.patientId } })).toBe(1);
    expect(await db().user.count({ where: { id: parent.actor.userId } })).toBe(1);
  });

  it("is nobody's who does not speak for them", async () => {
    const [stranger, child] = [await makePerson(now), await makeGuest()];
    expect(await requestErasure(stranger.actor, now, child.patientId)).toMatchObject({
      reason: "not_found",
    });
    const other = await makePerson(now);
    expect(await requestErasure(stranger.actor, now, other.patientId)).toMatchObject({
      reason: "not_found",
    });
  });
});

describe("somebody without an account, who asks the clinic itself", () => {
  it("is erased, and the trail says by what they showed who they are", async () => {
    const person = await makeGuest({ email: null });
    const erasureId = await idOf(atDesk(person.patientId));
    expect(await atDesk(person.patientId)).toMatchObject({ reason: "already_asked" });
    await approved(erasureId);
    await carryOutErasure(erasureId, now);
    await carryOutErasure(erasureId, now);
    expect(await findWords([person.phone, person.patientId])).toEqual([]);
    expect(await erasureOf(erasureId)).toMatchObject({ status: "done", proof: "identity_document" });
    // There is no address for a last mail.
    expect(await db().notification.count({ where: { erasureId } })).toBe(0);
    const events = await db().auditEvent.findMany({
      where: { entityId: erasureId },
      orderBy: { sequence: "asc" },
    });
    expect(events.map(({ action, details }) => [action, details])).toEqual([
      ["erasure.requested", { proof: "identity_document" }],
      ["erasure.approved", {}],
      ["erasure.done", { patients: 1 }],
    ]);
    expect(new Set(events.map(({ subjectPseudonym }) => subjectPseudonym))).toEqual(
      new Set([person.pseudonym]),
    );
  });

  it("is refused by mail where there is an address, and the words go with them", async () => {
    const person = await makeGuest();
    const erasureId = await idOf(atDesk(person.patientId));
    const reason = "An invented reason";
    expect((await refuseErasure(await makeAdministrator(now), { erasureId, reason }, now)).ok).toBe(true);
    expect(await db().notification.findMany({ where: { erasureId } })).toMatchObject([
      { kind: "erasure_refused", patientId: person.patientId, userId: null },
    ]);
    expect((await erasureOf(erasureId)).reasonSealed).not.toBeNull();
    const again = await idOf(atDesk(person.patientId));
    await approved(again);
    await carryOutErasure(again, now);
    expect(await erasureOf(erasureId)).toMatchObject({ status: "refused", reasonSealed: null });
  });

  it("who has an account is asked for with it", async () => {
    const person = await makePerson(now);
    const erasureId = await idOf(atDesk(person.patientId));
    expect(await erasureOf(erasureId)).toMatchObject({
      scope: "account",
      userId: person.actor.userId,
      patientId: null,
    });
  });

  it("stands in an administrator's list beside whoever has one, and in nobody else's", async () => {
    const [person, { actor }] = [await makeGuest(), await makePerson(now)];
    const asked = [await idOf(atDesk(person.patientId)), await idOf(requestErasure(actor, now))];
    const listedFor = async (reader: UserActor) =>
      (await listOpenErasures(db(), accountScope(reader), lookUpScope(reader))).map(({ id }) => id);
    expect(await listedFor(await makeAdministrator(now))).toEqual(expect.arrayContaining(asked));
    expect(await listedFor(actor)).toEqual([]);
    for (const id of asked) await approved(id);
    for (const id of asked) await carryOutErasure(id, now);
  });

  it("is looked up by nobody but who keeps the bookings", async () => {
    const [person, { actor }] = [await makeGuest(), await makePerson(now)];
    const asked = { patientId: person.patientId, proof: "signed_letter" } as const;
    expect(await requestErasureFor(actor, asked, now)).toMatchObject({ reason: "not_found" });
  });
});

describe("bookings without an account under the same address", () => {
  it("go along where the administrator says so, and stay where not", async () => {
    const person = await makePerson(now);
    const [theirs, anothers] = [
      await makePatient(db(), { now, name: person.name, email: person.email }),
      await makePatient(db(), { now, name: "Somebody Else", email: person.email }),
    ];
    const listed = await unsafeListUnclaimed(db(), person.email, [person.patientId]);
    expect(listed.map(({ id }) => id).toSorted()).toEqual([theirs.id, anothers.id].toSorted());
    const unrelated = await makePatient(db(), { now });
    const erasureId = await idOf(requestErasure(person.actor, now));
    await approved(erasureId, [theirs.id, unrelated.id]);
    const open = await db().erasure.findMany({ where: { status: "approved" }, select: { id: true } });
    expect(open).toHaveLength(2);
    for (const { id } of open) await carryOutErasure(id, now);
    expect(await findWords([person.name, theirs.id])).toEqual([]);
    expect(await db().patient.count({ where: { id: { in: [anothers.id, unrelated.id] } } })).toBe(2);
  });
});
