import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { anyFreePort } from "../ports.mjs";
import { isLocked, takeLock } from "./lock.mjs";

function directory(): string {
  const path = mkdtempSync(join(tmpdir(), "portal-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

describe("the lock of a data directory", () => {
  it("is one launcher's until it is released", async () => {
    const dataDir = directory();
    const lock = await takeLock(dataDir);
    expect(await isLocked(dataDir)).toBe(true);
    expect(await takeLock(dataDir)).toBeUndefined();
    lock?.release();
    expect(await isLocked(dataDir)).toBe(false);
    (await takeLock(dataDir))?.release();
  });

  it("goes to one of several that come at once", async () => {
    const dataDir = directory();
    const locks = await Promise.all(Array.from({ length: 5 }, () => takeLock(dataDir)));
    expect(locks.filter(Boolean)).toHaveLength(1);
    for (const lock of locks) lock?.release();
  });

  it("of a launcher that was killed stands in nobody's way, even where its port is another program's", async () => {
    const dataDir = directory();
    for (const content of [
      "",
      "{",
      JSON.stringify({ pid: process.pid, port: await anyFreePort(), word: "gone" }),
    ]) {
      writeFileSync(join(dataDir, "launcher.lock"), content);
      const lock = await takeLock(dataDir);
      expect(lock).toBeDefined();
      lock?.release();
    }
    const other = await takeLock(directory());
    const lock = await takeLock(dataDir);
    expect(lock).toBeDefined();
    lock?.release();
    other?.release();
  });
});
