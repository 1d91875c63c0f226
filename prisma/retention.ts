import { parseArgs } from "node:util";
import pg from "pg";
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

/** Says what has been kept long enough and, unless it is a dry run, removes it: also from the trail, which the nightly job cannot. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { "dry-run": { type: "boolean" } } });
  const [now, retention] = [systemNow(), await readRetention(db())];
  for (const { kind, rows, oldest } of await unsafeCountDue(db(), retention, now)) {
    const age = oldest ? `, the oldest of ${oldest.toString().slice(0, 10)}` : "";
    console.log(`${kind}: kept for ${retention[kind]} ${PERIODS[kind].unit}; ${rows} rows are over${age}`);
  }
  if (values["dry-run"]) {
    console.log("Nothing was removed.");
    return;
  }
  const { DATABASE_OWNER_URL } = env();
  if (!DATABASE_OWNER_URL)
    throw new Error("DATABASE_OWNER_URL is missing: only the owner takes from the trail");
  let removed = [...(await sweepRetention(now)).values()].reduce((sum, rows) => sum + rows, 0);
  const cut = await cutTrail(cutoffOf("trail", now, retention), now);
  const owner = new pg.Client({ connectionString: DATABASE_OWNER_URL });
  await owner.connect();
  try {
    if (cut.ok) removed += await removeBefore(owner, cut.value);
  } finally {
    await owner.end();
  }
  console.log(`${removed} rows were removed.`);
}

try {
  await main();
} finally {
  await closeDb();
}
