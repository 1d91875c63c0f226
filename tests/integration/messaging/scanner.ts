import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What the scanner below looks for, and what it then does. */
export const BAD = "X5O-INVENTED-VIRUS";
export const BREAKS = "SCANNER-BREAKS";
export const HANGS = "SCANNER-HANGS";

const SCANNER = `
import { appendFileSync, readFileSync, statSync } from "node:fs";
import { spawn } from "node:child_process";
const [, , witness, path] = process.argv;
const text = readFileSync(path, "latin1");
const child = text.includes("${HANGS}")
  ? spawn(process.execPath, ["-e", "setInterval(() => undefined, 1000)"], { stdio: "ignore" }).pid
  : null;
const mode = (statSync(path).mode & 0o777).toString(8);
appendFileSync(witness, JSON.stringify({ path, mode, text, child, names: Object.keys(process.env) }) + "\\n");
if (child) setInterval(() => undefined, 1000);
else process.exit(text.includes("${BAD}") ? 1 : text.includes("${BREAKS}") ? 2 : 0);
`;

export type Sight = {
  path: string;
  mode: string;
  text: string;
  child: number | null;
  names: string[];
};

/** A real command to look at files, in a folder of its own, and what it has seen. */
export function makeScanner() {
  const dir = mkdtempSync(join(tmpdir(), "portal scanner-"));
  const [script, witness] = [join(dir, "scan.mjs"), join(dir, "seen.jsonl")];
  writeFileSync(script, SCANNER);
  writeFileSync(witness, "");
  return {
    command: `"${process.execPath}" "${script}" "${witness}"`,
    sights: (): Sight[] =>
      readFileSync(witness, "utf8")
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    remove: () => rmSync(dir, { recursive: true }),
  };
}
