import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseEnv } from "node:util";
import { LaunchError } from "../errors.mjs";
import { inRoot, ROOT } from "../paths.mjs";

/**
 * What the person who starts the portal has set, in the environment or in `.env`; the environment wins, and blank is unset.
 *
 * @typedef {Record<string, string | undefined>} Given
 *
 * @typedef {object} Configuration
 * @property {"demonstration" | "production"} mode
 * @property {Given} given
 * @property {string} dataDir absolute
 * @property {boolean} embedded whether the database is the one that came with the packages
 */

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** True when an address leads to this machine alone. @param {string} address */
export const isOnLoopback = (address) => URL.canParse(address) && LOOPBACK.test(new URL(address).hostname);

/** @returns {Given} */
function given() {
  const file = inRoot(".env");
  const merged = { ...(existsSync(file) ? parseEnv(readFileSync(file, "utf8")) : {}), ...process.env };
  return Object.fromEntries(Object.entries(merged).filter(([, value]) => value?.trim()));
}

/**
 * Decides between demonstration and production: a demonstration names no service of its own and is for this machine only.
 *
 * @param {Given} [values]
 * @returns {Configuration}
 */
export function readConfiguration(values = given()) {
  const { DATABASE_URL, TRUECONF_URL, SMTP_URL, PORTAL_URL, EMBEDDED_DATABASE, DATA_DIR = "data" } = values;
  const namesService = [DATABASE_URL, TRUECONF_URL, SMTP_URL].some(Boolean);
  const mode = namesService || (PORTAL_URL && !isOnLoopback(PORTAL_URL)) ? "production" : "demonstration";
  const embedded = mode === "demonstration" || EMBEDDED_DATABASE === "1";
  if (mode === "production") refuseMissingDatabase(values);
  const dataDir = resolve(ROOT, DATA_DIR);
  // Others may pass through it: PostgreSQL runs as another account where the portal is started by root. What is secret is 0600.
  mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  return { mode, given: values, dataDir, embedded };
}

function refuseMissingDatabase(/** @type {Given} */ { DATABASE_URL, DATABASE_OWNER_URL, EMBEDDED_DATABASE }) {
  if (EMBEDDED_DATABASE === "1") {
    if (!DATABASE_URL && !DATABASE_OWNER_URL) return;
    throw new LaunchError("EMBEDDED_DATABASE=1 and DATABASE_URL or DATABASE_OWNER_URL exclude each other.");
  }
  const missing = Object.entries({ DATABASE_URL, DATABASE_OWNER_URL }).flatMap(([name, value]) =>
    value ? [] : [`  ${name} is missing`],
  );
  if (missing.length > 0) {
    throw new LaunchError(
      `The configuration cannot be used:\n${missing.join("\n")}\n(This is production, since a service or a public PORTAL_URL is set. EMBEDDED_DATABASE=1 would use the database that came with the portal.)`,
    );
  }
}
