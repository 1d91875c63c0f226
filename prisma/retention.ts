import { parseArgs } from "node:util";
import pg from "pg";
import type { Temporal } from "temporal-polyfill";
import { verifyTrail } from "@/lib/audit/data";
import { cutTrail } from "@/lib/audit/mutations";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { closeDb, db } from "@/lib/db/client";
import { PERIODS } from "@/lib/retention/constants";
import { unsafeCountDue } from "@/lib/retention/data/due";
import { readRetention } from "@/lib/retention/data/settings";
import { sweepRetention } from "@/lib/retention/mutations/sweep";
import { cutoffOf } from "@/lib/retention/rules";
import { removeBefore } from "./tools/trail";

/**
 * Says what has been kept long enough and, unless it is a dry run, removes it: also from the trail, which the nightly job cannot. From a
 * trail that is not whole nothing goes, since the owner would remove what shows who broke it: 1 then, and 0 otherwise.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { "dry-run": { type: "boolean" } } });
  const [now, retention] = [systemNow(), await readRetention(db())];
  // The file of seals may be on another machine; it is about the end of the trail, and what goes is its beginning.
  const { findings } = await verifyTrail(db(), undefined, now);
  const isWhole = findings.length === 0;
  for (const { kind, rows, oldest } of await unsafeCountDue(db(), retention, now)) {
    const age = oldest ? `, the oldest of ${oldest.toString().slice(0, 10)}` : "";
    console.log(`${kind}: kept for ${retention[kind]} ${PERIODS[kind].unit}; ${rows} rows are over${age}`);
  }
  if (!isWhole)
    console.log(
      `The trail is broken in ${findings.length} places, so nothing is removed from it. See where: npm run audit:verify`,
    );
  if (values["dry-run"]) {
    console.log("Nothing was removed.");
    return isWhole ? 0 : 1;
  }
  const { DATABASE_OWNER_URL } = env();
  if (!DATABASE_OWNER_URL)
    throw new Error("DATABASE_OWNER_URL is missing: only the owner takes from the trail");
  let removed = [...(await sweepRetention(now)).values()].reduce((sum, rows) => sum + rows, 0);
  if (isWhole) removed += await shortenTrail(DATABASE_OWNER_URL, cutoffOf("trail", now, retention), now);
  console.log(`${removed} rows were removed.`);
  return isWhole ? 0 : 1;
}

/** Says in the trail what goes, and removes it as the owner. @returns how many events went */
async function shortenTrail(
  ownerUrl: string,
  cutoff: Temporal.Instant,
  now: Temporal.Instant,
): Promise<number> {
  const cut = await cutTrail(cutoff, now);
  if (!cut.ok) return 0;
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    return await removeBefore(owner, cut.value, cutoff);
  } finally {
    await owner.end();
  }
}

try {
  process.exitCode = await main();
} finally {
  await closeDb();
}
