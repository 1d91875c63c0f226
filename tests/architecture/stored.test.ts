import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inRoot, ROOT } from "@/lib/launcher/paths.mjs";
import { allFiles } from "./files";

const read = (path: string) => readFileSync(inRoot(path), "utf8");

describe("docs/privacy.md", () => {
  it("names every table, so that whoever adds one says what it is for and for how long", () => {
    const schemas = allFiles(ROOT).filter((path) => /^prisma\/schema\/.*\.prisma$/.test(path));
    const tables = schemas
      .flatMap((path) => [...read(path).matchAll(/@@map\("(\w+)"\)/g)])
      .map(([, name]) => name);
    expect(tables.length).toBeGreaterThan(50);
    const text = read("docs/privacy.md");
    expect(tables.filter((table) => !text.includes(`\`${table}\``))).toEqual([]);
  });
});
