import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { ensureBuild, OFFLINE } from "../install/prepared.mjs";
import { inPackage, inRoot } from "../paths.mjs";
import { ensureChromium } from "./chromium.mjs";
import { playwrightOutcome, verdict, vitestOutcome } from "./reports.mjs";

/**
 * What `npm test` consists of. Each part says what it found; none keeps the next from running.
 *
 * @typedef {import("./reports.mjs").Outcome} Outcome
 * @typedef {{ group: import("../processes/group.mjs").Group, logs: string, filter: string[] }} Context
 * @typedef {{ title: string, run: (context: Context) => Promise<Outcome> }} Part
 */

/** What is shown of a tool that failed. */
const OUTPUT_LINES = 60;
const REPORTS = inRoot(".cache", "reports");

/** Tools find what the person has set, except what would make the tests depend on it. */
const environment = () => ({ ...process.env, ...OFFLINE, NODE_ENV: undefined });

/** @param {Context} context @param {string} name @param {string[]} args @param {Record<string, string>} [more] */
async function callTool({ group, logs }, name, args, more = {}) {
  const { code, child } = await group.attempt({
    name,
    args,
    env: { ...environment(), ...more },
    logs,
  });
  return { code, output: child.tail(OUTPUT_LINES) };
}

/** A tool that says yes or no. @param {string} title @param {string[]} args @returns {Part} */
const check = (title, ...args) => ({
  title,
  run: async (context) => {
    const { code, output } = await callTool(context, title, args);
    return verdict(code, output);
  },
});

const reportFile = (/** @type {string} */ name) => {
  mkdirSync(REPORTS, { recursive: true });
  const file = join(REPORTS, `${name}-${process.pid}.json`);
  rmSync(file, { force: true });
  return file;
};

/** @param {string} title @param {string} project @param {boolean} [withBrowser] @returns {Part} */
const vitest = (title, project, withBrowser = false) => ({
  title,
  run: async (context) => {
    const file = reportFile(project.replace(/\W/g, ""));
    const args = ["run", "--project", project, "--reporter=json", `--outputFile=${file}`, ...context.filter];
    const browser = withBrowser ? { CHROMIUM_PATH: await ensureChromium() } : {};
    const { code, output } = await callTool(
      context,
      title,
      [inPackage("vitest", "vitest.mjs"), ...args],
      browser,
    );
    const outcome = vitestOutcome(file, code, output);
    rmSync(file, { force: true });
    return outcome;
  },
});

const biome = inPackage("@biomejs/biome", "bin", "biome");
const next = inPackage("next", "dist", "bin", "next");

/** @type {Part} */
const types = {
  title: "types",
  run: async (context) => {
    const routes = await callTool(context, "route-types", [next, "typegen"]);
    if (routes.code !== 0) return verdict(routes.code, routes.output);
    const { code, output } = await callTool(context, "types", [
      inPackage("typescript", "bin", "tsc"),
      "--noEmit",
    ]);
    return verdict(code, output);
  },
};

/** @type {Part} */
const build = {
  title: "build",
  run: async ({ group, logs }) => {
    await ensureBuild(group, {
      env: environment(),
      logs,
      anySecret: true,
      show: async (_what, body) => body(),
    });
    return verdict(0, "");
  },
};

/** @type {Part} */
const journeys = {
  title: "browser",
  run: async (context) => {
    const file = reportFile("browser");
    const { code, output } = await callTool(
      context,
      "browser",
      [inPackage("@playwright/test", "cli.js"), "test", "--reporter=json", ...context.filter],
      { CHROMIUM_PATH: await ensureChromium(), PLAYWRIGHT_JSON_OUTPUT_NAME: file },
    );
    const outcome = playwrightOutcome(file, code, output);
    rmSync(file, { force: true });
    return outcome;
  },
};

/** @type {Readonly<Record<string, Part[]>>} */
export const SECTIONS = {
  static: [
    check("format", biome, "format", "."),
    check("lint", biome, "lint", "."),
    types,
    vitest("house rules", "house"),
  ],
  unit: [vitest("unit", "unit*")],
  integration: [vitest("integration", "integration*", true)],
  e2e: [build, journeys],
};
