import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { LaunchError } from "../errors.mjs";
import { inRoot, ROOT } from "../paths.mjs";
import { step } from "../terminal.mjs";

const STAMP = inRoot("node_modules", ".portal-packages");

/** @typedef {{ version?: string, dev?: boolean, devOptional?: boolean, optional?: boolean, link?: boolean }} Locked */

/** @returns {Record<string, Locked>} */
const packagesOf = (/** @type {string} */ file) => JSON.parse(readFileSync(file, "utf8")).packages ?? {};

/**
 * Whether npm's own note of what it installed, written at the very end, says what the lock says. Optional packages may be missing: most
 * are for other systems.
 */
function matchesLock(/** @type {boolean} */ withDevelopment) {
  const note = inRoot("node_modules", ".package-lock.json");
  if (!existsSync(note)) return false;
  const installed = packagesOf(note);
  return Object.entries(packagesOf(inRoot("package-lock.json"))).every(
    ([path, { version, dev, devOptional, optional }]) => {
      if (path === "") return true;
      const found = installed[path];
      if (found) return found.version === version && existsSync(inRoot(...path.split("/"), "package.json"));
      return optional || devOptional || (dev && !withDevelopment);
    },
  );
}

/** How to call the npm that called us, or the one on the path. */
function npmCommand() {
  const script = process.env.npm_execpath;
  if (script && basename(script) === "npm-cli.js")
    return { command: process.execPath, prefix: [script], shell: false };
  return { command: "npm", prefix: [], shell: process.platform === "win32" };
}

/** @returns {Promise<void>} */
function npmCi() {
  const { command, prefix, shell } = npmCommand();
  return new Promise((resolve, reject) => {
    const args = [...prefix, "ci", "--include=dev", "--no-audit", "--no-fund", "--loglevel=error"];
    const child = spawn(command, args, {
      cwd: ROOT,
      shell,
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    // An interrupted start must not leave it at work.
    const abandon = () => void child.kill("SIGKILL");
    process.once("exit", abandon);
    let output = "";
    child.stdout.on("data", (chunk) => (output += chunk));
    child.stderr.on("data", (chunk) => (output += chunk));
    child.once("error", (cause) =>
      reject(new LaunchError("npm could not be started. Is it installed?", { cause })),
    );
    child.once("close", (code) => {
      process.off("exit", abandon);
      if (code === 0) return resolve();
      const end = output.trim().split("\n").slice(-20).join("\n");
      reject(new LaunchError(`The packages could not be installed (npm ci):\n${end}`));
    });
  });
}

/**
 * Installs the packages of `package-lock.json` unless they are there. An installation that was cut off has neither npm's note nor our
 * stamp, and is done again.
 *
 * @param {{ withDevelopment?: boolean }} [options] whether the tools of the tests are needed too
 */
export async function ensurePackages({ withDevelopment = false } = {}) {
  const lock = createHash("sha256")
    .update(readFileSync(inRoot("package-lock.json")))
    .digest("hex");
  const stamp = `${lock} ${process.platform}-${process.arch} ${withDevelopment ? "all" : "runtime"}`;
  const stamped = existsSync(STAMP) ? readFileSync(STAMP, "utf8") : "";
  if (stamped === stamp || stamped === stamp.replace("runtime", "all")) return;
  if (!matchesLock(withDevelopment)) {
    rmSync(STAMP, { force: true });
    await step("Installing packages", npmCi);
  }
  writeFileSync(STAMP, stamp);
}
