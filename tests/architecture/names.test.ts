import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inRoot, ROOT } from "@/lib/launcher/paths.mjs";
import { allFiles } from "./graph";

/** What a newcomer may expect behind a file's name, in every capability. */
const VOCABULARY = [
  ...[
    "schema",
    "types",
    "rules",
    "data",
    "loaders",
    "mutations",
    "actions",
    "ability",
    "jobs",
    "constants",
    "format",
  ],
];
/** May become folders, with one file for each verb or subject. */
const FOLDERS = ["mutations", "rules"];
const FREE_ROOMS = [
  "trueconf",
  "calendar",
  "mail",
  "jobs",
  "events",
  "db",
  "time",
  "i18n",
  "security",
  "core",
  "launcher",
];
const CAPABILITIES = [
  "admin",
  "visits",
  "messaging",
  "booking",
  "availability",
  "directory",
  "auth",
  "access",
  "notifications",
  "audit",
];
/** Belong to one room alone: who somebody is, and what every action goes through. May only become fewer. */
const OWN_NAMES: Readonly<Record<string, RegExp>> = {
  auth: /^(options|pipeline|session-cookie)\.ts$/,
  notifications: /^templates\/[a-z-]+\.tsx?$/,
};

const TOP_LEVEL = ["app", "components", "lib", "prisma", "public", "tests", "docs"];
const ROOT_FILES = [
  ...["package.json", "package-lock.json", "tsconfig.json", "next.config.ts", "proxy.ts", "worker.ts"],
  ...["README.md", "CONTRIBUTING.md", "LICENSE", ".env.example", ".gitignore", ".npmrc", ".gitattributes"],
  ...["biome.json", "vitest.config.ts", "playwright.config.ts", "postcss.config.mjs", "prisma.config.ts"],
];
const UNTRACKED =
  /^(node_modules|data|next-env\.d\.ts|.*\.tsbuildinfo|\.(git|ci|next|cache|env|env\.local))$/;

const KEBAB = /^[a-z0-9]+(-[a-z0-9]+)*$/;
/** Names that Next.js gives a meaning to: groups, parameters, catch-alls; and addresses that end like a file's. */
const ROUTE_SEGMENT = /^(\([a-z-]+\)|\[{1,2}(\.\.\.)?[a-zA-Z]+\]{1,2}|_[a-z-]+|[a-z-]+\.ics)$/;

const files = allFiles(ROOT);
const stemOf = (name: string) => name.replace(/(\.(test|spec|bench|fixture|d))?\.[a-z]+$/, "");

function isKnownName(capability: string, rest: string): boolean {
  if (OWN_NAMES[capability]?.test(rest.replace(/\.test\./, "."))) return true;
  const [first = "", ...more] = rest.split("/");
  if (more.length > 0) return FOLDERS.includes(first) && more.length === 1;
  return VOCABULARY.includes(stemOf(first)) || FOLDERS.includes(stemOf(first));
}

describe("names", () => {
  it("of files in a capability come from one closed list", () => {
    const strange = files.filter((path) => {
      const [top, room = "", ...rest] = path.split("/");
      return top === "lib" && CAPABILITIES.includes(room) && !isKnownName(room, rest.join("/"));
    });
    expect(strange).toEqual([]);
  });

  it("of rooms in lib are known", () => {
    const rooms = [
      ...new Set(files.filter((path) => path.startsWith("lib/")).map((path) => path.split("/")[1])),
    ];
    expect(rooms.filter((room) => ![...CAPABILITIES, ...FREE_ROOMS].includes(room ?? ""))).toEqual([]);
  });

  it("at the top are known", () => {
    const entries = readdirSync(inRoot(), { withFileTypes: true }).filter(
      ({ name }) => !UNTRACKED.test(name),
    );
    const known = (entry: (typeof entries)[number]) =>
      (entry.isDirectory() ? TOP_LEVEL : ROOT_FILES).includes(entry.name);
    expect(entries.filter((entry) => !known(entry)).map(({ name }) => name)).toEqual([]);
  });

  it("are small letters with hyphens everywhere", () => {
    const strange = files
      .filter((path) => !path.startsWith("prisma/migrations/"))
      .filter((path) =>
        path.split("/").some((part, index, all) => {
          const stem = index === all.length - 1 ? stemOf(part) : part;
          return !KEBAB.test(stem) && !(path.startsWith("app/") && ROUTE_SEGMENT.test(stem));
        }),
      );
    expect(strange).toEqual([]);
  });

  it("lead to no barrel", () => {
    expect(files.filter((path) => /\/index\.(ts|tsx|mjs)$/.test(path))).toEqual([]);
  });
});
