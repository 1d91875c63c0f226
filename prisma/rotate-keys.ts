import { parseArgs } from "node:util";
import pg from "pg";
import { env } from "@/lib/core/env";
import { rotateKeys, type Stuck } from "./tools/rotation";

const WHY: Record<Stuck["why"], string> = {
  damaged: "was changed or cut off, and does not open",
  lost: "has no file under DATA_DIR any more",
  no_key: "is sealed under a key that is not in DATA_KEYS",
};

/** Seals everything under one key: 0 when nothing is left under another, 1 when something is, which may be what cannot be moved. */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { to: { type: "string" } } });
  const { DATA_KEYS, DATABASE_OWNER_URL } = env();
  const current = DATA_KEYS[0]?.id ?? "";
  const to = values.to ?? current;
  if (!DATABASE_OWNER_URL) throw new Error("DATABASE_OWNER_URL is missing: keys are changed as the owner");
  const owner = new pg.Client({ connectionString: DATABASE_OWNER_URL });
  await owner.connect();
  try {
    const result = await rotateKeys(owner, DATA_KEYS, to);
    if (!result.ok) {
      console.error(
        "Another run changes keys at the moment. Nothing was done; run this again when it has ended.",
      );
      return 1;
    }
    const rotated = result.value;
    for (const { what, moved, remaining } of rotated)
      if (moved + remaining > 0) console.log(`${what}: ${moved} moved, ${remaining} remain`);
    for (const { what, idColumn, stuck } of rotated)
      for (const { id, why } of stuck) console.log(`${what}, ${idColumn} ${id}: ${WHY[why]}`);
    const stuck = rotated.reduce((sum, one) => sum + one.stuck.length, 0);
    const left = rotated.reduce((sum, { remaining }) => sum + remaining, 0);
    if (stuck > 0)
      console.log(
        `${stuck} cannot be moved, and are named above; the run went on with everything else. Keep every key in DATA_KEYS, and read in README.md under "The keys of what is sealed" what to do.`,
      );
    if (left > stuck)
      console.log(
        `${left - stuck} are still sealed under another key. Keep every key in DATA_KEYS, and run this again.`,
      );
    if (left > 0) return 1;
    console.log(`Everything is sealed under ${to}.`);
    if (to !== current)
      console.log(`What is written from now on is sealed under ${current}: put ${to} first.`);
    return 0;
  } finally {
    await owner.end();
  }
}

process.exitCode = await main();
