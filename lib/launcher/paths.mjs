import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout's own directory; every relative path of the configuration counts from here, whatever the shell's is. */
export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** A path inside the checkout. @param {...string} parts */
export const inRoot = (...parts) => join(ROOT, ...parts);

/** A package's own file, without asking Node to resolve it: the launcher runs before anything is installed. */
export const inPackage = (/** @type {string} */ name, /** @type {string[]} */ ...parts) =>
  inRoot("node_modules", ...name.split("/"), ...parts);

export const isInstalled = (/** @type {string} */ name) => existsSync(inPackage(name, "package.json"));
