import { demonstrationEnvironment, demonstrationSecrets } from "./demonstration.mjs";

/**
 * What the portal's processes find in their environment: what was given, and what the launcher has made or found. None of them gets the
 * database's owner, which only migrations need.
 *
 * @param {import("./environment.mjs").Configuration} configuration
 * @param {object} found
 * @param {import("./database.mjs").Database} found.database
 * @param {number} found.port the portal's
 * @param {{ sandbox: number, mailbox: number, smtp: number }} [found.ports] the demonstration's
 * @param {boolean} [found.development]
 * @returns {Record<string, string | undefined>}
 */
export function childEnvironment({ mode, given, dataDir }, { database, port, ports, development = false }) {
  return {
    ...process.env,
    ...given,
    ...(ports ? demonstrationEnvironment(given, demonstrationSecrets(dataDir), ports) : { MAILBOX_URL: "" }),
    NODE_ENV: development ? "development" : "production",
    PORTAL_MODE: mode,
    PORTAL_URL: given.PORTAL_URL ?? `http://localhost:${port}`,
    PORT: String(port),
    DATA_DIR: dataDir,
    DATABASE_URL: database.urls.DATABASE_URL,
    // Blank, not absent: Next.js would read it from .env otherwise.
    DATABASE_OWNER_URL: "",
    NEXT_TELEMETRY_DISABLED: "1",
  };
}
