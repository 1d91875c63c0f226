import { join } from "node:path";
import { LaunchError } from "../errors.mjs";
import { serverAccount } from "../postgres/account.mjs";
import { openCluster } from "../postgres/cluster.mjs";
import { newPassword, provisionDatabase } from "../postgres/roles.mjs";
import { readJson, writePrivateJson } from "./files.mjs";
import { rememberedPort, rememberPorts } from "./ports.mjs";

/**
 * @typedef {object} Database
 * @property {{ DATABASE_URL: string, DATABASE_OWNER_URL: string }} urls
 * @property {() => Promise<void>} stop
 */

/** @returns {{ superuser: string, owner: string, application: string }} */
function passwords(/** @type {string} */ dataDir) {
  const file = join(dataDir, "database.json");
  const known = readJson(file);
  if (known?.superuser && known.owner && known.application) return known;
  const made = { superuser: newPassword(), owner: newPassword(), application: newPassword() };
  writePrivateJson(file, made);
  return made;
}

/**
 * Opens the configuration's database: a PostgreSQL of one's own by its addresses, or the one that came with the packages, in the data
 * directory.
 *
 * @param {import("./environment.mjs").Configuration} configuration
 * @returns {Promise<Database>}
 */
export async function openDatabase({ mode, embedded, given, dataDir }) {
  if (!embedded) {
    const { DATABASE_URL = "", DATABASE_OWNER_URL = "" } = given;
    return { urls: { DATABASE_URL, DATABASE_OWNER_URL }, stop: async () => undefined };
  }
  if (mode === "production" && serverAccount()?.name === "nobody") {
    throw new LaunchError(
      "PostgreSQL does not run as root, and patients' data do not belong to `nobody`. Start the portal as a user of its own, or add an account for the database: useradd --system postgres",
    );
  }
  const { superuser, ...roles } = passwords(dataDir);
  const cluster = await openCluster({
    parent: dataDir,
    name: "postgres",
    password: superuser,
    preferredPort: rememberedPort(dataDir, "database"),
  });
  rememberPorts(dataDir, { database: cluster.port });
  return { urls: await provisionDatabase(cluster, roles), stop: cluster.stop };
}
