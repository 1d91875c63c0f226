import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { beforeEach, describe, expect, inject, it, onTestFinished } from "vitest";
import { applyMigrations, prepareDatabase } from "@/prisma/migrate";
import { createTestDatabase, type TestDatabase } from "@/tests/support/database";

let database: TestDatabase;
let dir: string;

async function rowsOf(url: string, sql: string): Promise<pg.QueryResultRow[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

const write = (name: string, script: string) => {
  mkdirSync(join(dir, name), { recursive: true });
  writeFileSync(join(dir, name, "migration.sql"), script);
};
const migrate = () => applyMigrations(database.DATABASE_OWNER_URL, { dir });
const ledger = () =>
  rowsOf(database.DATABASE_OWNER_URL, "SELECT * FROM _prisma_migrations ORDER BY migration_name");

beforeEach(async () => {
  database = await createTestDatabase({ ...inject("server"), template: "template1" });
  dir = mkdtempSync(join(tmpdir(), "migrations-"));
  writeFileSync(join(dir, "migration_lock.toml"), 'provider = "postgresql"\n');
  onTestFinished(async () => {
    await database.drop();
    rmSync(dir, { recursive: true });
  });
});

describe("migrations", () => {
  it("are applied in order and kept in Prisma's own book", async () => {
    write("20260102000000_b", "INSERT INTO a VALUES (2);");
    write("20260101000000_a", "CREATE TABLE a (n int); INSERT INTO a VALUES (1);");
    expect(await migrate()).toEqual(["20260101000000_a", "20260102000000_b"]);
    expect(await migrate()).toEqual([]);
    write("20260103000000_c", "INSERT INTO a VALUES (3);");
    expect(await migrate()).toEqual(["20260103000000_c"]);
    expect(await rowsOf(database.DATABASE_OWNER_URL, "SELECT n FROM a")).toEqual([
      { n: 1 },
      { n: 2 },
      { n: 3 },
    ]);
    for (const row of await ledger()) {
      expect(row).toMatchObject({
        applied_steps_count: 1,
        rolled_back_at: null,
        checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      expect(row.finished_at).toBeInstanceOf(Date);
    }
  });

  it("applied by several processes at once are applied once", async () => {
    write("20260101000000_a", "CREATE TABLE a (n int); SELECT pg_sleep(0.3);");
    const applied = await Promise.all([migrate(), migrate(), migrate()]);
    expect(applied.flat()).toEqual(["20260101000000_a"]);
  });

  it("that fail leave nothing behind, are named with their line, and can be mended", async () => {
    write(
      "20260101000000_a",
      "CREATE TABLE a (n int);\nCREATE TABLE b (n int);\nINSERT INTO nowhere VALUES (1);\n",
    );
    await expect(migrate()).rejects.toThrow(/20260101000000_a failed.*: .*nowhere/);
    expect(await rowsOf(database.DATABASE_OWNER_URL, "SELECT to_regclass('a') AS a")).toEqual([{ a: null }]);
    expect(await ledger()).toEqual([]);
    write("20260101000000_a", "CREATE TABLE a (n int);");
    expect(await migrate()).toEqual(["20260101000000_a"]);
  });

  it("that were changed afterwards stop everything, by name", async () => {
    write("20260101000000_a", "CREATE TABLE a (n int);");
    await migrate();
    write("20260101000000_a", "CREATE TABLE a (n bigint);");
    write("20260102000000_b", "CREATE TABLE b (n int);");
    await expect(migrate()).rejects.toThrow("20260101000000_a was changed after it had been applied");
    expect(await ledger()).toHaveLength(1);
  });

  it("that end their own transaction are refused", async () => {
    write("20260101000000_a", "CREATE TABLE a (n int); COMMIT; BEGIN;");
    await expect(migrate()).rejects.toThrow(/20260101000000_a failed: it ends the transaction/);
  });
});

describe("the portal's own database", () => {
  const asApplication = (sql: string) => rowsOf(database.DATABASE_URL, sql);

  it("gives the application what it needs, and the audit trail to add to only", async () => {
    await prepareDatabase(database);
    await prepareDatabase(database);
    await asApplication(
      "INSERT INTO setting VALUES ('a', '1', now()); UPDATE setting SET value = '2'; DELETE FROM setting",
    );
    await asApplication("SELECT migration_name FROM _prisma_migrations; SELECT * FROM pgboss.queue");
    await asApplication("SELECT * FROM audit_event");
    for (const sql of [
      "UPDATE audit_event SET action = 'else'",
      "DELETE FROM audit_event",
      "TRUNCATE audit_event",
      "DROP TABLE setting",
      "CREATE TABLE mine ()",
      "DELETE FROM _prisma_migrations",
      "ALTER TABLE audit_event DISABLE TRIGGER ALL",
    ]) {
      await expect(asApplication(sql), sql).rejects.toMatchObject({ code: "42501" });
    }
  });

  it("refuses an application that is the owner", async () => {
    const { DATABASE_OWNER_URL } = database;
    await expect(prepareDatabase({ DATABASE_OWNER_URL, DATABASE_URL: DATABASE_OWNER_URL })).rejects.toThrow(
      /portal_owner, could change public\.audit_event/,
    );
  });
});
