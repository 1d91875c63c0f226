import { systemNow } from "@/lib/core/clock";
import { closeDb, db } from "@/lib/db/client";
import { unsafeListKept } from "@/lib/privacy/data/kept";
import { handOverKept, noteLookUp } from "@/lib/privacy/mutations/hand-over";
import { readHandOver, usageOf, writeNew } from "./tools/hand-over";

/** Finds somebody who was erased and whose records the law keeps, or writes those records into a file; the trail tells of both. */
async function main(): Promise<number> {
  const asked = readHandOver();
  if (!asked) {
    console.error(usageOf("erased"));
    return 1;
  }
  const kept = await unsafeListKept(db());
  if ("find" in asked) {
    const words = asked.find.toLowerCase();
    const found = kept.filter(({ identity }) =>
      Object.values(identity).some((value) => value?.toLowerCase().includes(words)),
    );
    await noteLookUp(found, systemNow());
    for (const { patientId, erasedAt, identity } of found)
      console.log(
        `${patientId}  erased on ${erasedAt.toString().slice(0, 10)}  ${Object.values(identity)
          .filter(Boolean)
          .join(", ")}`,
      );
    console.log(`${found.length} of ${kept.length} whose records are kept.`);
    return 0;
  }
  const chosen = kept.find(({ patientId }) => patientId === asked.open);
  if (!chosen) {
    console.error("Nobody whose records are kept has this ID.");
    return 1;
  }
  return writeNew(asked.to, () => handOverKept(chosen, asked.right, asked.locale, systemNow()));
}

try {
  process.exitCode = await main();
} finally {
  await closeDb();
}
