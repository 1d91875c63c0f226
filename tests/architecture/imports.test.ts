import { describe, expect, it } from "vitest";
import { ROOT } from "@/lib/launcher/paths.mjs";
import { edgesOf, findCycle, roomPath } from "./cycles";
import { allFiles, isTest, readSources } from "./files";
import { importsIn, resolveImports } from "./graph";
import {
  foreignPackages,
  isAllowed,
  misspeltImports,
  unreadableImports,
  upwardImports,
} from "./import-rules";

const paths = allFiles(ROOT);
const written = importsIn(readSources(ROOT, paths));
const imports = resolveImports(written, paths);

/** What a made-up house imports. */
function houseOf(files: Record<string, string>) {
  const sources = Object.entries(files).map(([path, text]) => ({ path, text }));
  const found = importsIn(sources);
  return { written: found, imports: resolveImports(found, Object.keys(files)) };
}

describe("imports", () => {
  it("point down only", () => {
    expect(imports.length).toBeGreaterThan(500);
    expect(upwardImports(imports)).toEqual([]);
  });

  it("go round in no circle, neither between files nor between rooms of lib", () => {
    expect(findCycle(edgesOf(imports))).toBeUndefined();
    const inLib = imports.filter(
      ({ from, to }) => !isTest(from) && from.startsWith("lib/") && to.startsWith("lib/"),
    );
    expect(findCycle(edgesOf(inLib, roomPath))).toBeUndefined();
  });

  it("can be read without running anything", () => {
    expect(unreadableImports(written)).toEqual([]);
  });

  it("are relative inside a room, and by the alias between rooms", () => {
    expect(misspeltImports(written, roomPath)).toEqual([]);
  });

  it("bring no package of the server's into a view, and none into the launcher", () => {
    expect(foreignPackages(written)).toEqual([]);
  });
});

describe("the check of directions", () => {
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
    ["an import by assignment", 'import a = require("../visits/data");'],
  ])("finds %s that points up", (_form, text) => {
    const house = houseOf({ "lib/booking/data.ts": text, "lib/visits/data.ts": "export const a = 1;" });
    expect(upwardImports(house.imports)).toEqual([
      "lib/booking/data.ts → lib/visits/data.ts: imports point down only",
    ]);
  });

  it("reads views", () => {
    const house = houseOf({
      "components/ui/card.tsx": 'import { b } from "@/components/booking/b";\nexport const c = <p>{b}</p>;',
      "components/booking/b.tsx": 'import { d } from "@/lib/booking/data";\nexport const b = d;',
      "lib/booking/data.ts": "export const d = 1;",
    });
    expect(upwardImports(house.imports)).toEqual([
      "components/ui/card.tsx → components/booking/b.tsx: imports point down only",
      "components/booking/b.tsx → lib/booking/data.ts: imports point down only",
    ]);
  });

  it("lets a view know types of lib/time, and nothing that brings Temporal to a browser", () => {
    const time = { "lib/time/format.ts": "export const a = 1;" };
    const ofTypes = { "components/visit/a.ts": 'import { type A } from "@/lib/time/format";', ...time };
    const ofValues = { "components/visit/a.ts": 'import { type A, a } from "@/lib/time/format";', ...time };
    expect(upwardImports(houseOf(ofTypes).imports)).toEqual([]);
    expect(upwardImports(houseOf(ofValues).imports)).toHaveLength(1);
  });

  it.each([
    ["lib/visits/data.ts", "lib/trueconf/sandbox/app.ts"],
    ["app/page.tsx", "lib/trueconf/sandbox/start.ts"],
    ["lib/trueconf/client.ts", "lib/trueconf/sandbox/state.ts"],
    ["worker.ts", "lib/mail/mailbox/start.ts"],
    ["lib/core/result.ts", "lib/time/instant.ts"],
    ["lib/db/client.ts", "lib/jobs/send.ts"],
    ["lib/mail/transport.ts", "lib/notifications/data.ts"],
    ["lib/jobs/work.ts", "lib/mail/sender.ts"],
    ["lib/events/listen.ts", "lib/jobs/send.ts"],
    ["lib/audit/mutations.ts", "lib/auth/data.ts"],
    ["lib/audit/mutations.ts", "lib/notifications/data.ts"],
    ["lib/access/rules.ts", "lib/auth/data.ts"],
    ["lib/booking/data.ts", "components/ui/card.tsx"],
    ["lib/booking/data.ts", "app/query.ts"],
    ["lib/booking/data.ts", "prisma/seed/seed.ts"],
    ["lib/booking/data.ts", "tests/support/env.ts"],
    ["components/booking/form.tsx", "lib/db/client.ts"],
    ["components/booking/form.tsx", "lib/core/env.ts"],
    ["components/booking/form.tsx", "lib/booking/rules/calendar.ts"],
    ["components/booking/form.tsx", "lib/trueconf/types.ts"],
    ["components/booking/form.tsx", "components/visit/call-view.tsx"],
    ["components/layout/brand.tsx", "components/booking/form.tsx"],
    ["components/ui/card.tsx", "lib/booking/types.ts"],
    ["components/ui/card.tsx", "components/layout/brand.tsx"],
    ["proxy.ts", "lib/auth/loaders.ts"],
    ["proxy.ts", "lib/audit/data.ts"],
    ["lib/launcher/commands/portal.mjs", "lib/core/env.ts"],
    ["app/page.tsx", "tests/support/factories.ts"],
    ["app/page.tsx", "prisma/seed/seed.ts"],
  ])("refuses %s → %s", (from, to) => {
    expect(isAllowed({ from, to, forTypes: false })).toBe(false);
  });

  it.each([
    ["app/page.tsx", "lib/booking/loaders.ts"],
    ["components/booking/form.tsx", "lib/visits/actions.ts"],
    ["components/booking/form.tsx", "lib/core/form.ts"],
    ["components/booking/form.tsx", "components/layout/brand.tsx"],
    ["lib/visits/mutations/start.ts", "lib/booking/data.ts"],
    ["lib/visits/mutations/start.ts", "lib/trueconf/client.ts"],
    ["lib/notifications/jobs.ts", "lib/mail/sender.ts"],
    ["lib/jobs/work.ts", "lib/events/listen.ts"],
    ["lib/notifications/jobs.ts", "lib/audit/mutations.ts"],
    ["proxy.ts", "lib/audit/mutations.ts"],
    ["lib/booking/data.test.ts", "tests/support/env.ts"],
    ["tests/integration/a.test.ts", "lib/trueconf/sandbox/start.ts"],
  ])("lets %s → %s pass", (from, to) => {
    expect(isAllowed({ from, to, forTypes: false })).toBe(true);
  });

  it("stops at an import of nothing", () => {
    expect(() => houseOf({ "lib/core/a.ts": 'import "./b";' })).toThrow(
      "lib/core/a.ts imports ./b, which does not exist",
    );
  });
});

