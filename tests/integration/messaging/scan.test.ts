import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { scanBytes, scanningOf } from "@/lib/files/scan";
import { sweepFiles } from "@/lib/messaging/mutations/sweep";
import { minuteNow } from "../booking/clinic";
import { BAD, BREAKS, HANGS, makeScanner } from "./scanner";

const scanner = makeScanner();
const DATA_DIR = mkdtempSync(join(tmpdir(), "portal-"));
Object.assign(process.env, { SCAN_COMMAND: scanner.command, DATA_DIR });
afterAll(() => {
  scanner.remove();
  rmSync(DATA_DIR, { recursive: true });
});

const copies = () => readdirSync(join(DATA_DIR, "scanning"));
const isAlive = (pid: number) => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

it.each([
  ["nothing of note", "clean"],
  [BAD, "refused"],
  [BREAKS, "unclear"],
])("%s: %s, and the copy is gone", async (text, verdict) => {
  expect(await scanBytes(Buffer.from(text))).toBe(verdict);
  const sight = scanner.sights().at(-1);
  expect(sight).toMatchObject({ text, mode: "600" });
  expect(sight?.path.startsWith(join(DATA_DIR, "scanning"))).toBe(true);
  expect(existsSync(sight?.path ?? "")).toBe(false);
  expect(copies()).toEqual([]);
  // Nothing of what the portal knows is told to it.
  expect(sight?.names.filter((name) => /SECRET|KEY|URL/.test(name))).toEqual([]);
});

it("ends one that says nothing, with what it has started", async () => {
  const scanning = scanBytes(Buffer.from(HANGS), 5_000);
  expect(await scanning).toBe("unclear");
  const { child } = scanner.sights().at(-1) ?? {};
  expect(child).toEqual(expect.any(Number));
  await expect.poll(() => isAlive(child ?? 0), { timeout: 20_000 }).toBe(false);
  expect(copies()).toEqual([]);
});

it("the sweep removes a copy that a killed process has left, and no fresh one", async () => {
  const now = minuteNow();
  for (const name of ["copy-old", "copy-new"]) {
    mkdirSync(join(DATA_DIR, "scanning", name), { recursive: true });
    writeFileSync(join(DATA_DIR, "scanning", name, "file"), "left");
  }
  const hourAgo = now.subtract({ hours: 1 }).epochMilliseconds / 1000;
  utimesSync(join(DATA_DIR, "scanning", "copy-old"), hourAgo, hourAgo);
  await sweepFiles(now);
  expect(copies()).toEqual(["copy-new"]);
});

it.each([
  [["scan"], "production", "command"],
  [["scan"], "demonstration", "command"],
  [undefined, "demonstration", "pass"],
  [undefined, "production", "off"],
] as const)("%j in %s: %s", (SCAN_COMMAND, PORTAL_MODE, expected) => {
  const command = SCAN_COMMAND && [...SCAN_COMMAND];
  expect(scanningOf({ SCAN_COMMAND: command, PORTAL_MODE })).toBe(expected);
});
