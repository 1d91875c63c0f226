import { mkdir, open, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { env } from "@/lib/core/env";
import { InvariantError } from "@/lib/core/errors";

/*
 * Files under DATA_DIR, by keys that the database knows. Whoever keeps something here has sealed it: this room knows neither what it is
 * nor whose. Another one, for a store of objects say, has these three functions and nothing more.
 */

/** As the database's own check has it: nothing that could climb out of the folder. */
const KEY = /^[A-Za-z0-9_-]{16,128}$/;

/** The end of a key is random, so that no folder gets too many. */
function pathOf(key: string): string {
  if (!KEY.test(key)) throw new InvariantError("not a key of a stored file");
  return join(env().DATA_DIR, "files", key.slice(-2), key);
}

/** Keeps bytes under a key. Whole or not at all: what was cut off has another name. */
export async function storeFile(key: string, bytes: Uint8Array): Promise<void> {
  const path = pathOf(key);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const file = await open(partOf(path), "w", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(partOf(path), path);
}

const partOf = (path: string) => `${path}.part`;

/** What is kept under a key; `undefined` for nothing. */
export async function fetchFile(key: string): Promise<Buffer<ArrayBuffer> | undefined> {
  try {
    return await readFile(pathOf(key));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/** Keeps it no longer, nor what was cut off. Safe to repeat. */
export async function removeFile(key: string): Promise<void> {
  const path = pathOf(key);
  for (const one of [path, partOf(path)]) await rm(one, { force: true });
}
