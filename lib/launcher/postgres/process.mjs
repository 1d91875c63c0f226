import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { platform } from "node:os";
import { join } from "node:path";
import { asAccount } from "./account.mjs";

/** The caller's PGHOST, PGOPTIONS and the like are meant for another server. */
function cleanEnvironment() {
  const entries = Object.entries(process.env).filter(([name]) => !name.startsWith("PG"));
  return { ...Object.fromEntries(entries), LC_ALL: "C", LANG: "C" };
}

/**
 * Runs one of PostgreSQL's programs to its end.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {{ account: import("./account.mjs").Account | undefined, home: string, keepOutput?: boolean }} options output is kept only of programs that
 *   leave no process behind: a server would hold the pipe open for ever
 * @returns {Promise<{ code: number | null, output: string }>}
 */
export function runProgram(program, args, { account, home, keepOutput = false }) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      ...asAccount(account),
      cwd: home,
      env: cleanEnvironment(),
      stdio: ["ignore", keepOutput ? "pipe" : "ignore", keepOutput ? "pipe" : "ignore"],
      windowsHide: true,
    });
    let output = "";
    child.stdout?.on("data", (chunk) => (output += chunk));
    child.stderr?.on("data", (chunk) => (output += chunk));
    child.once("error", reject);
    child.once(keepOutput ? "close" : "exit", (code) => resolve({ code, output }));
  });
}

/**
 * What `postmaster.pid` says, which may be about a process long gone.
 *
 * @param {string} dataDirectory
 * @returns {{ pid: number, port: number } | undefined}
 */
export function readPidFile(dataDirectory) {
  const file = join(dataDirectory, "postmaster.pid");
  if (!existsSync(file)) return undefined;
  const lines = readFileSync(file, "utf8").split("\n");
  return { pid: Number(lines[0]), port: Number(lines[3]) };
}

export const removePidFile = (/** @type {string} */ dataDirectory) =>
  rmSync(join(dataDirectory, "postmaster.pid"), { force: true });

const commandOf = (/** @type {number} */ pid) => {
  if (existsSync(`/proc/${pid}/cmdline`)) return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  const [program, ...args] =
    platform() === "win32"
      ? ["tasklist", "/FI", `PID eq ${pid}`, "/FO", "CSV", "/NH"]
      : ["ps", "-o", "command=", "-p", String(pid)];
  return spawnSync(/** @type {string} */ (program), args, { encoding: "utf8" }).stdout ?? "";
};

/**
 * Tells whether a process lives and is the server of these data. Process numbers are used again, after a restart of the machine above
 * all, and other servers may run here too.
 *
 * @param {number} pid
 * @param {string} dataDirectory
 */
export function isServerOf(pid, dataDirectory) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === "ESRCH") return false;
  }
  const command = commandOf(pid);
  // Windows tells the program's name only.
  return /postgres/i.test(command) && (platform() === "win32" || command.includes(dataDirectory));
}
