import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { answerPlace } from "@/lib/booking/rules/intake";
import { newId } from "@/lib/core/ids";
import { type Db, db } from "@/lib/db/client";
import { emergencyPlace } from "@/lib/emergency/constants";
import { COLUMNS_LEFT_OUT } from "@/lib/privacy/data/left-out";
import { unsafeFindPatients } from "@/lib/privacy/data/record";
import { EXPORTED, unsafeFindPerson } from "@/lib/privacy/data/sections";
import { exportPage } from "@/lib/privacy/format/page";
import { refuseErasure } from "@/lib/privacy/mutations/erasure-decision";
import { requestErasure } from "@/lib/privacy/mutations/erasure-request";
import { handOverRecord } from "@/lib/privacy/mutations/hand-over";
import type { Person, Section, SectionName } from "@/lib/privacy/types";
import { queueIntakePlace } from "@/lib/queue/constants";
import { seal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { minuteNow } from "../booking/clinic";
import { makeAdministrator, makePerson } from "./erasure-person";

const DATA_DIR = mkdtempSync(join(tmpdir(), "portal-"));
Object.assign(process.env, { DATA_DIR, SCAN_COMMAND: "true", TRUECONF_GUEST_SEATS: "1000" });
afterAll(() => rmSync(DATA_DIR, { recursive: true }));

const now = minuteNow();
const at = toDate(now);
const later = toDate(now.add({ minutes: 30 }));
let person: Person;
/** Fields that were read of each table's rows. */
const read = new Map<string, Set<string>>();
const sections: Section[] = [];

beforeAll(async () => {
  const made = await makePerson(now);
  await addTheRest(made);
  const found = await unsafeFindPerson(db(), made.actor.userId, "UTC");
  if (!found) throw new Error("nobody there");
  person = found;
  for (const [name, readSection] of Object.entries(EXPORTED) as [SectionName, (typeof EXPORTED)["user"]][]) {
    read.set(name, new Set());
    const entries = await readSection(watching(name), person);
    // What is only computed and then left out is in no file.
    JSON.stringify(entries);
    sections.push({ name, entries });
  }
});

/** A row in each table of which that person has none yet. */
async function addTheRest({
  actor,
  patientId,
  pastId,
  pastEncounterId,
  talk,
}: Awaited<ReturnType<typeof makePerson>>) {
  const { practitioner, practitionerId, visitTypeId } = await db().appointment.findUniqueOrThrow({
    where: { id: pastId },
    include: { practitioner: true },
  });
  const question = await db().intakeQuestion.create({
    data: {
      id: newId(),
      visitTypeId,
      position: 1,
      kind: "text",
      labels: { en: "Asked Qyzzoma" },
      createdAt: at,
    },
  });
  await db().attachment.updateMany({ where: { conversation: { patientId } }, data: { scan: "clean" } });
  const answerId = newId();
  const answer = seal("Answered", answerPlace(answerId));
  await db().intakeAnswer.create({
    data: {
      id: answerId,
      appointmentId: pastId,
      questionId: question.id,
      valueSealed: answer.sealed,
      valueKeyId: answer.keyId,
      createdAt: at,
    },
  });
  const text = await db().consentText.create({
    data: { id: newId(), kind: "recording", version: 7_001, texts: { en: "Recorded" }, publishedAt: at },
  });
  await db().consent.create({
    data: {
      id: newId(),
      patientId,
      appointmentId: pastId,
      consentTextId: text.id,
      locale: "en",
      agreedAt: at,
      withdrawnAt: later,
    },
  });
  await db().waitingMessage.create({
    data: { id: newId(), encounterId: pastEncounterId, kind: "soon", createdAt: at },
  });
  await db().attendance.create({
    data: { id: newId(), encounterId: pastEncounterId, source: "portal", side: "patient", fromAt: at },
  });
  const works = { browser: true, camera: true, microphone: true, network: true };
  await db().deviceCheck.create({
    data: { encounterId: pastEncounterId, outcome: "ready", ...works, checkedAt: at },
  });
  const entry = await db().waitlistEntry.update({
    where: { id: (await db().waitlistEntry.findFirstOrThrow({ where: { patientId } })).id },
    data: { fromTime: "09:30", toTime: "11:45" },
  });
  await db().waitlistOffer.create({
    data: {
      id: newId(),
      entryId: entry.id,
      appointmentId: talk.appointmentId,
      practitionerId,
      startAt: at,
      status: "declined",
      expiresAt: later,
      createdAt: at,
    },
  });
  const queueId = newId();
  const answers = [{ questionId: question.id, value: "Queued Wyzzoma" }];
  const intake = seal(JSON.stringify({ answers, consentTextIds: [] }), queueIntakePlace(queueId));
  await db().queueEntry.create({
    data: {
      id: queueId,
      patientId,
      specialtyId: practitioner.specialtyId,
      visitTypeId,
      intakeSealed: intake.sealed,
      intakeKeyId: intake.keyId,
      locale: "en",
      timeZone: "UTC",
      idempotencyKey: newId(),
      joinedAt: at,
      seenAt: at,
    },
  });
  const overbook = seal("On top Vyzzoma", `appointment.overbook:${pastId}`);
  await db().appointment.update({
    where: { id: pastId },
    data: { overbookReasonSealed: overbook.sealed, overbookReasonKeyId: overbook.keyId },
  });
  await db().notification.create({
    data: {
      id: newId(),
      kind: "booking_confirmed",
      appointmentId: pastId,
      patientId,
      sequence: 0,
      createdAt: at,
    },
  });
  const accessId = newId();
  const why = seal("Broken glass", emergencyPlace(accessId));
  await db().emergencyAccess.create({
    data: {
      id: accessId,
      practitionerId,
      reason: "danger",
      textSealed: why.sealed,
      textKeyId: why.keyId,
      createdAt: at,
      expiresAt: later,
      patients: { create: { patientId } },
    },
  });
  const asked = await requestErasure(actor, now);
  if (!asked.ok) throw new Error(asked.reason);
  const { erasureId } = asked.value;
  await refuseErasure(await makeAdministrator(now), { erasureId, reason: "Refused Uyzzoma" }, now);
}

const modelOf = (table: string) => table.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** A database that notes which fields of a table's rows somebody reads. */
function watching(table: string): Db {
  const seen = read.get(table);
  const watched = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(watched);
    if (typeof value !== "object" || value === null) return value;
    return new Proxy(value, {
      get(row, field) {
        if (typeof field === "string") seen?.add(field);
        return Reflect.get(row, field);
      },
    });
  };
  const model = modelOf(table);
  return new Proxy(db(), {
    get(client, name) {
      const target: unknown = Reflect.get(client, name);
      if (name !== model) return target;
      return new Proxy(target as Record<string, (...args: unknown[]) => Promise<unknown>>, {
        get:
          (reads, method: string) =>
          async (...args: unknown[]) =>
            watched(await reads[method]?.(...args)),
      });
    },
  });
}

