import { parseArgs } from "node:util";
import { LEAST_KEPT_YEARS, SEALED_WITHIN_MINUTES } from "@/lib/audit/constants";
import { verifyTrail } from "@/lib/audit/data";
import { readSealLines, sealFile } from "@/lib/audit/jobs";
import type { AuditFinding, SealLine } from "@/lib/audit/types";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { closeDb, db } from "@/lib/db/client";

const WORDS: Record<AuditFinding["kind"], string> = {
  changed: "is not what was written, or does not follow the event before it",
  gap: "is missing",
  head: "is where the chain says that it ends, and it does not",
  cut: "was sealed and is gone, with everything after it",
  replaced: "is another one than when it was sealed",
  unsealed: `stands there for more than ${SEALED_WITHIN_MINUTES} minutes and was not sealed, nor was what came after it: it could be cut off unseen. Does a worker run?`,
  unfounded: `says of others that they were kept long enough, and no seal stands for those, or none that was ${LEAST_KEPT_YEARS} years old then`,
  seal_changed: "is not what was written, or does not follow the seal before it",
  seal_gap: "is missing",
  seal_missing: "stands in the file of seals and is gone from the database",
  seal_differs: "is another one in the file of seals",
  seal_unwritten: "is not in the file of seals: it could be cut off unseen",
};

function describe(finding: AuditFinding): string {
  const { kind, sequence } = finding;
  if ("chain" in finding) return `chain ${finding.chain}: event ${sequence} ${WORDS[kind]}`;
  const until = "until" in finding && finding.until !== sequence ? `, and each up to ${finding.until},` : "";
  return `seal ${sequence}${until} ${WORDS[kind]}`;
}

/** Seals that are nowhere outside the database are those of a file that has none. */
async function* readLines(file: string): AsyncGenerator<SealLine> {
  try {
    yield* readSealLines(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    console.log(
      `There is no file ${file}. Name the one with the seals: npm run audit:verify -- --seals FILE`,
    );
  }
}

/**
 * Follows the whole trail: 0 when it is whole, 1 when it is not, or when what it is compared with is missing: what was not sealed in
 * time, in the database and outside, could be cut off without leaving anything to find.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { seals: { type: "string" } } });
  const file = values.seals ?? sealFile();
  const report = await verifyTrail(db(), readLines(file), systemNow());
  console.log(
    `${report.events} events in 64 chains, ${report.seals} seals, ${report.sealLines} lines in ${file}`,
  );
  if (report.beginnings.size > 0)
    console.log(
      `${report.beginnings.size} chains begin after events that were kept long enough; seals stand for those: ${[...report.beginnings].map(([chain, sequence]) => `chain ${chain} at event ${sequence}`).join(", ")}`,
    );
  for (const finding of report.findings) console.log(describe(finding));
  console.log(
    report.findings.length === 0
      ? "The trail is whole."
      : `The trail is broken in ${report.findings.length} places.`,
  );
  if (report.findings.length > 0 && !env().AUDIT_KEY)
    console.log(
      "AUDIT_KEY is not set. Was AUTH_SECRET changed? Then the events before are followed with the former one: put that into AUDIT_KEY.",
    );
  return report.findings.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} finally {
  await closeDb();
}
