import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { LaunchError } from "../errors.mjs";
import { inPackage, inRoot } from "../paths.mjs";
import { TYPESCRIPT } from "../processes/child.mjs";
import { step } from "../terminal.mjs";
import { fingerprint } from "./fingerprint.mjs";

/** What a build is made from. The launcher, the sandbox and tests are not part of it. */
const SOURCES = [
  "app",
  "components",
  "lib",
  "public",
  "prisma/schema",
  "next.config.ts",
  "postcss.config.mjs",
  "proxy.ts",
  "tsconfig.json",
  "package-lock.json",
];
const NOT_BUILT = /^\/lib\/(launcher|trueconf\/sandbox|mail\/mailbox|db\/generated)\/|\.test\.tsx?$/;

/** Neither is allowed to reach for the network. */
export const OFFLINE = { NEXT_TELEMETRY_DISABLED: "1", CHECKPOINT_DISABLE: "1" };

/** Does something again when its stamp is not the one it left last time. @param {string} stampFile @param {string} stamp @param {() => Promise<unknown>} body */
async function unlessStamped(stampFile, stamp, body) {
  if (existsSync(stampFile) && readFileSync(stampFile, "utf8") === stamp) return;
  rmSync(stampFile, { force: true });
  await body();
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(stampFile, stamp);
}

/**
 * Writes the database client when the schema has changed. Prisma looks for an engine that this command never runs, and would download it;
 * any program will do in its place.
 *
 * @param {import("../processes/group.mjs").Group} group
 * @param {{ env: Record<string, string | undefined>, logs: string }} options
 */
export async function ensureDatabaseClient(group, { env, logs }) {
  const stamp = fingerprint(["prisma/schema", "package-lock.json"]);
  await unlessStamped(inRoot("lib", "db", "generated", ".fingerprint"), stamp, () =>
    step("Preparing the database client", () =>
      group.run({
        name: "prisma",
        args: [inPackage("prisma", "build", "index.js"), "generate"],
        env: { ...env, ...OFFLINE, PRISMA_SCHEMA_ENGINE_BINARY: process.execPath },
        logs,
      }),
    ),
  );
}

/**
 * Builds the portal when its sources have changed. The names of server actions depend on the secret too (`next.config.ts`).
 *
 * @param {import("../processes/group.mjs").Group} group
 * @param {{ env: Record<string, string | undefined>, logs: string, anySecret?: boolean, show?: typeof step }} options `anySecret`: a
 *   build made under another secret will do, as it does for tests
 * @returns {Promise<void>}
 */
export async function ensureBuild(group, { env, logs, anySecret = false, show = step }) {
  const sources = fingerprint(SOURCES, { without: NOT_BUILT });
  const secret = createHash("sha256")
    .update(`build ${env.AUTH_SECRET ?? ""}`)
    .digest("hex")
    .slice(0, 16);
  const stampFile = inRoot(".next", "fingerprint");
  const known = existsSync(stampFile) ? readFileSync(stampFile, "utf8") : "";
  const stamp = anySecret && known.startsWith(`${sources} `) ? known : `${sources} ${secret}`;
  await unlessStamped(stampFile, stamp, () => show("Building the portal", () => build(group, env, logs)));
}

async function build(
  /** @type {import("../processes/group.mjs").Group} */ group,
  /** @type {Record<string, string | undefined>} */ env,
  /** @type {string} */ logs,
) {
  await group.run({
    name: "build",
    args: [inPackage("next", "dist", "bin", "next"), "build"],
    env: { ...env, ...OFFLINE, NODE_ENV: "production" },
    logs,
  });
  if (!existsSync(inRoot(".next", "BUILD_ID")))
    throw new LaunchError("The build ended before it was whole; see build.log.");
}

/** Node's arguments for a script of the checkout in TypeScript. @param {string} script @param {...string} args */
export const typescript = (script, ...args) => [...TYPESCRIPT, inRoot(...script.split("/")), ...args];
