import { createHash } from "node:crypto";
import type pg from "pg";
import { fetchFile, removeFile, storeFile } from "@/lib/files/store";
import { sealBytes, unsealBytes } from "@/lib/security/seal";
import { SEALED_COLUMNS, SEALED_FILES, type SealedColumn } from "./sealed";

type Keys = readonly { id: string; key: Uint8Array }[];

/** What one column or folder has come to. */
export type Rotated = { what: string; moved: number; remaining: number };

/** How much is held in memory at once. Each row is moved by itself, so that a run can end anywhere. */
const BATCH = 200;

/**
 * Seals everything under another of the configured keys. Safe to stop and to run again, and while the portal works: what somebody
 * changes meanwhile is left to the next look. Run as the owner, since a signed summary is the owner's alone to seal anew.
 *
 * @param keys the configured ones, all of which open
 * @param to the id of the one that everything is to be sealed with
 * @returns for each column and kind of file what was moved, and what is still under another key
 */
export async function rotateKeys(owner: pg.ClientBase, keys: Keys, to: string): Promise<Rotated[]> {
  const target = keys.filter(({ id }) => id === to);
  if (target.length === 0) throw new Error(`${to} is none of DATA_KEYS`);
  const rotated: Rotated[] = [];
  for (const column of SEALED_COLUMNS) rotated.push(await rotateColumn(owner, column, keys, target, to));
  for (const files of SEALED_FILES) rotated.push(await rotateFiles(owner, files, keys, target, to));
  return rotated;
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
  { table, place }: (typeof SEALED_FILES)[number],
  keys: Keys,
  target: Keys,
  to: string,
): Promise<Rotated> {
  let moved = 0;
  for (let after = "00000000-0000-0000-0000-000000000000"; ; ) {
    const { rows } = await owner.query<{ id: string; storage_key: string; key_id: string }>(
      `SELECT id, storage_key, content_key_id AS key_id FROM "${table}"
       WHERE content_key_id <> $1 AND id > $2 ORDER BY id LIMIT ${BATCH}`,
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
           UPDATE "${table}" SET storage_key = $1, content_key_id = $2 WHERE id = $3 AND storage_key = $4 RETURNING 1
         ) INSERT INTO removed_file (storage_key) SELECT $4 FROM moved ON CONFLICT DO NOTHING`,
        [next, to, id, former],
      );
      if (rowCount === 0) await removeFile(next);
      else moved += 1;
    }
    const last = rows.at(-1);
    if (!last) break;
    after = last.id;
  }
  return {
    what: `files of ${table}`,
    moved,
    remaining: await countOthers(owner, table, "content_key_id", to),
  };
}
