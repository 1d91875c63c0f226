import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { strFromU8, unzipSync } from "fflate";
import type { Temporal } from "temporal-polyfill";
import { afterAll, describe, expect, it } from "vitest";
import type { UserActor } from "@/lib/access/types";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { attachFile } from "@/lib/messaging/mutations/attach";
import { scanAttachment } from "@/lib/messaging/mutations/scan";
import { sendMessage } from "@/lib/messaging/mutations/send";
import { sweepFiles } from "@/lib/messaging/mutations/sweep";
import { EXPORT_HOURS, EXPORT_LIMIT } from "@/lib/privacy/constants";
import { findFetchable } from "@/lib/privacy/data/exports";
import { LEFT_OUT } from "@/lib/privacy/data/left-out";
import { EXPORTED } from "@/lib/privacy/data/sections";
import { endExports, fetchExport, makeExport, requestExport } from "@/lib/privacy/mutations/export";
import { mintExportToken } from "@/lib/security/access-link";
import { makeUser } from "@/tests/support/factories";
import { PDF } from "@/tests/support/files";
import { minuteNow } from "../booking/clinic";
import { beginTalk, type Talk } from "../messaging/talk";

const DATA_DIR = mkdtempSync(join(tmpdir(), "portal-"));
Object.assign(process.env, { DATA_DIR, SCAN_COMMAND: "true", TRUECONF_GUEST_SEATS: "1000" });
afterAll(() => rmSync(DATA_DIR, { recursive: true }));

const now = minuteNow();
const PASSWORD = "a long demo password";

/** A patient with an account, a visit, and a conversation. */
async function openPerson(locale = "en"): Promise<{ actor: UserActor; talk: Talk }> {
  const talk = await beginTalk(now);
  const user = await makeUser(db(), { now, password: PASSWORD, locale });
  await db().patient.update({ where: { id: talk.patientId }, data: { userId: user.id } });
  const actor: UserActor = {
    kind: "user",
    userId: user.id,
    sessionId: newId(),
    roles: ["patient"],
    practitionerId: undefined,
    patientId: talk.patientId,
    pseudonym: user.pseudonym,
  };
  return { actor, talk };
}

async function sendFile({ talk, actor }: { talk: Talk; actor: UserActor }, text: string): Promise<void> {
  const { conversationId } = talk;
  const taken = await attachFile(
    actor,
    "patient",
    { conversationId, name: "Befund ../Xyzzoma.pdf", bytes: PDF },
    now,
  );
  if (!taken.ok) throw new Error(taken.reason);
  const { attachmentId } = taken.value;
  await sendMessage(
    actor,
    "patient",
    { conversationId, text, clientId: newId(), attachmentIds: [attachmentId] },
    now,
  );
  await scanAttachment(attachmentId, now);
}

async function askedFor(actor: UserActor): Promise<string> {
  const asked = await requestExport(actor, now);
  if (!asked.ok) throw new Error(asked.reason);
  return asked.value.exportId;
}

async function madeFor(actor: UserActor): Promise<{ exportId: string; token: string }> {
  const exportId = await askedFor(actor);
  await makeExport(exportId, now);
  return { exportId, token: await mintExportToken(db(), exportId) };
}

async function fetched(actor: UserActor, token: string, at: Temporal.Instant = now) {
  const result = await fetchExport(actor, token, at);
  if (!result.ok) throw new Error(result.reason);
  return unzipSync(result.value);
}

const storedFiles = (): string[] =>
  existsSync(join(DATA_DIR, "files"))
    ? readdirSync(join(DATA_DIR, "files"), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => entry.name)
    : [];

