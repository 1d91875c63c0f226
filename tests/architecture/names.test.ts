import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inRoot, ROOT } from "@/lib/launcher/paths.mjs";
import { allFiles } from "./files";
import { strangeNames } from "./names";

const TOP_LEVEL = ["app", "components", "lib", "prisma", "public", "tests", "docs"];
const ROOT_FILES = [
  ...["package.json", "package-lock.json", "tsconfig.json", "next.config.ts", "proxy.ts", "worker.ts"],
  "instrumentation.ts",
  ...[
    "README.md",
    "SECURITY.md",
    "CONTRIBUTING.md",
    "LICENSE",
    ".env.example",
    ".gitignore",
    ".npmrc",
    ".gitattributes",
  ],
  ...["biome.json", "vitest.config.ts", "playwright.config.ts", "postcss.config.mjs", "prisma.config.ts"],
];
const UNTRACKED =
  /^(node_modules|data|next-env\.d\.ts|.*\.tsbuildinfo|\.(git|ci|next|cache|env|env\.local))$/;

describe("names", () => {
  it("of files and rooms are the known ones", () => {
    expect(strangeNames(allFiles(ROOT))).toEqual([]);
  });

  it("at the top are known", () => {
    const entries = readdirSync(inRoot(), { withFileTypes: true }).filter(
      ({ name }) => !UNTRACKED.test(name),
    );
    const known = (entry: (typeof entries)[number]) =>
      (entry.isDirectory() ? TOP_LEVEL : ROOT_FILES).includes(entry.name);
    expect(entries.filter((entry) => !known(entry)).map(({ name }) => name)).toEqual([]);
  });

  it.each([
    ["lib/booking/utils.ts", "not a file name of a capability"],
    ["lib/booking/helpers/a.ts", "not a file name of a capability"],
    ["lib/booking/rules/deep/a.ts", "not a file name of a capability"],
    ["lib/booking/rules.json", "not a file name of a capability"],
    ["lib/booking/pipeline.ts", "not a file name of a capability"],
    ["lib/audit/templates/a.ts", "not a file name of a capability"],
    ["lib/utils/strings.ts", "no such room in lib"],
    ["lib/utils.ts", "no such room in lib"],
    ["lib/core/index.ts", "an index is a barrel"],
    ["components/ui/index.tsx", "an index is a barrel"],
    ["components/ui/Card.tsx", "names are small letters with hyphens"],
    ["lib/time/zone_choices.ts", "names are small letters with hyphens"],
    ["components/[id]/card.tsx", "names are small letters with hyphens"],
  ])("such as %s are found", (path, complaint) => {
    expect(strangeNames([path])).toEqual([`${path}: ${complaint}`]);
  });

  it("that are right are left alone", () => {
    const right = [
      "lib/booking/rules/slots.test.ts",
      "lib/visits/mutations/join.ts",
      "lib/auth/pipeline.ts",
      "lib/notifications/templates/invitation.ts",
      "lib/i18n/next-intl.d.ts",
      "app/(admin)/admin/[practitionerId]/page.tsx",
      "app/v/[token]/calendar.ics/route.ts",
      "app/api/auth/[...nextauth]/route.ts",
    ];
    expect(strangeNames(right)).toEqual([]);
  });
});
