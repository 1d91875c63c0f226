import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from "node:fs";
import { dirname } from "node:path";

const MAX_BYTES = 10 * 1024 * 1024;
const TAIL_LINES = 30;
const KEPT_LINES = 200;

/**
 * A child's log: a file that is put aside as `….1` when it grows too long, and the last lines in memory, to be shown when the child fails.
 *
 * @param {string} file
 */
export function openLog(file) {
  mkdirSync(dirname(file), { recursive: true });
  let size = existsSync(file) ? statSync(file).size : 0;
  /** @type {string[]} */
  let last = [];
  return {
    file,
    write: (/** @type {string} */ line) => {
      if (size > MAX_BYTES) {
        renameSync(file, `${file}.1`);
        size = 0;
      }
      appendFileSync(file, `${line}\n`, { mode: 0o600 });
      size += Buffer.byteLength(line) + 1;
      last = [...last, line].slice(-KEPT_LINES);
    },
    tail: (count = TAIL_LINES) => last.slice(-count).join("\n"),
  };
}
