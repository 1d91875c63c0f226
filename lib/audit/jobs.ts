import { mkdir, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { parseJson } from "@/lib/core/json";
import { db } from "@/lib/db/client";
import type { Handler } from "@/lib/jobs/work";
import { readSeals } from "./data";
import { sealChains, writeTalliedRefusals } from "./mutations";
import type { SealLine } from "./types";

/** Where the seals are kept outside the database. */
export const sealFile = (): string => env().AUDIT_SEAL_FILE ?? join(env().DATA_DIR, "audit-seals.jsonl");

/**
 * Writes what was only counted so far, seals the chains, and writes the seals that its file has not: also those of other machines' workers, and of one that died
 * between the database and the file.
 */
export const sealAudit: Handler<"audit.seal"> = async () => {
  await writeTalliedRefusals(systemNow());
  await sealChains(systemNow());
  const file = sealFile();
  await mkdir(dirname(file), { recursive: true });
  const end = await readEnd(file);
  const last = parseSealLines(end).at(-1);
  // Half a line, left by a power cut, must not swallow the next one.
  const lines = end === "" || end.endsWith("\n") ? [] : ["\n"];
  for await (const seal of readSeals(db(), BigInt(last?.sequence ?? 0))) {
    const line: SealLine = {
      sequence: seal.sequence.toString(),
      sealedAt: seal.sealedAt.toISOString(),
      root: Buffer.from(seal.root).toString("hex"),
    };
    lines.push(`${JSON.stringify(line)}\n`);
  }
  if (lines.length === 0) return;
  const handle = await open(file, "a");
  try {
    await handle.writeFile(lines.join(""));
    await handle.sync();
  } finally {
    await handle.close();
  }
};

/** Longer than some lines: the last whole one is in it. */
const END_BYTES = 4_096;

/** The end of the file, which may be years long; empty where there is none yet. */
async function readEnd(file: string): Promise<string> {
  const handle = await open(file, "a+");
  try {
    const { size } = await handle.stat();
    const from = Math.max(0, size - END_BYTES);
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(size - from), 0, size - from, from);
    return buffer.toString("utf8", 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The file's seals, one after the other, however long it is. @throws where the file cannot be read */
export async function* readSealLines(file: string): AsyncGenerator<SealLine> {
  const handle = await open(file);
  try {
    for await (const line of handle.readLines({ autoClose: false })) yield* parseSealLines(line);
  } finally {
    await handle.close();
  }
}

/** What is no seal, such as half a line, is passed over: the seal after it is what tells. */
const parseSealLines = (text: string): SealLine[] =>
  text.split("\n").flatMap((line) => {
    const read = parseJson(line);
    return isSealLine(read) ? [read] : [];
  });

const isSealLine = (value: unknown): value is SealLine =>
  typeof value === "object" &&
  value !== null &&
  ["sequence", "sealedAt", "root"].every((name) => name in value) &&
  Object.values(value).every((part) => typeof part === "string") &&
  "sequence" in value &&
  /^\d{1,18}$/.test(String(value.sequence));
