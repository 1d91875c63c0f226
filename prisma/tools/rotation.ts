import { createHash } from "node:crypto";
import type pg from "pg";
import { ok, type Result, refuse } from "@/lib/core/result";
import { fetchFile, removeFile, storeFile } from "@/lib/files/store";
import { sealBytes, unsealBytes } from "@/lib/security/seal";
import { SEALED_COLUMNS, SEALED_FILES, type SealedColumn, type SealedFiles } from "./sealed";

type Keys = readonly { id: string; key: Uint8Array }[];

/**
 * What cannot be moved, by its row.
 *
 * - `damaged`: it was changed or cut off, or belongs to another row, and does not open
 * - `lost`: the file that the row names is not under DATA_DIR
 * - `no_key`: the key that it is sealed under is not configured
 */
export type Stuck = { id: string; why: "damaged" | "lost" | "no_key" };

/** What one column or folder has come to. */
export type Rotated = {
  what: string;
  /** The column that the ids of `stuck` stand in. */
  idColumn: string;
  moved: number;
  /** All that is under another key at the end, with what is stuck. */
  remaining: number;
  stuck: Stuck[];
};

/** How much is held in memory at once. Each row is moved by itself, so that a run can end anywhere. */
const BATCH = 200;

/** Held by the connection while a run lasts. Another number than the locks of `lib/db/locks` and the migrations'. */
const LOCK = 1_101;

/**
 * Seals everything under another of the configured keys. Safe to stop and to run again, and while the portal works: what somebody
 * changes meanwhile is left to the next look, and what cannot be moved is named and passed. Run as the owner, since a signed summary is
 * the owner's alone to seal anew. One run at a time: two would store the same files under the same keys, and each remove what the other
 * has just named.
 *
 * @param keys the configured ones, all of which open
 * @param to the id of the one that everything is to be sealed with
 * @returns for each column and kind of file what was moved, what is still under another key, and which of that cannot be moved;
 *   `already_running` while another run lasts
 */
export async function rotateKeys(
  owner: pg.ClientBase,
  keys: Keys,
  to: string,
): Promise<Result<Rotated[], "already_running">> {
  const target = keys.filter(({ id }) => id === to);
  if (target.length === 0) throw new Error(`${to} is none of DATA_KEYS`);
  const { rows } = await owner.query<{ taken: boolean }>("SELECT pg_try_advisory_lock($1) AS taken", [LOCK]);
  if (!rows[0]?.taken) return refuse("already_running");
  try {
    const rotated: Rotated[] = [];
    for (const column of SEALED_COLUMNS) rotated.push(await rotateColumn(owner, column, keys, target, to));
    for (const files of SEALED_FILES) rotated.push(await rotateFiles(owner, files, keys, target, to));
    return ok(rotated);
  } finally {
    await owner.query("SELECT pg_advisory_unlock($1)", [LOCK]);
  }
}

/** What is under any other key than this one, and which of the stuck are still there: rows may have gone meanwhile. */
async function readLeft(
  owner: pg.ClientBase,
  { table, id, keyId }: Pick<SealedColumn, "table" | "id" | "keyId">,
  stuck: readonly Stuck[],
  to: string,
): Promise<Pick<Rotated, "remaining" | "stuck">> {
  const { rows } = await owner.query<{ remaining: number; stuck: string[] | null }>(
    `SELECT count(*)::int AS remaining, array_agg("${id}") FILTER (WHERE "${id}" = ANY($2::uuid[])) AS stuck
     FROM "${table}" WHERE "${keyId}" <> $1`,
    [to, stuck.map((one) => one.id)],
  );
  const there = new Set(rows[0]?.stuck);
  return { remaining: rows[0]?.remaining ?? 0, stuck: stuck.filter((one) => there.has(one.id)) };
}

/** Opens a value, or says why no run will: one that is at fault must not keep all the others under the former key. */
function openOrSay(value: { keyId: string; sealed: Uint8Array }, place: string, keys: Keys) {
  if (!keys.some(({ id }) => id === value.keyId)) return "no_key";
  try {
    return unsealBytes(value, place, keys);
  } catch {
    // The key is there, so that it is the value that was changed.
    return "damaged";
  }
}

