import { join } from "node:path";
import { LaunchError } from "../errors.mjs";
import { freePortFrom, isFree } from "../ports.mjs";
import { readJson, writePrivateJson } from "./files.mjs";

/** Where the demonstration's parts listen when nobody else does. */
const DEFAULTS = { portal: 3000, sandbox: 3100, mailbox: 3200, smtp: 3225, database: 5433 };

/** @typedef {keyof typeof DEFAULTS} Part */

const fileOf = (/** @type {string} */ dataDir) => join(dataDir, "ports.json");

/**
 * Ports for parts of ours: the same as last time where they are free, so that bookmarks and open pages go on working.
 *
 * @template {Part} P
 * @param {string} dataDir
 * @param {readonly P[]} parts
 * @returns {Promise<Record<P, number>>}
 */
export async function choosePorts(dataDir, parts) {
  const remembered = { ...DEFAULTS, ...readJson(fileOf(dataDir)) };
  /** @type {Record<string, number>} */
  const chosen = {};
  for (const part of parts) {
    let port = remembered[part];
    while (Object.values(chosen).includes(port) || !(await isFree(port))) port = await freePortFrom(port + 1);
    chosen[part] = port;
  }
  rememberPorts(dataDir, chosen);
  return /** @type {Record<P, number>} */ (chosen);
}

/** @param {string} dataDir @param {Partial<Record<Part, number>>} ports */
export const rememberPorts = (dataDir, ports) =>
  writePrivateJson(fileOf(dataDir), { ...readJson(fileOf(dataDir)), ...ports });

/** @param {string} dataDir @param {Part} part @returns {number} */
export const rememberedPort = (dataDir, part) => readJson(fileOf(dataDir))?.[part] ?? DEFAULTS[part];

/**
 * The portal's port: what PORT or PORTAL_URL ask for, which must be free; else, in the demonstration, the next free one.
 *
 * @param {import("./environment.mjs").Configuration} configuration
 */
export async function choosePortalPort({ mode, given, dataDir }) {
  const asked = given.PORT ?? (mode === "demonstration" ? portOf(given.PORTAL_URL) : undefined);
  if (asked === undefined && mode === "demonstration") return (await choosePorts(dataDir, ["portal"])).portal;
  const port = Number(asked ?? DEFAULTS.portal);
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    throw new LaunchError("PORT must be a port's number.");
  if (!(await isFree(port))) {
    throw new LaunchError(
      `Port ${port} is taken by another program. Stop that one, or set PORT to a free port${mode === "demonstration" ? "" : " and tell it to the proxy in front"}.`,
    );
  }
  return port;
}

/** @returns {string | undefined} */
function portOf(/** @type {string | undefined} */ address) {
  if (!address || !URL.canParse(address)) return undefined;
  const { port, protocol } = new URL(address);
  return port || (protocol === "https:" ? "443" : "80");
}
