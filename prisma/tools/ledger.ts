import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A migration as the repository has it. */
export type Migration = { name: string; script: string };

/** A row of `_prisma_migrations`, the table that Prisma's own tools keep too. */
export type LedgerRow = {
  migration_name: string;
  checksum: string;
  finished_at: Date | null;
  rolled_back_at: Date | null;
};

export type Plan = {
  pending: Migration[];
  /** Applied by a newer version of the portal than this one. */
  unknown: string[];
  /** One line for each reason not to go on. */
  problems: string[];
};

/** Every migration below a directory, in the order of their names, which begin with their time. */
export function readMigrations(directory: string): Migration[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .map((name) => ({ name, script: readFileSync(join(directory, name, "migration.sql"), "utf8") }));
}

/** Prisma's checksum of a script: SHA-256 in hexadecimal. */
export const checksumOf = (script: string): string => createHash("sha256").update(script).digest("hex");

/** Git may have changed the line ends on the way; like Prisma, take either for the same script. */
const checksumsOf = (script: string) => {
  const unix = script.replaceAll("\r\n", "\n");
  return [script, unix, unix.replaceAll("\n", "\r\n")].map(checksumOf);
};

/** Compares what was applied with what there is: which migrations are to come, and why they must not. */
export function planMigrations(migrations: readonly Migration[], rows: readonly LedgerRow[]): Plan {
  const applied = new Map<string, LedgerRow>();
  const problems: string[] = [];
  for (const row of rows) {
    if (row.rolled_back_at) continue;
    if (row.finished_at) applied.set(row.migration_name, row);
    else problems.push(`${row.migration_name} failed earlier, in another tool, and may be half applied`);
  }
  const pending: Migration[] = [];
  for (const migration of migrations) {
    const row = applied.get(migration.name);
    if (row && !checksumsOf(migration.script).includes(row.checksum)) {
      problems.push(`${migration.name} was changed after it had been applied`);
    } else if (!row && !problems.some((problem) => problem.startsWith(migration.name))) {
      pending.push(migration);
    }
  }
  const known = new Set(migrations.map(({ name }) => name));
  return { pending, problems, unknown: [...applied.keys()].filter((name) => !known.has(name)) };
}
