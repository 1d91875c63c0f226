import { existsSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { openLog } from "./log.mjs";

it("a log is put aside when it grows too long, and its end is remembered", () => {
  const directory = mkdtempSync(join(tmpdir(), "portal-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const log = openLog(join(directory, "logs", "worker.log"));
  const line = "x".repeat(1024 * 1024);
  for (let count = 0; count < 10; count += 1) log.write(line);
  expect(existsSync(`${log.file}.1`)).toBe(false);
  log.write("the last but one");
  log.write("the last");
  expect(existsSync(`${log.file}.1`)).toBe(true);
  expect(statSync(log.file).size).toBeLessThan(100);
  expect(statSync(log.file).mode & 0o777).toBe(0o600);
  expect(log.tail(2)).toBe("the last but one\nthe last");
});
