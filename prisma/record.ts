import { systemNow } from "@/lib/core/clock";
import { isId } from "@/lib/core/ids";
import { closeDb, db } from "@/lib/db/client";
import { unsafeFindPatient, unsafeFindPatients } from "@/lib/privacy/data/record";
import { handOverRecord, noteLookUp } from "@/lib/privacy/mutations/hand-over";
import { readHandOver, usageOf, writeNew } from "./tools/hand-over";

/** Finds a patient, or writes everything about one into a file, practitioners' notes too; the trail tells of both. */
async function main(): Promise<number> {
  const asked = readHandOver();
  if (!asked) {
    console.error(usageOf("record"));
    return 1;
  }
  if ("find" in asked) {
    const found = await unsafeFindPatients(db(), asked.find);
    await noteLookUp(found, systemNow());
    for (const { id, createdAt, name, contactName, email, phone } of found)
      console.log(
        `${id}  since ${createdAt.toISOString().slice(0, 10)}  ${[name, contactName, email, phone].filter(Boolean).join(", ")}`,
      );
    console.log(`${found.length} found, the last first.`);
    return 0;
  }
  const chosen = isId(asked.open) ? await unsafeFindPatient(db(), asked.open) : null;
  if (!chosen) {
    console.error("No patient has this ID. Whoever was erased is found by npm run erased.");
    return 1;
  }
  return writeNew(asked.to, () => handOverRecord(chosen, asked.right, asked.locale, systemNow()));
}

try {
  process.exitCode = await main();
} finally {
  await closeDb();
}
