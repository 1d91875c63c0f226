import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it, onTestFinished } from "vitest";
import { inRoot } from "../paths.mjs";
import { fingerprint } from "./fingerprint.mjs";

const PLACE = `.cache/fingerprint-${process.pid}`;
const write = (name: string, text: string) => writeFileSync(join(inRoot(PLACE), name), text);

describe("a fingerprint", () => {
  beforeEach(() => {
    mkdirSync(inRoot(PLACE, "inner"), { recursive: true });
    onTestFinished(() => rmSync(inRoot(PLACE), { recursive: true }));
    write("a.ts", "one");
    write("inner/b.ts", "two");
  });

  it("stays the same as long as nothing changes, missing paths included", () => {
    expect(fingerprint([PLACE])).toBe(fingerprint([PLACE, `${PLACE}/missing`]));
  });

  it.each([
    ["a file changes", () => write("inner/b.ts", "too")],
    ["a file comes", () => write("c.ts", "")],
    ["a file goes", () => rmSync(inRoot(PLACE, "a.ts"))],
    ["a file gets another name", () => renameSync(inRoot(PLACE, "a.ts"), inRoot(PLACE, "c.ts"))],
  ])("is another one when %s", (_what, change) => {
    const before = fingerprint([PLACE]);
    change();
    expect(fingerprint([PLACE])).not.toBe(before);
  });

  it("knows what does not count, and what else does", () => {
    const before = fingerprint([PLACE], { without: /b\.ts$/ });
    write("inner/b.ts", "too");
    expect(fingerprint([PLACE], { without: /b\.ts$/ })).toBe(before);
    expect(fingerprint([PLACE], { without: /b\.ts$/, and: "more" })).not.toBe(before);
  });
});
