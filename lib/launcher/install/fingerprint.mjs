import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "../paths.mjs";

/** @returns {string[]} every file at or below a path, in a stable order */
function filesAt(/** @type {string} */ path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesAt(join(path, name)));
}

/**
 * One value for the content of files: another one as soon as any of them changes, comes or goes.
 *
 * @param {readonly string[]} paths files and directories of the checkout
 * @param {{ without?: RegExp, and?: string }} [options] paths to leave out, and what else counts
 */
export function fingerprint(paths, { without, and = "" } = {}) {
  const hash = createHash("sha256").update(and);
  for (const file of paths.flatMap((path) => filesAt(inRoot(...path.split("/"))))) {
    const name = file.slice(inRoot().length).replaceAll("\\", "/");
    if (without?.test(name)) continue;
    hash.update(`\0${name}\0`).update(readFileSync(file));
  }
  return hash.digest("hex");
}