const entriesOf = (table: string) => sections.find(({ name }) => name === table)?.entries ?? [];

describe("every column of an exported table", () => {
  it.each(Object.keys(EXPORTED))("%s: is in the export, or left out for a reason", async (table) => {
    expect(entriesOf(table).length).toBeGreaterThan(0);
    const columns = await db().$queryRaw<{ name: string }[]>`
      SELECT column_name AS name FROM information_schema.columns
      WHERE table_schema = 'public' AND table_name = ${table}`;
    const unread = columns.map(({ name }) => modelOf(name)).filter((field) => !read.get(table)?.has(field));
    expect(unread.toSorted()).toEqual(Object.keys(COLUMNS_LEFT_OUT[table] ?? {}).toSorted());
  });
});

describe("an export", () => {
  const resourcesOf = (table: string) => entriesOf(table).map(({ resource }) => resource);

  it("says that an agreement was taken back, and when", () => {
    expect(resourcesOf("consent")).toMatchObject([{ status: "inactive", dateTime: at, withdrawnAt: later }]);
  });

  it("says who did what by name, and has what the person did themselves", () => {
    const actions = resourcesOf("audit_event");
    expect(actions).toContainEqual(expect.objectContaining({ agent: { kind: "self", name: undefined } }));
    expect(actions).toContainEqual(
      expect.objectContaining({ action: "erasure.refused", agent: { kind: "user", name: "Test Example" } }),
    );
  });

  it("is read by people with all that somebody wrote in it", async () => {
    const page = await exportPage({
      clinicName: "A clinic",
      locale: "en",
      person,
      of: "owner",
      sections,
      tooLarge: [],
      now,
    });
    for (const words of [
      "Asked Qyzzoma: Queued Wyzzoma",
      "On top Vyzzoma",
      "Refused Uyzzoma",
      "Broken glass",
      "09:30–11:45 (UTC)",
    ])
      expect(page).toContain(words);
  });
});

describe("the whole record", () => {
  it("has what practitioners wrote too, for a patient without an account as well, and the trail says for whom", async () => {
    const made = await makePerson(now);
    await db().patient.update({ where: { id: made.patientId }, data: { userId: null } });
    const [found, ...more] = await unsafeFindPatients(db(), made.phone.slice(4));
    if (!found) throw new Error("nobody there");
    expect([found.id, more]).toEqual([made.patientId, []]);
    const content = unzipSync(await handOverRecord(found, "patient", "en", now));
    const page = strFromU8(content["index.html"] ?? new Uint8Array());
    for (const words of [made.name, "A sealed note", "A sealed summary", "A sealed reason"])
      expect(page).toContain(words);
    expect(
      await db().auditEvent.findMany({
        where: { action: "record.handed_over", subjectPseudonym: made.pseudonym },
      }),
    ).toMatchObject([{ details: { right: "patient" }, actorKind: "system", entityId: null }]);
  });
});
