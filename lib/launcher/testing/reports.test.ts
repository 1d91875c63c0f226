import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { playwrightOutcome, vitestOutcome } from "./reports.mjs";

function report(content: unknown): string {
  const directory = mkdtempSync(join(tmpdir(), "portal-"));
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const file = join(directory, "report.json");
  writeFileSync(file, JSON.stringify(content));
  return file;
}

const assertion = (status: string, fullName: string) => ({
  status,
  fullName,
  failureMessages: ["\u001b[31mno\u001b[39m"],
});
const suite = (status: string, ...assertionResults: ReturnType<typeof assertion>[]) => ({
  testResults: [{ name: "a.test.ts", status, message: "cannot be loaded", assertionResults }],
});

describe("Vitest's report", () => {
  it("is counted test by test, failures by name", () => {
    const file = report(suite("failed", assertion("passed", "a"), assertion("failed", "b")));
    const outcome = vitestOutcome(file, 1, "");
    expect(outcome).toMatchObject({ passed: 1, failed: 1 });
    expect(outcome.details).toEqual(["b\n  a.test.ts\nno"]);
  });

  it("counts a file that cannot be loaded", () => {
    expect(vitestOutcome(report(suite("failed")), 1, "")).toMatchObject({ passed: 0, failed: 1 });
  });

  it("is a failure when something failed outside of any test, when nothing ran, and when there is none", () => {
    expect(vitestOutcome(report(suite("passed", assertion("passed", "a"))), 1, "unhandled")).toEqual({
      passed: 1,
      failed: 1,
      details: ["unhandled"],
    });
    expect(vitestOutcome(report({ testResults: [] }), 0, "")).toMatchObject({ passed: 0, failed: 1 });
    expect(vitestOutcome("/nowhere", 1, "crashed")).toEqual({ passed: 0, failed: 1, details: ["crashed"] });
  });
});

describe("Playwright's report", () => {
  const test = (status: string) => ({
    status,
    projectName: "phone",
    results: [{ errors: [{ message: "not seen" }] }],
  });
  const file = () =>
    report({
      suites: [
        {
          title: "visit.spec.ts",
          specs: [{ title: "opens", tests: [test("expected")] }],
          suites: [
            {
              title: "a call",
              specs: [{ title: "starts", tests: [test("unexpected"), test("flaky"), test("skipped")] }],
            },
          ],
        },
      ],
    });

  it("is counted by what each test came to, and names what passed at the second try", () => {
    const outcome = playwrightOutcome(file(), 1, "");
    expect(outcome).toMatchObject({ passed: 2, failed: 1 });
    expect(outcome.details).toEqual([
      "visit.spec.ts › a call › starts (phone)\nnot seen",
      "visit.spec.ts › a call › starts (phone): passed the second time\nnot seen",
    ]);
  });

  it("is a failure when the set-up failed", () => {
    const failed = report({ suites: [], errors: [{ message: "no portal" }] });
    expect(playwrightOutcome(failed, 1, "")).toMatchObject({
      passed: 0,
      failed: 1,
      details: ["no portal\n"],
    });
  });
});
