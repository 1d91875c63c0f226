import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { ENV_NAMES } from "@/lib/core/env";
import { inRoot, ROOT } from "@/lib/launcher/paths.mjs";
import { readSources, type SourceFile } from "./graph";

const sources = readSources(ROOT);
const house = sources.filter(({ path }) => !path.startsWith("tests/architecture/"));

/** `path:line` of every line that matches. */
const linesOf = (files: readonly SourceFile[], pattern: RegExp) =>
  files.flatMap(({ path, text }) =>
    text
      .split("\n")
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1} ${line.trim()}`] : [])),
  );

/** The environment is parsed once; only programs and tests, which make environments for others, read it raw. */
const MAY_READ_ENVIRONMENT =
  /^(lib\/core\/env\.ts|lib\/trueconf\/sandbox\/entry\.ts|lib\/launcher\/.*|prisma\/.*|tests\/.*)$|\.test\.tsx?$/;

/** Right-to-left is a switch only as long as nothing says left or right: `ms-2`, not `ml-2`. */
const PHYSICAL =
  /(?<![\w-])-?((scroll-)?[mp][lr]-|left-|right-)(\d|\[|auto|full|px)|(?<![\w-])(border-[lr]|rounded-(l|r|tl|tr|bl|br))[-"'\s`]|(?<![\w-])(float|clear|text)-(left|right)\b/;
const PHYSICAL_CSS =
  /^\s*(margin|padding|border)-(left|right)\b|^\s*(left|right)\s*:|text-align:\s*(left|right)/;

/** Only what knows the request may ask for it; the rest is called by jobs and tests too. */
const REQUEST = /from "next\/(headers|navigation)"/;
const REQUEST_FACING =
  /\/(loaders|actions)\.ts$|^lib\/(auth\/(pipeline|session-cookie|options)|i18n\/(viewer|request))\.ts$/;

describe("sources", () => {
  it("read the environment in one place", () => {
    const others = house.filter(({ path }) => !MAY_READ_ENVIRONMENT.test(path));
    expect(linesOf(others, /\bprocess\.env\b|\{ ?env ?\} ?= ?process\b/)).toEqual([]);
  });

  it("name no physical direction", () => {
    const views = house.filter(({ path }) => path.endsWith(".tsx") && !path.includes(".test."));
    const classes = views.map(({ path, text }) => ({
      path,
      text: text.replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, ""),
    }));
    expect(linesOf(classes, PHYSICAL)).toEqual([]);
    const css = { path: "app/globals.css", text: readFileSync(inRoot("app", "globals.css"), "utf8") };
    expect(linesOf([css], PHYSICAL_CSS)).toEqual([]);
  });

  it.each([
    ['<p className="ml-2">', true],
    ['<p className="flex -mr-[3px]">', true],
    ['<p className="md:text-left">', true],
    ['<p className="absolute right-0">', true],
    ['<p className="rounded-l-md">', true],
    ['<p className="ms-2 pe-4 text-start start-0">', false],
    ["const left = 3;", false],
    ['<p className="mb-2 plain">', false],
  ])("%s is physical: %s", (line, expected) => {
    expect(PHYSICAL.test(line)).toBe(expected);
  });

  it("know the request only where they face it", () => {
    const core = house.filter(
      ({ path }) => path.startsWith("lib/") && !REQUEST_FACING.test(path) && !path.includes(".test."),
    );
    expect(linesOf(core, REQUEST)).toEqual([]);
  });

  it("ask nobody to look away from a certificate", () => {
    expect(linesOf(house, /rejectUnauthorized:\s*false|NODE_TLS_REJECT_UNAUTHORIZED/)).toEqual([]);
  });
});

describe(".env.example", () => {
  const documented = readFileSync(inRoot(".env.example"), "utf8")
    .split("\n")
    .flatMap((line) => line.match(/^#? ?([A-Z][A-Z_]+)=/)?.[1] ?? []);
  /** Set by the launcher for its children, never by a person. */
  const INTERNAL = ["NODE_ENV", "PORTAL_MODE", "MAILBOX_URL"];

  it("documents every name that the portal reads, once, and no other", () => {
    expect(documented.toSorted()).toEqual(ENV_NAMES.filter((name) => !INTERNAL.includes(name)).toSorted());
  });
});
