import { realpathSync } from "node:fs";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { createQueues } from "@/lib/jobs/schema";
import { grantApplicationRole, roleOf } from "./tools/grants";
import { checksumOf, type LedgerRow, type Migration, planMigrations, readMigrations } from "./tools/ledger";

/** The same advisory lock as Prisma's own tools take, so that they and we exclude each other. */
const LOCK = 72_707_369;

const LEDGER_TABLE = `
  CREATE TABLE IF NOT EXISTS public._prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;

type Log = (line: string) => void;

/** Migrations that cannot be applied; the message names each and says why. Nothing of a failed one remains. */
export class MigrationError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "MigrationError";
  }
}

export const MIGRATIONS_DIRECTORY = fileURLToPath(new URL("./migrations", import.meta.url));

/** Runs `body` on a connection that holds the migrations' lock. */
async function locked<T>(ownerUrl: string, log: Log, body: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 10_000 });
  // A connection that breaks rejects the query at work; without a listener it would end the process besides.
  client.on("error", () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ taken: boolean }>("SELECT pg_try_advisory_lock($1) AS taken", [
      LOCK,
    ]);
    if (!rows[0]?.taken) {
      log("waiting for another process that applies migrations");
      await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    }
    return await body(client);
  } finally {
    await client.end();
  }
}

const lineOf = (script: string, position: string | undefined) =>
  position ? ` (line ${script.slice(0, Number(position)).split("\n").length})` : "";

/** One migration and its row in one transaction: both are there afterwards, or neither. */
async function applyOne(client: pg.Client, { name, script }: Migration): Promise<void> {
  await client.query("BEGIN");
  try {
    const { rows: before } = await client.query<{ id: string }>("SELECT pg_current_xact_id()::text AS id");
    await client.query(script);
    const { rows: after } = await client.query<{ id: string }>("SELECT pg_current_xact_id()::text AS id");
    if (before[0]?.id !== after[0]?.id) {
      throw new Error("it ends the transaction it runs in, so that a part of it is applied; repair by hand");
    }
    await client.query(
      `INSERT INTO public._prisma_migrations (id, checksum, migration_name, started_at, finished_at, applied_steps_count)
       VALUES (gen_random_uuid(), $1, $2, now(), clock_timestamp(), 1)`,
      [checksumOf(script), name],
    );
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK");
    const { message, position } = error as pg.DatabaseError;
    throw new MigrationError(`Migration ${name} failed${lineOf(script, position)}: ${message}`, {
      cause: error,
    });
  }
}

async function applyPending(client: pg.Client, directory: string, log: Log): Promise<string[]> {
  await client.query("SET search_path TO public");
  await client.query("SET client_min_messages TO warning");
  await client.query(LEDGER_TABLE);
  const { rows } = await client.query<LedgerRow>(
    "SELECT migration_name, checksum, finished_at, rolled_back_at FROM public._prisma_migrations",
  );
  const { pending, problems, unknown } = planMigrations(readMigrations(directory), rows);
  if (problems.length > 0) {
    throw new MigrationError(
      `The migrations cannot go on:\n${problems.map((line) => `  ${line}`).join("\n")}`,
    );
  }
  for (const name of unknown) log(`the database has ${name}, which this version does not know`);
  for (const migration of pending) {
    await applyOne(client, migration);
    log(`applied ${migration.name}`);
  }
  return pending.map(({ name }) => name);
}

type Options = { dir?: string; log?: Log };

/**
 * Applies the migrations that are missing, in order and each in a transaction of its own. Processes that do so at the same time wait for
 * each other.
 *
 * @param ownerUrl the owning role's connection string
 * @returns the names of those applied now
 * @throws {MigrationError} when one fails, was changed after it had been applied, or was left half applied by another tool
 */
export async function applyMigrations(
  ownerUrl: string,
  { dir = MIGRATIONS_DIRECTORY, log = () => undefined }: Options = {},
): Promise<string[]> {
  return locked(ownerUrl, log, (client) => applyPending(client, dir, log));
}

/**
 * Everything that the owning role does before the portal starts: migrations, the jobs' queues, and what the application's role may do
 * with both.
 *
 * @param urls the two roles' connection strings
 * @throws {MigrationError} as {@link applyMigrations}
 */
export async function prepareDatabase(
  urls: { DATABASE_OWNER_URL: string; DATABASE_URL: string },
  log: Log = () => undefined,
): Promise<void> {
  await locked(urls.DATABASE_OWNER_URL, log, async (client) => {
    await applyPending(client, MIGRATIONS_DIRECTORY, log);
    await createQueues(urls.DATABASE_OWNER_URL);
    await grantApplicationRole(client, roleOf(urls.DATABASE_URL));
  });
}

async function main(): Promise<void> {
  const { DATABASE_URL, DATABASE_OWNER_URL } = process.env;
  if (!DATABASE_URL || !DATABASE_OWNER_URL) {
    throw new MigrationError("DATABASE_URL and DATABASE_OWNER_URL must both be set.");
  }
  await prepareDatabase({ DATABASE_URL, DATABASE_OWNER_URL }, (line) => console.log(line));
}

const isProgram = process.argv[1] && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url);
if (isProgram) {
  await main().catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
  });
}
