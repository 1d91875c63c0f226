import { parseArgs } from "node:util";
import pg from "pg";
import { env } from "@/lib/core/env";
import { rotateKeys } from "./tools/rotation";

/** Seals everything under one key: 0 when nothing is left under another, 1 when something is. */
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
    const left = rotated.reduce((sum, { remaining }) => sum + remaining, 0);
    if (left > 0) {
      console.log(
        `${left} are still sealed under another key. Keep every key in DATA_KEYS, and run this again.`,
      );
      return 1;
    }
    console.log(`Everything is sealed under ${to}.`);
    if (to !== current)
      console.log(`What is written from now on is sealed under ${current}: put ${to} first.`);
    return 0;
  } finally {
    await owner.end();
  }
}

process.exitCode = await main();
