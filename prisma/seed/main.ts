import { systemNow } from "@/lib/core/clock";
import { closeDb } from "@/lib/db/client";
import { seedDemonstration } from "./seed";

const WORDS = {
  seeded: "The invented clinic is in the database.",
  already_seeded: "The invented clinic was there already; nothing was changed.",
  not_demonstration:
    "Refused: this is not a demonstration, and invented people do not belong into a clinic's database.",
  not_empty: "Refused: the database has accounts already. The invented clinic goes into an empty one only.",
} as const;

try {
  const result = await seedDemonstration(systemNow());
  console.log(WORDS[result.ok ? result.value : result.reason]);
  if (!result.ok) process.exitCode = 1;
} finally {
  await closeDb();
}
