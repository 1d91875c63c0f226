import { open } from "node:fs/promises";
import { parseArgs } from "node:util";
import { systemNow } from "@/lib/core/clock";
import { closeDb, db } from "@/lib/db/client";
import { DEFAULT_LOCALE, isLocale } from "@/lib/i18n/locales";
import { RIGHTS_TO_KEPT } from "@/lib/privacy/constants";
import { unsafeListKept } from "@/lib/privacy/data/kept";
import { handOverKept } from "@/lib/privacy/mutations/hand-over";

const USAGE = `Usage: npm run erased -- --find "part of a name, address or number"
       npm run erased -- --open ID --right ${RIGHTS_TO_KEPT.join("|")} --to file.zip [--language en|ru]`;

/** Finds somebody who was erased and whose records the law keeps, or writes those records into a file, of which the trail tells. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      find: { type: "string" },
      open: { type: "string" },
      right: { type: "string" },
      to: { type: "string" },
      language: { type: "string" },
    },
  });
  const kept = await unsafeListKept(db());
  if (values.find) {
    const words = values.find.toLowerCase();
    const found = kept.filter(({ identity }) =>
      Object.values(identity).some((value) => value?.toLowerCase().includes(words)),
    );
    for (const { patientId, erasedAt, identity } of found)
      console.log(
        `${patientId}  erased on ${erasedAt.toString().slice(0, 10)}  ${Object.values(identity)
          .filter(Boolean)
          .join(", ")}`,
      );
    console.log(`${found.length} of ${kept.length} whose records are kept.`);
    return 0;
  }
  const right = RIGHTS_TO_KEPT.find((known) => known === values.right);
  const locale = values.language ?? DEFAULT_LOCALE;
  if (!values.open || !values.to || !right || !isLocale(locale)) {
    console.error(USAGE);
    return 1;
  }
  const chosen = kept.find(({ patientId }) => patientId === values.open);
  if (!chosen) {
    console.error("Nobody whose records are kept has this ID.");
    return 1;
  }
  // Never over a file that is there, and for nobody else on this machine; before the trail says that anything was handed over.
  const file = await open(values.to, "wx", 0o600).catch((error: NodeJS.ErrnoException) => error.code);
  if (typeof file !== "object") {
    console.error(`${values.to} cannot be made (${file}). Name a file that is not there yet.`);
    return 1;
  }
  try {
    await file.writeFile(await handOverKept(chosen, right, locale, systemNow()));
  } finally {
    await file.close();
  }
  console.log(`Written to ${values.to}. Delete it once it was handed over.`);
  return 0;
}

try {
  process.exitCode = await main();
} finally {
  await closeDb();
}