describe("the other checks of imports", () => {
  it("find a circle, of types too", () => {
    const house = houseOf({
      "lib/core/a.ts": 'import type { B } from "./b";\nexport type A = B;',
      "lib/core/b.ts": 'import type { C } from "./c";\nexport type B = C;',
      "lib/core/c.ts": 'import type { A } from "./a";\nexport type C = A;',
    });
    expect(findCycle(edgesOf(house.imports))).toEqual([
      "lib/core/a.ts",
      "lib/core/b.ts",
      "lib/core/c.ts",
      "lib/core/a.ts",
    ]);
  });

  it("find a circle of rooms whose files have none", () => {
    const house = houseOf({
      "lib/time/a.ts": 'import "@/lib/i18n/b";',
      "lib/time/c.ts": "export const c = 1;",
      "lib/i18n/b.ts": "export const b = 1;",
      "lib/i18n/d.ts": 'import "@/lib/time/c";',
    });
    expect(findCycle(edgesOf(house.imports))).toBeUndefined();
    expect(findCycle(edgesOf(house.imports, roomPath))).toEqual(["lib/time", "lib/i18n", "lib/time"]);
  });

  it.each([
    ["import(name)", 1],
    ["import(`@/lib/$HOLE/data`)", 1],
    ["import(`./$HOLE`)", 1],
    ["import(`./words/../../$HOLE`)", 1],
    ["createRequire(import.meta.url)", 1],
    ["import(`./words/$HOLE.json`)", 0],
    ['import("./words/en.json")', 0],
  ])("count what nobody can follow in %s: %i", (form, count) => {
    const text = `\n${form.replace("$HOLE", `\${name}`)};`;
    const found = unreadableImports(importsIn([{ path: "lib/booking/data.ts", text }]));
    expect(found).toEqual(Array(count).fill("lib/booking/data.ts:2: imports what only a run could tell"));
  });

  it.each([
    ["lib/booking/data.ts", "../visits/data", 1],
    ["lib/booking/rules/slots.ts", "../types", 0],
    ["lib/booking/data.ts", "@/lib/booking/types", 1],
    ["lib/booking/data.ts", "@/lib/access/types", 0],
    ["components/ui/card.tsx", "../visit/call-view", 1],
    ["worker.ts", "./lib/booking/jobs", 0],
  ])("from %s count %s as misspelt: %i", (from, specifier, count) => {
    const found = misspeltImports([{ from, line: 1, specifier, forTypes: false }], roomPath);
    expect(found).toHaveLength(count);
  });

  it.each([
    ["components/booking/form.tsx", "temporal-polyfill", 1],
    ["components/booking/form.tsx", "node:fs", 1],
    ["components/booking/form.tsx", "react", 0],
    ["components/ui/tokens.test.ts", "node:fs", 0],
    ["lib/launcher/start.mjs", "zod", 1],
    ["lib/launcher/start.mjs", "node:fs", 0],
    ["lib/db/client.ts", "pg", 0],
  ])("from %s count %s as foreign: %i", (from, specifier, count) => {
    const found = foreignPackages([{ from, line: 1, specifier, forTypes: false }]);
    expect(found).toHaveLength(count);
  });
});