describe("an export", () => {
  it("has what was written, under FHIR's names, to be read, and the files; and goes once it was fetched", async () => {
    const person = await openPerson();
    await sendFile(person, "My <b>knee</b> & the Xyzzoma");
    const other = await openPerson();
    await sendFile(other, "Somebody else's Fremdwort");
    const { exportId, token } = await madeFor(person.actor);
    const { storageKey } = await db().dataExport.findUniqueOrThrow({ where: { id: exportId } });
    expect(storedFiles()).toContain(storageKey);

    const content = await fetched(person.actor, token);
    const file = Object.keys(content).find((path) => path.startsWith("files/")) ?? "";
    expect(Object.keys(content).toSorted()).toEqual(["data.json", file, "index.html"].toSorted());
    expect(file).not.toMatch(/\.\.\/|\\/);
    expect(Buffer.from(content[file] ?? []).equals(PDF)).toBe(true);
    const json = strFromU8(content["data.json"] ?? new Uint8Array());
    const bundle = JSON.parse(json) as { entry: { resource: { resourceType: string } }[] };
    const types = bundle.entry.map(({ resource }) => resource.resourceType);
    for (const type of [
      "Person",
      "Patient",
      "Appointment",
      "Encounter",
      "Communication",
      "DocumentReference",
    ])
      expect(types).toContain(type);
    expect(json).toContain("My <b>knee</b> & the Xyzzoma");
    expect(json).not.toContain("Fremdwort");
    const html = strFromU8(content["index.html"] ?? new Uint8Array());
    expect(html).toContain("My &lt;b&gt;knee&lt;/b&gt; &amp; the Xyzzoma");
    expect(html).not.toContain("Fremdwort");

    expect((await fetchExport(person.actor, token, now)).ok).toBe(false);
    await sweepFiles(now);
    expect(storedFiles()).not.toContain(storageKey);
    const actions = await db().auditEvent.findMany({
      where: { entityId: exportId },
      orderBy: { sequence: "asc" },
      select: { action: true, subjectPseudonym: true },
    });
    const subjectPseudonym = person.actor.pseudonym;
    expect(actions).toEqual([
      { action: "data_export.requested", subjectPseudonym },
      { action: "data.exported", subjectPseudonym },
    ]);
  });

  it("is in the person's language", async () => {
    const { actor } = await openPerson("ru");
    const { token } = await madeFor(actor);
    const html = strFromU8((await fetched(actor, token))["index.html"] ?? new Uint8Array());
    expect(html).toContain('<html lang="ru"');
    expect(html).toContain("Записи на приём");
  });

  it("is sealed where it lies, and queues one mail however often it is made", async () => {
    const person = await openPerson();
    const exportId = await askedFor(person.actor);
    await makeExport(exportId, now);
    await makeExport(exportId, now);
    const mails = await db().notification.findMany({ where: { dataExportId: exportId } });
    expect(mails.map(({ kind, userId }) => [kind, userId])).toEqual([["export_ready", person.actor.userId]]);
    const row = await db().dataExport.findUniqueOrThrow({ where: { id: exportId } });
    expect(row.contentKeyId).not.toBeNull();
  });

  it("is handed over once, to two who ask at the same moment too", async () => {
    const { actor } = await openPerson();
    const { token } = await madeFor(actor);
    const answers = await Promise.all([1, 2, 3].map(() => fetchExport(actor, token, now)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it("is there for nobody else, by no other link, and no longer than it says", async () => {
    const [{ actor }, { actor: stranger }] = [await openPerson(), await openPerson()];
    const { exportId, token } = await madeFor(actor);
    const late = now.add({ hours: EXPORT_HOURS });
    expect((await fetchExport(stranger, token, now)).ok).toBe(false);
    expect((await fetchExport({ kind: "anonymous" }, token, now)).ok).toBe(false);
    expect((await fetchExport(actor, "no token at all", now)).ok).toBe(false);
    expect((await fetchExport(actor, token, late)).ok).toBe(false);
    // A mail that had to be sent again ends the link of the one before.
    const second = await mintExportToken(db(), exportId);
    expect(await findFetchable(db(), actor, token, now)).toBeNull();
    expect(await findFetchable(db(), actor, second, now)).not.toBeNull();
    await endExports(late);
    expect(await db().dataExport.count({ where: { id: exportId } })).toBe(0);
  });

  it("is one at a time, a new one in the place of one that is ready, and not without end", async () => {
    const { actor } = await openPerson();
    const first = await askedFor(actor);
    expect(await requestExport(actor, now)).toMatchObject({ reason: "already_asked" });
    await makeExport(first, now);
    const second = await askedFor(actor);
    expect(await db().dataExport.findMany({ where: { userId: actor.userId }, select: { id: true } })).toEqual(
      [{ id: second }],
    );
    // What was asked for and is gone, nobody makes.
    await makeExport(first, now);
    for (let asked = 3; asked < EXPORT_LIMIT.max; asked += 1) await requestExport(actor, now);
    expect(await requestExport(actor, now)).toMatchObject({ reason: "too_many_attempts" });
  });
});

describe("the tables", () => {
  it("that lead to a person are in the export, or left out for a reason", async () => {
    const links = await db().$queryRaw<{ child: string; parent: string }[]>`
      SELECT c.relname AS child, p.relname AS parent FROM pg_constraint k
      JOIN pg_class c ON c.oid = k.conrelid JOIN pg_class p ON p.oid = k.confrelid
      JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE k.contype = 'f' AND n.nspname = 'public'`;
    const reached = new Set(["user", "patient"]);
    for (let before = 0; before < reached.size; ) {
      before = reached.size;
      for (const { child, parent } of links) if (reached.has(parent)) reached.add(child);
    }
    // The trail knows people by pseudonyms alone, so that nothing leads there.
    const named = [
      ...Object.keys(EXPORTED).filter((name) => name !== "audit_event"),
      ...Object.keys(LEFT_OUT),
    ];
    expect(named.toSorted()).toEqual([...reached].toSorted());
  });
});
