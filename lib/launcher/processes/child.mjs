import { spawn } from "node:child_process";
import { platform } from "node:os";
import { createInterface } from "node:readline";
import { setTimeout as delay } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { inRoot, ROOT } from "../paths.mjs";
import { openLog } from "./log.mjs";

const WITH_PARENT = pathToFileURL(inRoot("lib", "launcher", "with-parent.mjs")).href;

/** What runs the portal's TypeScript outside Next.js. */
export const TYPESCRIPT = ["--conditions=react-server", "--import", "tsx"];

/**
 * A Node.js process of ours.
 *
 * @typedef {object} ChildSpec
 * @property {string} name also its log file's name
 * @property {string[]} args Node's own options, the script and its arguments
 * @property {Record<string, string | undefined>} env the whole of it
 * @property {string} logs the directory of the logs
 * @property {(line: string) => void} [onLine] hears each line of its standard output
 * @property {boolean} [isConfidential] its standard output holds secrets and is not logged
 *
 * @typedef {object} Child
 * @property {string} name
 * @property {number | undefined} pid
 * @property {Promise<number>} exited resolves with its exit code
 * @property {Promise<unknown>} silent resolves when its output has been read to the end
 * @property {() => boolean} isRunning
 * @property {(count?: number) => string} tail the last lines it said
 * @property {string} logFile
 * @property {(graceMs?: number) => Promise<void>} stop asks it to end, then ends it
 * @property {() => void} kill ends it at once
 */

function signalGroup(/** @type {number | undefined} */ leader, /** @type {"SIGTERM" | "SIGKILL"} */ kind) {
  if (leader === undefined) return;
  try {
    process.kill(-leader, kind);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== "ESRCH") throw error;
  }
}

/**
 * Starts a Node.js process that ends when this one does, however that happens. It leads a process group of its own, so that Ctrl-C
 * reaches the launcher alone, which ends its children in order.
 *
 * @param {ChildSpec} spec
 * @returns {Child}
 */
export function startChild({ name, args, env, logs, onLine, isConfidential = false }) {
  const ownGroup = platform() !== "win32";
  const log = openLog(`${logs}/${name}.log`);
  const child = spawn(process.execPath, ["--import", WITH_PARENT, ...args], {
    cwd: ROOT,
    env: /** @type {NodeJS.ProcessEnv} */ ({
      ...env,
      // A package of next-intl's would keep a copy of its native part in the home directory.
      SWC_NATIVE_BINDING_CACHE: env.SWC_NATIVE_BINDING_CACHE ?? inRoot(".cache", "swc"),
      NO_COLOR: "1",
      FORCE_COLOR: undefined,
      PORTAL_LAUNCHER: String(process.pid),
    }),
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: ownGroup,
    windowsHide: true,
  });
  // A child may send messages (next does); nobody here listens, and the channel alone must not keep the launcher alive.
  child.channel?.unref();

  const [output, errors] = [child.stdout, child.stderr].map((input) => createInterface({ input }));
  errors?.on("line", log.write);
  if (!isConfidential) output?.on("line", log.write);
  if (onLine) output?.on("line", onLine);

  let running = true;
  /** @type {Promise<number>} */
  const exited = new Promise((resolve) => {
    const done = (/** @type {number} */ code) => {
      running = false;
      // What it started itself may be left.
      if (ownGroup) signalGroup(child.pid, "SIGKILL");
      resolve(code);
    };
    child.once("error", (error) => {
      log.write(String(error));
      done(1);
    });
    child.once("exit", (code) => done(code ?? 1));
  });

  const signal = (/** @type {"SIGTERM" | "SIGKILL"} */ kind) => {
    if (!running) return;
    if (ownGroup) signalGroup(child.pid, kind);
    // Windows knows only the hard way; a closed channel asks politely there.
    else if (kind === "SIGTERM" && child.connected) child.disconnect();
    else child.kill(kind);
  };

  return {
    name,
    pid: child.pid,
    exited,
    silent: new Promise((resolve) => child.once("close", resolve)),
    isRunning: () => running,
    tail: log.tail,
    logFile: log.file,
    kill: () => signal("SIGKILL"),
    stop: async (graceMs = 4000) => {
      signal("SIGTERM");
      await Promise.race([exited, delay(graceMs, undefined, { ref: false })]);
      signal("SIGKILL");
      await exited;
    },
  };
}
