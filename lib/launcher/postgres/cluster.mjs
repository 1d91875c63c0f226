import {
  chownSync,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, normalize } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { LaunchError } from "../errors.mjs";
import { freePortFrom } from "../ports.mjs";
import { serverAccount } from "./account.mjs";
import { binaries } from "./binaries.mjs";
import { serverHome } from "./places.mjs";
import { isServerOf, readPidFile, removePidFile, runProgram } from "./process.mjs";

export const SUPERUSER = "postgres";
const START_ATTEMPTS = 5;
const ANSWER_PATIENCE_MS = 15_000;

/**
 * A running PostgreSQL of our own, on 127.0.0.1 alone.
 *
 * @typedef {object} Cluster
 * @property {number} port
 * @property {string} home the server's directory
 * @property {boolean} adopted it was running already, left behind by a launcher that was killed
 * @property {(role: string, password: string, database: string) => string} url
 * @property {string} superuserUrl to the database `postgres`
 * @property {() => Promise<void>} stop
 *
 * @typedef {object} ClusterOptions
 * @property {string} parent an existing directory; the server's own is made inside it where its account can reach that
 * @property {string} name
 * @property {string} password the superuser's, the same at every start
 * @property {number} preferredPort
 * @property {boolean} [durable] `false` for throwaway data: quicker, and lost with the machine
 */

/** @param {number} port @returns {Cluster["url"]} */
const urlOn = (port) => (role, password, database) =>
  `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}?sslmode=disable`;

/** Error messages and statements quote rows, so that the server's own log leaves both out. */
const settings = (/** @type {number} */ port, /** @type {boolean} */ durable) => `# Written at every start.
listen_addresses = '127.0.0.1'
port = ${port}
unix_socket_directories = ''
max_connections = 200
password_encryption = 'scram-sha-256'
timezone = 'UTC'
log_timezone = 'UTC'
log_min_messages = 'warning'
log_min_error_statement = 'panic'
log_error_verbosity = 'terse'
${durable ? "" : "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\n"}`;

