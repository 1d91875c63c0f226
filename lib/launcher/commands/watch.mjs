import { watch } from "node:fs";
import { inRoot } from "../paths.mjs";

const SETTLE_MS = 300;

/**
 * Calls `changed` shortly after the last of a burst of changes to TypeScript sources; tests and generated code do not count.
 *
 * @param {readonly string[]} paths files and directories of the checkout
 * @param {() => unknown} changed
 */
export function onSourceChange(paths, changed) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  for (const path of paths) {
    watch(inRoot(path), { recursive: true, persistent: false }, (_event, name) => {
      if (!name || !/\.(ts|json)$/.test(name) || /\.test\.ts$|generated/.test(name)) return;
      clearTimeout(timer);
      timer = setTimeout(changed, SETTLE_MS);
    });
  }
}
