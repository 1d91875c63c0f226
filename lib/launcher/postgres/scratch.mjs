import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "../paths.mjs";
import { anyFreePort } from "../ports.mjs";
import { openCluster, removeCluster } from "./cluster.mjs";
import { newPassword } from "./roles.mjs";

const SCRATCH = inRoot(".cache", "postgres");
const NAME = "server";

const isAlive = (/** @type {number} */ pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === "EPERM";
  }
};

/** Removes the servers of processes that were killed before they could. Their directories begin with the process's number. */
async function sweep() {
  for (const entry of readdirSync(SCRATCH)) {
    if (isAlive(Number(entry.split("-")[0]))) continue;
    await removeCluster({ parent: join(SCRATCH, entry), name: NAME });
    rmSync(join(SCRATCH, entry), { recursive: true, force: true });
  }
}

/**
 * A PostgreSQL of its own for a test run or a comparison, gone with `stop`.
 *
 * @returns {Promise<import("./cluster.mjs").Cluster>}
 */
export async function openScratchCluster() {
  mkdirSync(SCRATCH, { recursive: true });
  await sweep();
  const parent = join(SCRATCH, `${process.pid}-${newPassword().slice(0, 6)}`);
  mkdirSync(parent);
  const options = { parent, name: NAME, password: newPassword(), durable: false };
  const cluster = await openCluster({ ...options, preferredPort: await anyFreePort() });
  return {
    ...cluster,
    stop: async () => {
      await removeCluster(options);
      rmSync(parent, { recursive: true, force: true });
    },
  };
}
