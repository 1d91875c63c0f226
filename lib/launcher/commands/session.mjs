import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { openDatabase } from "../configuration/database.mjs";
import { readConfiguration } from "../configuration/environment.mjs";
import { takeLock } from "../configuration/lock.mjs";
import { LaunchError } from "../errors.mjs";
import { ensurePackages } from "../install/packages.mjs";
import { ensureDatabaseClient } from "../install/prepared.mjs";
import { createGroup } from "../processes/group.mjs";
import { onInterruption } from "../processes/interruption.mjs";
import { say, step } from "../terminal.mjs";

/**
 * One run of a command: its configuration, its processes, its database, and the end of all of them.
 *
 * @typedef {object} Session
 * @property {import("../configuration/environment.mjs").Configuration} configuration
 * @property {import("../processes/group.mjs").Group} group
 * @property {string} logs
 * @property {boolean} isAlone no other launcher is at work on these data
 * @property {() => Promise<import("../configuration/database.mjs").Database>} openDatabase
 *
 * @typedef {object} SessionOptions
 * @property {boolean} [shared] whether the command may run beside a portal that is up with the same data
 * @property {import("../configuration/environment.mjs").Given} [given] in place of the person's own configuration
 * @property {boolean} [withDevelopment] whether it needs the packages for development
 */

/**
 * Runs a command to its end, to a failure or to an interruption; then stops what it started: processes first, the last one first, and
 * the database after them.
 *
 * @param {SessionOptions} options
 * @param {(session: Session) => Promise<void>} body
 */
export async function runSession({ shared = false, withDevelopment = false, given }, body) {
  const configuration = readConfiguration(given);
  const { dataDir } = configuration;
  const lock = await takeLock(dataDir);
  if (!lock && !shared) {
    throw new LaunchError(
      `A portal is running already with the data in ${dataDir}. Stop that one first, or set DATA_DIR to another directory.`,
    );
  }

  /** @type {(error: Error) => void} */
  let fail = () => undefined;
  const failed = new Promise((_, reject) => (fail = reject));
  failed.catch(() => undefined);
  const group = createGroup((error) => fail(error));
  /** @type {Promise<import("../configuration/database.mjs").Database> | undefined} */
  let opening;

  let isInterrupted = false;
  const interrupted = new Promise((resolve) => {
    const stop = () => {
      isInterrupted = true;
      say("\n  Stopping …");
      resolve(undefined);
    };
    const force = () => {
      group.kill();
      lock?.release();
      process.exit(130);
    };
    onInterruption(stop, force);
  });

  const session = {
    configuration,
    group,
    logs: join(dataDir, "logs"),
    isAlone: lock !== undefined,
    openDatabase: () => (opening ??= step("Opening the database", () => openDatabase(configuration))),
  };
  try {
    await Promise.race([prepareAnd(body, session, withDevelopment), failed, interrupted]);
  } catch (error) {
    if (!isInterrupted) throw error;
  } finally {
    await group.stop();
    // Beside another launcher the database is that one's.
    if (lock) await opening?.then((database) => database.stop()).catch(() => delay(0));
    lock?.release();
  }
}

/** @param {(session: Session) => Promise<void>} body @param {Session} session @param {boolean} withDevelopment */
async function prepareAnd(body, session, withDevelopment) {
  const { group, logs } = session;
  await ensurePackages({ withDevelopment });
  await ensureDatabaseClient(group, { env: process.env, logs });
  await body(session);
}

/**
 * Runs an entry's command and ends the process: with 0 when it is done or was interrupted, with 1 and a plain message when something is
 * wrong that a person can put right.
 *
 * @param {() => Promise<void>} command
 */
export async function runEntry(command) {
  try {
    await command();
    process.exit(process.exitCode);
  } catch (error) {
    process.stderr.write(
      `\n${error instanceof LaunchError ? error.message : /** @type {Error} */ (error).stack}\n`,
    );
    process.exit(1);
  }
}
