import { createHash } from "node:crypto";
import type pg from "pg";
import { ok, type Result, refuse } from "@/lib/core/result";
import { fetchFile, removeFile, storeFile } from "@/lib/files/store";
import { sealBytes, unsealBytes } from "@/lib/security/seal";
import { SEALED_COLUMNS, SEALED_FILES, type SealedColumn, type SealedFiles } from "./sealed";

type Keys = readonly { id: string; key: Uint8Array }[];

/** What one column or folder has come to. */
export type Rotated = { what: string; moved: number; remaining: number };

/** How much is held in memory at once. Each row is moved by itself, so that a run can end anywhere. */
const BATCH = 200;

/** Held by the connection while a run lasts. Another number than the locks of `lib/db/locks` and the migrations'. */
const LOCK = 1_101;

/**
 * Seals everything under another of the configured keys. Safe to stop and to run again, and while the portal works: what somebody
 * changes meanwhile is left to the next look. Run as the owner, since a signed summary is the owner's alone to seal anew. One run at a
 * time: two would store the same files under the same keys, and each remove what the other has just named.
 *
 * @param keys the configured ones, all of which open
 * @param to the id of the one that everything is to be sealed with
 * @returns for each column and kind of file what was moved, and what is still under another key; `already_running` while another run
 *   lasts
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

/** What is sealed under any other key than this one. */
async function countOthers(owner: pg.ClientBase, table: string, keyId: string, to: string): Promise<number> {
  const { rows } = await owner.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM "${table}" WHERE "${keyId}" <> $1`,
    [to],
  );
  return rows[0]?.count ?? 0;
}

async function rotateColumn(
  owner: pg.ClientBase,
  { table, id, sealed, keyId, place }: SealedColumn,
  keys: Keys,
  target: Keys,
  to: string,
): Promise<Rotated> {
  let moved = 0;
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const { rows } = await owner.query<{ id: string; sealed: Buffer; key_id: string }>(
      `SELECT "${id}" AS id, "${sealed}" AS sealed, "${keyId}" AS key_id FROM "${table}"
       WHERE "${keyId}" <> $1 AND "${id}" > $2 ORDER BY "${id}" LIMIT ${BATCH}`,
      [to, after],
    );
    for (const row of rows) {
      // A key that is not configured any more: counted as remaining, and said.
      if (!keys.some((key) => key.id === row.key_id)) continue;
      const opened = unsealBytes({ keyId: row.key_id, sealed: row.sealed }, place(row.id), keys);
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
  return { what: `${table}.${sealed}`, moved, remaining: await countOthers(owner, table, keyId, to) };
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
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const { rows } = await owner.query<{ id: string; storage_key: string; key_id: string }>(
      `SELECT id, storage_key, content_key_id AS key_id FROM "${table}"
       WHERE content_key_id <> $1 AND id > $2 AND NOT ${without} ORDER BY id LIMIT ${BATCH}`,
      [to, after],
    );
    for (const { id, storage_key: former, key_id: keyId } of rows) {
      if (!keys.some((key) => key.id === keyId)) continue;
      const sealed = await fetchFile(former);
      if (!sealed) continue;
      const anew = sealBytes(unsealBytes({ keyId, sealed }, place(id), keys), place(id), target);
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
  return {
    what: `files of ${table}`,
    moved,
    remaining: await countOthers(owner, table, "content_key_id", to),
  };
}

/** Removes bytes that were stored for a row which has gone or changed meanwhile, and never bytes that a row names. */
async function removeUnnamed(owner: pg.ClientBase, table: string, storageKey: string): Promise<void> {
  const { rowCount } = await owner.query(`SELECT 1 FROM "${table}" WHERE storage_key = $1`, [storageKey]);
  if (rowCount === 0) await removeFile(storageKey);
}
