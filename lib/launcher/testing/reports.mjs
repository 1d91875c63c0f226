import { existsSync, readFileSync } from "node:fs";
import { stripVTControlCharacters } from "node:util";

/**
 * What a tool found.
 *
 * @typedef {{ passed: number, failed: number, details: string[] }} Outcome details name each failure
 */

/** @returns {any} */
const read = (/** @type {string} */ file) =>
  existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;

/** A message's beginning, without colours. */
const firstLines = (/** @type {string} */ text, count = 12) =>
  stripVTControlCharacters(text).split("\n").slice(0, count).join("\n");

/** A tool that only says yes or no. @param {number} code @param {string} output @returns {Outcome} */
export const verdict = (code, output) =>
  code === 0 ? { passed: 1, failed: 0, details: [] } : { passed: 0, failed: 1, details: [output] };

/** A run that ended without a report, or with an error outside of any test, has failed whatever it counted. */
function complete(/** @type {Outcome} */ outcome, /** @type {number} */ code, /** @type {string} */ output) {
  if (outcome.failed === 0 && (code !== 0 || outcome.passed === 0)) {
    outcome.failed = 1;
    outcome.details.push(outcome.passed === 0 && code === 0 ? "No test ran." : output);
  }
  return outcome;
}

/** Reads Vitest's report. @param {string} file @param {number} code @param {string} output @returns {Outcome} */
export function vitestOutcome(file, code, output) {
  /** @type {Outcome} */
  const outcome = { passed: 0, failed: 0, details: [] };
  const report = read(file);
  for (const { name, status, message, assertionResults } of report?.testResults ?? []) {
    for (const { status: result, fullName, failureMessages } of assertionResults) {
      if (result === "passed") outcome.passed += 1;
      if (result !== "failed") continue;
      outcome.failed += 1;
      outcome.details.push(`${fullName}\n  ${name}\n${firstLines(failureMessages.join("\n"))}`);
    }
    const failedAsWhole =
      status === "failed" &&
      !assertionResults.some((/** @type {any} */ { status: result }) => result === "failed");
    if (failedAsWhole) {
      outcome.failed += 1;
      outcome.details.push(`${name}\n${firstLines(message)}`);
    }
  }
  return complete(outcome, code, output);
}

/**
 * Reads Playwright's report. What passed at the second try, where there is one, has passed; it is named all the same.
 *
 * @param {string} file @param {number} code @param {string} output @returns {Outcome} */
export function playwrightOutcome(file, code, output) {
  /** @type {Outcome} */
  const outcome = { passed: 0, failed: 0, details: [] };
  const report = read(file);
  /** @param {any} suite @param {string[]} path */
  const visit = (suite, path) => {
    const here = [...path, suite.title];
    for (const inner of suite.suites ?? []) visit(inner, here);
    for (const spec of suite.specs ?? []) {
      for (const test of spec.tests) {
        const isFlaky = test.status === "flaky";
        if (test.status === "expected" || isFlaky) outcome.passed += 1;
        else if (test.status === "unexpected") outcome.failed += 1;
        if (test.status !== "unexpected" && !isFlaky) continue;
        const messages = test.results.flatMap((/** @type {any} */ result) =>
          result.errors.map((/** @type {any} */ error) => firstLines(error.message ?? "")),
        );
        outcome.details.push(
          [
            `${[...here, spec.title].join(" › ")} (${test.projectName})${isFlaky ? ": passed the second time" : ""}`,
            ...messages,
          ].join("\n"),
        );
      }
    }
  };
  for (const suite of report?.suites ?? []) visit(suite, []);
  const errors = (report?.errors ?? []).map((/** @type {any} */ error) => firstLines(error.message ?? ""));
  return complete(outcome, code, [...errors, output].join("\n"));
}
