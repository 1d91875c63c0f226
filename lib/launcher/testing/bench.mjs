import { existsSync, readdirSync } from "node:fs";
import { basename } from "node:path";
import { runSession } from "../commands/session.mjs";
import { LaunchError } from "../errors.mjs";
import { typescript } from "../install/prepared.mjs";
import { inRoot } from "../paths.mjs";
import { say } from "../terminal.mjs";

const DIRECTORY = "tests/load";

/** `npm run bench -- name`: runs `tests/load/*.bench.ts`, one process after another, and shows what each says. @param {string[]} args */
export const runBenches = (args) =>
  runSession(
    { shared: true, withDevelopment: true, given: { DATA_DIR: ".cache/tests" } },
    async ({ group, logs }) => {
      const files = (existsSync(inRoot(DIRECTORY)) ? readdirSync(inRoot(DIRECTORY)) : [])
        .filter((name) => name.endsWith(".bench.ts"))
        .filter((name) => args.length === 0 || args.some((arg) => name.includes(arg)))
        .sort();
      if (files.length === 0) throw new LaunchError(`There is no such bench in ${DIRECTORY}.`);
      for (const file of files) {
        const name = basename(file, ".bench.ts");
        say(`\n  ${name}`);
        const onLine = (/** @type {string} */ line) => say(`    ${line}`);
        const spec = {
          name: `bench-${name}`,
          args: typescript(`${DIRECTORY}/${file}`),
          env: process.env,
          logs,
          onLine,
        };
        await group.run(spec);
      }
    },
  );
