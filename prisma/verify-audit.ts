import { parseArgs } from "node:util";
import { verifyTrail } from "@/lib/audit/data";
import { readSealLines, sealFile } from "@/lib/audit/jobs";
import type { AuditFinding } from "@/lib/audit/types";
import { env } from "@/lib/core/env";
import { closeDb, db } from "@/lib/db/client";

const WORDS: Record<AuditFinding["kind"], string> = {
  changed: "is not what was written, or does not follow the event before it",
  gap: "is missing",
  head: "is where the chain says that it ends, and it does not",
  cut: "was sealed and is gone, with everything after it",
  replaced: "is another one than when it was sealed",
  seal_changed: "is not what was written, or does not follow the seal before it",
  seal_gap: "is missing",
  seal_missing: "stands in the file of seals and is gone from the database",
  seal_differs: "is another one in the file of seals",
};

const describe = (finding: AuditFinding): string =>
  "chain" in finding
    ? `chain ${finding.chain}: event ${finding.sequence} ${WORDS[finding.kind]}`
    : `seal ${finding.sequence} ${WORDS[finding.kind]}`;

/**
 * Follows the whole trail: 0 when it is whole, 1 when it is not. Without the file of seals only a tail cut off together with its
 * seals would stay unnoticed, and that is said.
 */
async function main(): Promise<number> {
  const { values } = parseArgs({ options: { seals: { type: "string" } } });
  const file = values.seals ?? sealFile();
  const lines = await readSealLines(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  const report = await verifyTrail(db(), lines ?? []);
  console.log(
    `${report.events} events in 64 chains, ${report.seals} seals, ${report.sealLines} of them in ${file}`,
  );
  if (report.beginnings.size > 0)
    console.log(
      `${report.beginnings.size} chains begin after events that were kept long enough; seals stand for those: ${[...report.beginnings].map(([chain, sequence]) => `chain ${chain} at event ${sequence}`).join(", ")}`,
    );
  if (!lines)
    console.log(
      "There is no file of seals: a tail that was cut off together with its seals cannot be noticed.",
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
