import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { db } from "@/lib/db/client";
import { fetchFile } from "@/lib/files/store";
import { attachFile } from "@/lib/messaging/mutations/attach";
import { sweepFiles } from "@/lib/messaging/mutations/sweep";
import { summaryPlace } from "@/lib/records/constants";
import { seal, unseal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { rotateKeys } from "@/prisma/tools/rotation";
import { SEALED_COLUMNS, SEALED_FILES } from "@/prisma/tools/sealed";
import { PDF } from "@/tests/support/files";
import { minuteNow } from "../booking/clinic";
import { actorOf, beginTalk } from "../messaging/talk";

const DATA_DIR = mkdtempSync(join(tmpdir(), "portal-"));
Object.assign(process.env, { DATA_DIR, SCAN_COMMAND: "true", TRUECONF_GUEST_SEATS: "1000" });
const owner = new pg.Client({ connectionString: process.env.DATABASE_OWNER_URL });
beforeAll(() => owner.connect());
afterAll(async () => {
  await owner.end();
  rmSync(DATA_DIR, { recursive: true });
});

const now = minuteNow();
const other = { id: "other-key", key: new Uint8Array(32).fill(7) };
const remaining = async (keys: Parameters<typeof rotateKeys>[1], to: string) =>
  (await rotateKeys(owner, keys, to)).reduce((sum, one) => sum + one.remaining, 0);

/** A visit with a signed summary, and a file that was sent. */
async function openRecord() {
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
    { conversationId, name: "Befund.pdf", bytes: PDF },
    now,
  );
  if (!file.ok) throw new Error(file.reason);
  return { summaryId: id, attachmentId: file.value.attachmentId };
}

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
    expect((await rotateKeys(owner, first, own)).every((one) => one.moved === 0)).toBe(true);
  });

  it("leaves what no configured key opens where it is, and says so", async () => {
    const { attachmentId } = await openRecord();
    await rotateKeys(owner, [other, ...env().DATA_KEYS], other.id);
    const kept = await fileOf(attachmentId);
    expect(await remaining(env().DATA_KEYS, env().DATA_KEYS[0]?.id ?? "")).toBeGreaterThan(0);
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
