import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { ROOT } from "@/lib/launcher/paths.mjs";
import { readImports } from "./graph";
import { edgesOf, findCycle, isAllowed, roomPath } from "./rules";

const imports = readImports(ROOT);
const forbidden = (list: typeof imports) =>
  list.filter((edge) => !isAllowed(edge)).map(({ from, to }) => `${from} → ${to}`);

/** A house of a few files, to see that a wrong import in it is found. */
function houseOf(files: Record<string, string>): string {
  const root = mkdtempSync(join(tmpdir(), "house-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return root;
}

describe("imports", () => {
  it("point down only", () => {
    expect(imports.length).toBeGreaterThan(500);
    expect(forbidden(imports)).toEqual([]);
  });

  it("go round in no circle, neither between files nor between rooms of lib", () => {
    expect(findCycle(edgesOf(imports))).toBeUndefined();
    const inLib = imports.filter(
      ({ from, to }) => !/\.test\.tsx?$/.test(from) && from.startsWith("lib/") && to.startsWith("lib/"),
    );
    expect(findCycle(edgesOf(inLib, roomPath))).toBeUndefined();
  });
});

describe("the check itself", () => {
  it.each([
    ["a plain import", 'import { a } from "@/lib/visits/data";'],
    ["one for its effect", 'import "@/lib/visits/data";'],
    ["one of a type", 'import type { A } from "@/lib/visits/data";'],
    ["one of a type among values", 'import { type A, b } from "../visits/data";'],
    ["a re-export", 'export * from "@/lib/visits/data";'],
    ["a re-exported type", 'export type { A } from "@/lib/visits/data";'],
    ["a dynamic import", 'export const f = () => import("@/lib/visits/data");'],
    ["a dynamic import from a template", "export const f = () => import(`@/lib/visits/data`);"],
    ["an import inside a type", 'export type A = import("@/lib/visits/data").A;'],
    ["the type of a module", 'export type A = typeof import("../visits/data");'],
    ["a require", 'const { a } = require("../visits/data");'],
  ])("finds %s that points up", (_form, text) => {
    const root = houseOf({ "lib/booking/data.ts": text, "lib/visits/data.ts": "export const a = 1;" });
    expect(forbidden(readImports(root))).toEqual(["lib/booking/data.ts → lib/visits/data.ts"]);
  });

  it("reads views", () => {
    const root = houseOf({
      "components/ui/card.tsx": 'import { b } from "@/components/booking/b";\nexport const c = <p>{b}</p>;',
      "components/booking/b.tsx": 'import { d } from "@/lib/booking/data";\nexport const b = d;',
      "lib/booking/data.ts": "export const d = 1;",
    });
    expect(forbidden(readImports(root))).toEqual([
      "components/booking/b.tsx → lib/booking/data.ts",
      "components/ui/card.tsx → components/booking/b.tsx",
    ]);
  });

  it.each([
    ["lib/visits/data.ts", "lib/trueconf/sandbox/app.ts"],
    ["app/page.tsx", "lib/trueconf/sandbox/start.ts"],
    ["lib/trueconf/client.ts", "lib/trueconf/sandbox/state.ts"],
    ["lib/core/result.ts", "lib/time/instant.ts"],
    ["lib/mail/transport.ts", "lib/notifications/data.ts"],
    ["lib/audit/mutations.ts", "lib/auth/data.ts"],
    ["lib/booking/data.ts", "components/ui/card.tsx"],
    ["lib/booking/data.ts", "tests/support/env.ts"],
    ["components/booking/form.tsx", "lib/db/client.ts"],
    ["components/booking/form.tsx", "components/visit/call-view.tsx"],
    ["lib/launcher/commands/portal.mjs", "lib/core/env.ts"],
    ["app/page.tsx", "tests/support/factories.ts"],
  ])("refuses %s → %s", (from, to) => {
    expect(isAllowed({ from, to })).toBe(false);
  });

  it("finds a circle", () => {
    const root = houseOf({
      "lib/core/a.ts": 'import type { B } from "./b";\nexport type A = B;',
      "lib/core/b.ts": 'import type { C } from "./c";\nexport type B = C;',
      "lib/core/c.ts": 'import type { A } from "./a";\nexport type C = A;',
    });
    expect(findCycle(edgesOf(readImports(root)))).toEqual([
      "lib/core/a.ts",
      "lib/core/b.ts",
      "lib/core/c.ts",
      "lib/core/a.ts",
    ]);
  });
});
