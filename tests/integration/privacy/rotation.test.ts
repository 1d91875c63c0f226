import { execFile } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { fetchFile, removeFile, storeFile } from "@/lib/files/store";
import { typescript } from "@/lib/launcher/install/prepared.mjs";
import { openContent } from "@/lib/messaging/data/attachments";
import { attachFile } from "@/lib/messaging/mutations/attach";
import { scanAttachment } from "@/lib/messaging/mutations/scan";
import { sweepFiles } from "@/lib/messaging/mutations/sweep";
import { summaryPlace } from "@/lib/records/constants";
import { seal, unseal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { rotateKeys } from "@/prisma/tools/rotation";
import { SEALED_COLUMNS, SEALED_FILES } from "@/prisma/tools/sealed";
import { PDF } from "@/tests/support/files";
import { minuteNow } from "../booking/clinic";
import { BAD, makeScanner } from "../messaging/scanner";
import { actorOf, beginTalk } from "../messaging/talk";

const scanner = makeScanner();
const DATA_DIR = mkdtempSync(join(tmpdir(), "portal-"));
Object.assign(process.env, { DATA_DIR, SCAN_COMMAND: scanner.command, TRUECONF_GUEST_SEATS: "1000" });
const owner = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
beforeAll(() => owner.connect());
afterAll(async () => {
  await owner.end();
  scanner.remove();
  rmSync(DATA_DIR, { recursive: true });
});

const now = minuteNow();
const other = { id: "other-key", key: new Uint8Array(32).fill(7) };
type Keys = Parameters<typeof rotateKeys>[1];

async function rotated(keys: Keys, to: string, by: pg.ClientBase = owner) {
  const result = await rotateKeys(by, keys, to);
  if (!result.ok) throw new Error(result.reason);
  return result.value;
}

const remaining = async (keys: Keys, to: string) =>
  (await rotated(keys, to)).reduce((sum, one) => sum + one.remaining, 0);

/** A visit with a signed summary, and a file that was sent. */
async function openRecord(bytes = PDF) {
  const talk = await beginTalk(now);
  const id = newId();
  const { sealed, keyId } = seal("Signed Xyzzoma", summaryPlace(id));
  await db().visitSummary.create({
    data: {
      id,
      encounterId: talk.encounterId,
      part: 0,
      practitionerId: talk.practitionerId,
      textSealed: sealed,
      textKeyId: keyId,
      signedAt: toDate(now),
      createdAt: toDate(now),
      updatedAt: toDate(now),
    },
  });
  const { conversationId } = talk;
  const file = await attachFile(
    actorOf(talk, "patient"),
    "patient",
    { conversationId, name: "Befund.pdf", bytes },
    now,
  );
  if (!file.ok) throw new Error(file.reason);
  return { summaryId: id, attachmentId: file.value.attachmentId };
}

/** A connection of its own, as a second command has. */
async function secondOwner() {
  const client = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

/** A connection on which something happens before each statement that matches. */
const beforeQuery = (client: pg.Client, pattern: RegExp, happens: () => unknown) =>
  new Proxy(client, {
    get: (target, name) =>
      name === "query"
        ? async (...args: Parameters<pg.Client["query"]>) => {
            if (pattern.test(String(args[0]))) await happens();
            return target.query(...args);
          }
        : Reflect.get(target, name),
  });

/** A connection that breaks at the first statement which matches. */
const breakingAt = (client: pg.Client, pattern: RegExp) =>
  beforeQuery(client, pattern, () => {
    throw new Error("cut off");
  });

/** The command, as the launcher starts it. */
const runCommand = (keys: Keys, ...args: string[]): Promise<{ code: number | string; out: string }> =>
  new Promise((resolve) => {
    const DATA_KEYS = keys.map(({ id, key }) => `${id}:${Buffer.from(key).toString("base64")}`).join(",");
    execFile(
      process.execPath,
      typescript("prisma/rotate-keys.ts", ...args),
      { env: { ...process.env, DATA_KEYS } },
      (error, out) => resolve({ code: error?.code ?? 0, out }),
    );
  });

const summaryOf = (id: string) => db().visitSummary.findUniqueOrThrow({ where: { id } });
const fileOf = (id: string) => db().attachment.findUniqueOrThrow({ where: { id } });

describe("another key", () => {
  it("takes over every text and file, and gives them back; the bytes of before go", async () => {
    const first = env().DATA_KEYS;
    const own = first[0]?.id ?? "";
    const { summaryId, attachmentId } = await openRecord();
    const before = await fileOf(attachmentId);

    expect(await remaining([other, ...first], other.id)).toBe(0);
    const summary = await summaryOf(summaryId);
    const value = { keyId: summary.textKeyId, sealed: summary.textSealed };
    expect(summary.textKeyId).toBe(other.id);
    expect(unseal(value, summaryPlace(summaryId), [other])).toBe("Signed Xyzzoma");
    const moved = await fileOf(attachmentId);
    expect([moved.contentKeyId, moved.nameKeyId]).toEqual([other.id, other.id]);
    expect(moved.storageKey).not.toBe(before.storageKey);
    await sweepFiles(now);
    expect(await fetchFile(before.storageKey)).toBeUndefined();

    expect(await remaining([other, ...first], own)).toBe(0);
    const back = await summaryOf(summaryId);
    expect(unseal({ keyId: back.textKeyId, sealed: back.textSealed }, summaryPlace(summaryId))).toBe(
      "Signed Xyzzoma",
    );
    expect((await rotated(first, own)).every((one) => one.moved === 0)).toBe(true);
  });

  it("is given by one run at a time, and no file is lost by a second", async () => {
    const first = env().DATA_KEYS;
    const files = await Promise.all([1, 2, 3, 4].map(() => openRecord()));
    const keys = [other, ...first];
    for (const to of [other.id, first[0]?.id ?? ""]) {
      const runs = await Promise.all([
        rotateKeys(owner, keys, to),
        rotateKeys(await secondOwner(), keys, to),
        rotateKeys(await secondOwner(), keys, to),
      ]);
      expect(runs.filter(({ ok }) => ok)).toHaveLength(1);
      expect(runs).toContainEqual({ ok: false, reason: "already_running" });
      await sweepFiles(now);
      for (const { attachmentId } of files) {
        const { storageKey } = await fileOf(attachmentId);
        expect(await fetchFile(storageKey)).toBeDefined();
      }
      expect(await remaining(keys, to)).toBe(0);
    }
    for (const { attachmentId } of files)
      expect((await openContent(await fileOf(attachmentId)))?.equals(PDF)).toBe(true);
  });

  it("goes on where a run was cut off: between a file's bytes and its row too", async () => {
    const first = env().DATA_KEYS;
    const { attachmentId } = await openRecord();
    const before = await fileOf(attachmentId);
    const broken = breakingAt(await secondOwner(), /UPDATE "attachment" SET storage_key/);
    await expect(rotateKeys(broken, [other, ...first], other.id)).rejects.toThrow("cut off");
    const between = await fileOf(attachmentId);
    expect([between.nameKeyId, between.storageKey]).toEqual([other.id, before.storageKey]);
    expect((await openContent(between))?.equals(PDF)).toBe(true);

    expect(await remaining([other, ...first], other.id)).toBe(0);
    expect(await remaining([other, ...first], first[0]?.id ?? "")).toBe(0);
    await sweepFiles(now);
    expect((await openContent(await fileOf(attachmentId)))?.equals(PDF)).toBe(true);
  });

  it("is not waited for by what a scanner has refused, whose bytes are gone", async () => {
    const first = env().DATA_KEYS;
    const { attachmentId } = await openRecord(Buffer.concat([PDF, Buffer.from(`% ${BAD}\n`)]));
    await scanAttachment(attachmentId, now);
    expect(await fileOf(attachmentId)).toMatchObject({ scan: "refused" });
    await sweepFiles(now);
    expect(await remaining([other, ...first], other.id)).toBe(0);
    expect(await remaining([other, ...first], first[0]?.id ?? "")).toBe(0);
  });

  it("passes a damaged text and a damaged file, and names them: everything else moves", async () => {
    const first = env().DATA_KEYS;
    const own = first[0]?.id ?? "";
    const damaged = await openRecord();
    const sound = await openRecord();
    const { nameSealed, storageKey } = await fileOf(damaged.attachmentId);
    const bytes = await fetchFile(storageKey);
    if (!bytes) throw new Error("no bytes");
    const setName = (sealed: Uint8Array) =>
      owner.query("UPDATE attachment SET name_sealed = $1 WHERE id = $2", [sealed, damaged.attachmentId]);
    await setName(nameSealed.map((byte, at) => (at === nameSealed.length - 1 ? byte ^ 1 : byte)));
    // Less than an initial vector and a tag.
    await storeFile(storageKey, bytes.subarray(0, 9));

    const result = await rotated([other, ...first], other.id);
    expect(result.filter(({ stuck }) => stuck.length > 0)).toMatchObject(
      ["attachment.name_sealed", "files of attachment"].map((what) => ({
        what,
        idColumn: "id",
        remaining: 1,
        stuck: [{ id: damaged.attachmentId, why: "damaged" }],
      })),
    );
    expect(result.reduce((sum, one) => sum + one.remaining, 0)).toBe(2);
    expect(await summaryOf(damaged.summaryId)).toMatchObject({ textKeyId: other.id });
    expect(await fileOf(sound.attachmentId)).toMatchObject({ nameKeyId: other.id, contentKeyId: other.id });

    // From a backup.
    await setName(Buffer.from(nameSealed));
    await storeFile(storageKey, bytes);
    expect(await remaining([other, ...first], other.id)).toBe(0);
    expect(await remaining([other, ...first], own)).toBe(0);
  });

  it("passes a lost file and names it, also once its key is gone; not one whose row went meanwhile", async () => {
    const first = env().DATA_KEYS;
    const own = first[0]?.id ?? "";
    const [lost, sound] = [await openRecord(), await openRecord()];
    const { storageKey } = await fileOf(lost.attachmentId);
    const bytes = await fetchFile(storageKey);
    if (!bytes) throw new Error("no bytes");
    await removeFile(storageKey);
    const stuck = [{ id: lost.attachmentId, why: "lost" }];
    for (const keys of [[other, ...first], [other]]) {
      const files = (await rotated(keys, other.id)).find(({ what }) => what === "files of attachment");
      expect(files).toMatchObject({ remaining: 1, stuck });
    }
    expect(await fileOf(sound.attachmentId)).toMatchObject({ contentKeyId: other.id });

    const removing = beforeQuery(await secondOwner(), /array_agg.* "content_key_id" <>/s, () =>
      db().attachment.deleteMany({ where: { id: lost.attachmentId } }),
    );
    const after = await rotated([other, ...first], other.id, removing);
    expect(after.flatMap((one) => one.stuck)).toEqual([]);
    expect(await remaining([other, ...first], own)).toBe(0);
  });

  it("is a command that ends well only where nothing is left, and says what could not be moved", async () => {
    const first = env().DATA_KEYS;
    const own = first[0]?.id ?? "";
    const { attachmentId } = await openRecord();
    await rotated([other, ...first], other.id);
    const moved = await fileOf(attachmentId);
    const bytes = await fetchFile(moved.storageKey);
    if (!bytes) throw new Error("no bytes");
    await removeFile(moved.storageKey);
    const failed = await runCommand([...first, other], "--to", own);
    expect(failed).toMatchObject({ code: 1 });
    expect(failed.out).toContain(
      `files of attachment, id ${attachmentId}: has no file under DATA_DIR any more\n1 cannot be moved, `,
    );
    expect(failed.out).not.toContain("run this again");
    await storeFile(moved.storageKey, bytes);
    expect(await runCommand([...first, other], "--to", own)).toMatchObject({
      code: 0,
      out: expect.stringContaining(`Everything is sealed under ${own}.`),
    });
  });

  it("leaves what no configured key opens where it is, and says so", async () => {
    const { attachmentId } = await openRecord();
    await rotated([other, ...env().DATA_KEYS], other.id);
    const kept = await fileOf(attachmentId);
    const left = await rotated(env().DATA_KEYS, env().DATA_KEYS[0]?.id ?? "");
    expect(left.find(({ what }) => what === "files of attachment")).toMatchObject({
      stuck: expect.arrayContaining([{ id: attachmentId, why: "no_key" }]),
    });
    for (const one of left) expect(one.stuck).toHaveLength(one.remaining);
    expect(await fileOf(attachmentId)).toEqual(kept);
    await expect(rotateKeys(owner, env().DATA_KEYS, other.id)).rejects.toThrow(other.id);
    expect(await remaining([other, ...env().DATA_KEYS], env().DATA_KEYS[0]?.id ?? "")).toBe(0);
  });

  it("is the one thing that may change in a signed summary, and the owner's alone to change", async () => {
    const { summaryId } = await openRecord();
    const { sealed, keyId } = seal("Something else", summaryPlace(summaryId), [other]);
    const change = db().visitSummary.update({
      where: { id: summaryId },
      data: { textSealed: sealed, textKeyId: keyId },
    });
    await expect(change).rejects.toThrow();
    const byOwner = owner.query("UPDATE visit_summary SET text_key_id = 'x', revision = 9 WHERE id = $1", [
      summaryId,
    ]);
    await expect(byOwner).rejects.toThrow("never changes");
  });
});

describe("the list of what is sealed", () => {
  it("is what the database has", async () => {
    const { rows } = await owner.query<{ name: string }>(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND (column_name = 'key_id' OR column_name LIKE '%\\_key_id')`,
    );
    const listed = [
      ...SEALED_COLUMNS.map(({ table, keyId }) => `${table}.${keyId}`),
      ...SEALED_FILES.map(({ table }) => `${table}.content_key_id`),
    ];
    expect(listed.toSorted()).toEqual(rows.map(({ name }) => name).toSorted());
    const sealed = await owner.query<{ name: string }>(
      `SELECT table_name || '.' || column_name AS name FROM information_schema.columns
       WHERE table_schema = 'public' AND data_type = 'bytea' AND (column_name = 'sealed' OR column_name LIKE '%\\_sealed')`,
    );
    expect(SEALED_COLUMNS.map((column) => `${column.table}.${column.sealed}`).toSorted()).toEqual(
      sealed.rows.map(({ name }) => name).toSorted(),
    );
  });
});
