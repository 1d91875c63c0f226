import { runSession } from "../commands/session.mjs";
import { LaunchError } from "../errors.mjs";
import { say } from "../terminal.mjs";
import { SECTIONS } from "./sections.mjs";

const indent = (/** @type {string} */ text) => text.replaceAll(/^/gm, "      ");

/**
 * Runs one part and shows what it found. A part that cannot run has failed.
 *
 * @param {import("./sections.mjs").Part} part
 * @param {import("./sections.mjs").Context} context
 * @returns {Promise<import("./reports.mjs").Outcome>}
 */
async function runPart(part, context) {
  const since = performance.now();
  process.stdout.write(`  ${part.title.padEnd(14)} `);
  const outcome = await part.run(context).catch((error) => {
    const said = error instanceof LaunchError ? error.message : error.stack;
    return { passed: 0, failed: 1, details: [said] };
  });
  const seconds = ((performance.now() - since) / 1000).toFixed(1);
  const { passed, failed, details } = outcome;
  say(`${`${passed} passed, ${failed} failed`.padEnd(26)} ${seconds} s`);
  for (const detail of details) say(`\n${indent(detail)}\n`);
  return outcome;
}

/**
 * `npm test` with everything, or `npm test -- unit slots` with some sections and a filter for their files. The last line of standard
 * output is the sum.
 *
 * @param {string[]} args
 * @returns {Promise<void>}
 * @throws {LaunchError} when anything failed or nothing ran
 */
export async function runTests(args) {
  const chosen = args.filter((arg) => Object.hasOwn(SECTIONS, arg));
  const filter = args.filter((arg) => !chosen.includes(arg));
  const sum = { passed: 0, failed: 0 };
  // Its own directory: neither the demonstration's data nor the person's configuration matter to the tests.
  const given = { DATA_DIR: ".cache/tests" };
  await runSession({ shared: true, withDevelopment: true, given }, async ({ group, logs }) => {
    say();
    const parts = (chosen.length > 0 ? chosen : Object.keys(SECTIONS)).flatMap(
      (name) => SECTIONS[name] ?? [],
    );
    for (const part of parts) {
      const { passed, failed } = await runPart(part, { group, logs, filter });
      sum.passed += passed;
      sum.failed += failed;
    }
  });
  say(`\n${sum.passed} passed, ${sum.failed} failed`);
  if (sum.failed > 0 || sum.passed === 0) process.exitCode = 1;
}
