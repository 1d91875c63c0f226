import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { platform } from "node:os";

/**
 * PostgreSQL refuses to run as root. Started by root, it runs as an account that exists already: `postgres` where there is
 * one, else `nobody`. None is created, since that would outlive the portal.
 *
 * @typedef {{ name: string, uid: number, gid: number }} Account
 */

const CANDIDATES = ["postgres", "nobody"];

/** @returns {Account | undefined} */
function lookUp(/** @type {string} */ name) {
  const fields = readFileSync("/etc/passwd", "utf8")
    .split("\n")
    .map((line) => line.split(":"))
    .find(([candidate]) => candidate === name);
  if (fields) return { name, uid: Number(fields[2]) >>> 0, gid: Number(fields[3]) >>> 0 };
  // Accounts of a directory service or of macOS are not in the file.
  const [uid, gid] = ["-u", "-g"].map((flag) => spawnSync("id", [flag, name], { encoding: "utf8" }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { name, uid: Number(uid.stdout) >>> 0, gid: Number(gid.stdout) >>> 0 };
}

/**
 * The account that PostgreSQL's processes run under, or `undefined` for the present user's own.
 *
 * @returns {Account | undefined}
 */
export function serverAccount() {
  if (platform() === "win32" || process.getuid?.() !== 0) return undefined;
  for (const name of CANDIDATES) {
    const account = lookUp(name);
    if (account) return account;
  }
  throw new Error(
    "PostgreSQL does not run as root, and there is no account named postgres or nobody to run it as",
  );
}

/** How to spawn a process under the account. @param {Account | undefined} account */
export const asAccount = (account) => (account ? { uid: account.uid, gid: account.gid } : {});

/**
 * Tells whether the account can enter a directory. Asked of a real process, because access lists, mounts and security
 * modules have a say too.
 *
 * @param {Account | undefined} account
 * @param {string} directory
 */
export function canReach(account, directory) {
  if (!account) return true;
  const probe = spawnSync("/bin/sh", ["-c", 'cd "$1"', "sh", directory], {
    ...asAccount(account),
    cwd: "/",
    stdio: "ignore",
  });
  return probe.status === 0;
}