async function rotateColumn(
  owner: pg.ClientBase,
  { table, id, sealed, keyId, place }: SealedColumn,
  keys: Keys,
  target: Keys,
  to: string,
): Promise<Rotated> {
  let moved = 0;
  const stuck: Stuck[] = [];
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const { rows } = await owner.query<{ id: string; sealed: Buffer; key_id: string }>(
      `SELECT "${id}" AS id, "${sealed}" AS sealed, "${keyId}" AS key_id FROM "${table}"
       WHERE "${keyId}" <> $1 AND "${id}" > $2 ORDER BY "${id}" LIMIT ${BATCH}`,
      [to, after],
    );
    for (const row of rows) {
      const opened = openOrSay({ keyId: row.key_id, sealed: row.sealed }, place(row.id), keys);
      if (typeof opened === "string") {
        stuck.push({ id: row.id, why: opened });
        continue;
      }
      const anew = sealBytes(opened, place(row.id), target);
      const { rowCount } = await owner.query(
        `UPDATE "${table}" SET "${sealed}" = $1, "${keyId}" = $2 WHERE "${id}" = $3 AND "${sealed}" = $4`,
        [Buffer.from(anew.sealed), to, row.id, row.sealed],
      );
      moved += rowCount ?? 0;
    }
    const last = rows.at(-1);
    if (!last) break;
    after = last.id;
  }
  const left = await readLeft(owner, { table, id, keyId }, stuck, to);
  return { what: `${table}.${sealed}`, idColumn: id, moved, ...left };
}

/** The same for every run, so that one that was cut off leaves nothing behind that the next does not write again. */
const keyAfter = (storageKey: string, to: string): string =>
  createHash("sha256").update(`${storageKey}:${to}`).digest("base64url");

async function rotateFiles(
  owner: pg.ClientBase,
  { table, place, without }: SealedFiles,
  keys: Keys,
  target: Keys,
  to: string,
): Promise<Rotated> {
  let moved = 0;
  const stuck: Stuck[] = [];
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const { rows } = await owner.query<{ id: string; storage_key: string; key_id: string }>(
      `SELECT id, storage_key, content_key_id AS key_id FROM "${table}"
       WHERE content_key_id <> $1 AND id > $2 AND NOT ${without} ORDER BY id LIMIT ${BATCH}`,
      [to, after],
    );
    for (const { id, storage_key: former, key_id: keyId } of rows) {
      const sealed = await fetchFile(former);
      const opened = sealed ? openOrSay({ keyId, sealed }, place(id), keys) : "lost";
      if (typeof opened === "string") {
        stuck.push({ id, why: opened });
        continue;
      }
      const anew = sealBytes(opened, place(id), target);
      const next = keyAfter(former, to);
      // First the bytes, then the row that names them: whoever reads in between finds the former ones whole.
      await storeFile(next, anew.sealed);
      const { rowCount } = await owner.query(
        `WITH moved AS (
           UPDATE "${table}" SET storage_key = $1, content_key_id = $2
           WHERE id = $3 AND storage_key = $4 AND NOT ${without} RETURNING 1
         ) INSERT INTO removed_file (storage_key) SELECT $4 FROM moved ON CONFLICT DO NOTHING`,
        [next, to, id, former],
      );
      if (rowCount === 0) await removeUnnamed(owner, table, next);
      else moved += 1;
    }
    const last = rows.at(-1);
    if (!last) break;
    after = last.id;
  }
  // What has no bytes is sealed under nothing; its row would name the former key for good.
  await owner.query(`UPDATE "${table}" SET content_key_id = $1 WHERE content_key_id <> $1 AND ${without}`, [
    to,
  ]);
  const left = await readLeft(owner, { table, id: "id", keyId: "content_key_id" }, stuck, to);
  return { what: `files of ${table}`, idColumn: "id", moved, ...left };
}

/** Removes bytes that were stored for a row which has gone or changed meanwhile, and never bytes that a row names. */
async function removeUnnamed(owner: pg.ClientBase, table: string, storageKey: string): Promise<void> {
  const { rowCount } = await owner.query(`SELECT 1 FROM "${table}" WHERE storage_key = $1`, [storageKey]);
  if (rowCount === 0) await removeFile(storageKey);
}