/** Asks a server which data it serves. @returns {Promise<{ directory?: string, code?: string }>} */
async function ask(/** @type {string} */ url) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query("SHOW data_directory");
    return { directory: rows[0].data_directory };
  } catch (error) {
    return { code: /** @type {{ code?: string }} */ (error).code ?? "unknown" };
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Makes the data directory. A cut-off attempt leaves only a directory of another name, which the next one removes. */
async function initialise({ programs, account, home, data, password }) {
  const unfinished = `${data}.unfinished`;
  const passwordFile = join(home, "password.unfinished");
  rmSync(unfinished, { recursive: true, force: true });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  if (account) chownSync(passwordFile, account.uid, account.gid);
  try {
    const { code, output } = await runProgram(
      programs.initdb,
      [
        `--pgdata=${unfinished}`,
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordFile}`,
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        // The same order and case rules on every system, whatever locales it has.
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
        "--locale=C",
        "--no-instructions",
      ],
      { account, home, keepOutput: true },
    );
    if (code !== 0)
      throw new LaunchError(`PostgreSQL could not prepare its data directory:\n${output.trim()}`);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  writeFileSync(join(unfinished, "postgresql.conf"), "\ninclude_if_exists 'portal.conf'\n", { flag: "a" });
  renameSync(unfinished, data);
}

/** Finds the server that a killed launcher left behind: answers its port, or makes sure that nothing stands in the way. */
async function findLeftOver({ programs, account, home, data, password }) {
  const patience = Date.now() + ANSWER_PATIENCE_MS;
  for (;;) {
    const file = readPidFile(data);
    if (!file) return undefined;
    const answer = await ask(urlOn(file.port)(SUPERUSER, password, "postgres"));
    if (answer.directory && normalize(answer.directory) === data) return file.port;
    if (!isServerOf(file.pid, data)) {
      // The number may belong to another program by now, which the server would take for a running server.
      removePidFile(data);
      return undefined;
    }
    if (Date.now() > patience) break;
    await delay(250);
  }
  await runProgram(programs.pg_ctl, ["stop", "-D", data, "-m", "immediate", "-w", "-t", "10"], {
    account,
    home,
  });
  return undefined;
}

const lastLines = (/** @type {string} */ file) =>
  existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n").slice(-12).join("\n") : "(no log)";

/** Starts the server; the first attempt after a crash may find the dead one's memory still in use. @returns {Promise<number>} */
async function start({ programs, account, home, data, preferredPort, durable }) {
  const log = join(home, "server.log");
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt += 1) {
    const port = await freePortFrom(preferredPort);
    writeFileSync(join(data, "portal.conf"), settings(port, durable));
    if (account) chownSync(join(data, "portal.conf"), account.uid, account.gid);
    rmSync(log, { force: true });
    const args = ["start", "-D", data, "-l", log, "-w", "-t", "60", "-s"];
    const { code } = await runProgram(programs.pg_ctl, args, { account, home });
    if (code === 0) return port;
    await delay(attempt * 500);
  }
  throw new LaunchError(`PostgreSQL did not start. The end of its log (${log}):\n${lastLines(log)}`);
}

/**
 * Opens a server: adopts the one that runs on these data, or starts one, making the data directory first if there is none.
 *
 * @param {ClusterOptions} options
 * @returns {Promise<Cluster>}
 */
export async function openCluster({ parent, name, password, preferredPort, durable = true }) {
  const account = serverAccount();
  const programs = binaries(account);
  const home = realpathSync(serverHome(parent, name, account));
  const data = join(home, "data");
  const place = { programs, account, home, data, password };

  let adoptedPort;
  if (existsSync(data)) {
    refuseOtherVersion(data, programs);
    adoptedPort = await findLeftOver(place);
  } else {
    await initialise(place);
  }
  const port = adoptedPort ?? (await start({ ...place, preferredPort, durable }));
  const url = urlOn(port);
  const superuserUrl = url(SUPERUSER, password, "postgres");
  await refuseOtherPassword(superuserUrl, home);

  const stopWith = async (/** @type {string} */ mode) =>
    (
      await runProgram(programs.pg_ctl, ["stop", "-D", data, "-m", mode, "-w", "-t", "20", "-s"], {
        account,
        home,
      })
    ).code === 0;
  return {
    port,
    home,
    adopted: adoptedPort !== undefined,
    url,
    superuserUrl,
    stop: async () => {
      if (!(await stopWith("fast"))) await stopWith("immediate");
    },
  };
}

function refuseOtherVersion(
  /** @type {string} */ data,
  /** @type {import("./binaries.mjs").Binaries} */ programs,
) {
  const found = readFileSync(join(data, "PG_VERSION"), "utf8").trim();
  if (found !== programs.major) {
    throw new LaunchError(
      `${data} was made by PostgreSQL ${found}, and this version brings PostgreSQL ${programs.major}. Dump it with the old version and restore it with this one.`,
    );
  }
}

async function refuseOtherPassword(/** @type {string} */ superuserUrl, /** @type {string} */ home) {
  const { code } = await ask(superuserUrl);
  if (code === "28P01") {
    throw new LaunchError(
      `The database in ${home} does not know the password of this data directory. Restore database.json beside it, or move ${home} away to begin anew.`,
    );
  }
}

/** Stops a server without ceremony and removes all it kept. @param {Pick<ClusterOptions, "parent" | "name">} options */
export async function removeCluster({ parent, name }) {
  const account = serverAccount();
  const home = realpathSync(serverHome(parent, name, account));
  const data = join(home, "data");
  const file = readPidFile(data);
  if (file && isServerOf(file.pid, data)) {
    const args = ["stop", "-D", data, "-m", "immediate", "-w", "-t", "10", "-s"];
    await runProgram(binaries(account).pg_ctl, args, { account, home });
  }
  rmSync(home, { recursive: true, force: true });
}
