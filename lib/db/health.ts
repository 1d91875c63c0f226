import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { db } from "./client";

const MIGRATIONS = join(process.cwd(), "prisma", "migrations");

/** Whether the database answers and holds every migration that this release came with. */
export async function databaseHealth(): Promise<"ok" | "unreachable" | "migrations_missing"> {
  try {
    const applied = await db().$queryRaw<{ migration_name: string }[]>`
      SELECT "migration_name" FROM "_prisma_migrations" WHERE "finished_at" IS NOT NULL AND "rolled_back_at" IS NULL`;
    const names = new Set(applied.map((row) => row.migration_name));
    const entries = await readdir(MIGRATIONS, { withFileTypes: true });
    return entries.every((entry) => !entry.isDirectory() || names.has(entry.name))
      ? "ok"
      : "migrations_missing";
  } catch {
    return "unreachable";
  }
}
