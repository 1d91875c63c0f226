import { describe, expect, it } from "vitest";
import { checksumOf, type LedgerRow, planMigrations } from "./ledger";

const first = { name: "20260101000000_first", script: "CREATE TABLE a ();\nCREATE TABLE b ();\n" };
const second = { name: "20260102000000_second", script: "CREATE TABLE c ();\n" };
const row = (migration: typeof first, more: Partial<LedgerRow> = {}): LedgerRow => ({
  migration_name: migration.name,
  checksum: checksumOf(migration.script),
  finished_at: new Date(),
  rolled_back_at: null,
  ...more,
});

describe("what is to be migrated", () => {
  it("is all of it on an empty database, and nothing on one that has it", () => {
    expect(planMigrations([first, second], [])).toEqual({
      pending: [first, second],
      problems: [],
      unknown: [],
    });
    expect(planMigrations([first, second], [row(first), row(second)]).pending).toEqual([]);
  });

  it("takes a script with other line ends for the same", () => {
    const windows = { ...first, script: first.script.replaceAll("\n", "\r\n") };
    expect(planMigrations([windows], [row(first)])).toMatchObject({ pending: [], problems: [] });
    expect(planMigrations([first], [row(windows)])).toMatchObject({ pending: [], problems: [] });
  });

  it("is nothing when an applied migration was changed, which is named", () => {
    const { problems } = planMigrations([{ ...first, script: "-- else" }, second], [row(first)]);
    expect(problems).toEqual(["20260101000000_first was changed after it had been applied"]);
  });

  it("is nothing when another tool left one half applied, which is named", () => {
    const { problems, pending } = planMigrations([first], [row(first, { finished_at: null })]);
    expect(problems).toEqual([expect.stringContaining("20260101000000_first failed earlier")]);
    expect(pending).toEqual([]);
  });

  it("includes what was rolled back", () => {
    const rolledBack = row(first, { finished_at: null, rolled_back_at: new Date() });
    expect(planMigrations([first], [rolledBack])).toMatchObject({ pending: [first], problems: [] });
  });

  it("tells of migrations that only a newer version knows", () => {
    expect(planMigrations([first], [row(first), row(second)]).unknown).toEqual([second.name]);
  });
});
