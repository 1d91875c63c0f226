import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { inRoot } from "@/lib/launcher/paths.mjs";

/*
 * docs/security.md against the standard's numbers (OWASP ASVS 5.0.0, levels 1 and 2), and against the tests that it names.
 */

/** Of each section the last number of levels 1 and 2; those of level 3 come after them. */
const SECTIONS: Readonly<Record<string, number>> = {
  ...{ "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2 },
  ...{ "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1 },
  ...{ "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.7": 2 },
  ...{ "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4 },
  ...{ "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3 },
  ...{ "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.8": 4 },
  ...{ "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2 },
  ...{ "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1 },
  ...{ "9.1": 3, "9.2": 4 },
  ...{ "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3 },
  ...{ "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1 },
  ...{ "12.1": 3, "12.2": 2, "12.3": 4 },
  ...{ "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5 },
  ...{ "14.1": 2, "14.2": 4, "14.3": 3 },
  ...{ "15.1": 3, "15.2": 3, "15.3": 7 },
  ...{ "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3 },
  ...{ "17.1": 1, "17.2": 4, "17.3": 2 },
};

const ANSWERS = ["met", "clinic", "none", "not yet"] as const;
type Answer = (typeof ANSWERS)[number];
type Requirement = { number: string; answer: Answer; tests: string[] };

const document = readFileSync(inRoot("docs/security.md"), "utf8");
const isAnswer = (text: string): text is Answer => ANSWERS.some((answer) => answer === text);

const requirements: Requirement[] = document.split("\n").flatMap((line) => {
  const first = line.split("|")[1]?.trim() ?? "";
  if (!/^\d+\.\d+\.\d+/.test(first)) return [];
  const cells = line.split("|").map((cell) => cell.trim());
  const found = cells[3] ?? "";
  if (!isAnswer(found)) throw new Error(`no answer in: ${line}`);
  const tests = [...(cells[5] ?? "").matchAll(/`([^`]+)`/g)].flatMap(([, path]) => path ?? []);
  return first.split(", ").map((number) => ({ number, answer: found, tests }));
});
const numbered = (answer: Answer) => requirements.filter((one) => one.answer === answer);

describe("docs/security.md", () => {
  it("answers every requirement of levels 1 and 2, each once", () => {
    const wanted = Object.entries(SECTIONS).flatMap(([section, last]) =>
      Array.from({ length: last }, (_, at) => `${section}.${at + 1}`),
    );
    expect(wanted).toHaveLength(253);
    expect(requirements.map(({ number }) => number).toSorted()).toEqual(wanted.toSorted());
  });

  it("names tests that are there, and one for whatever is met", () => {
    const named = [...new Set(requirements.flatMap(({ tests }) => tests))];
    expect(named.filter((path) => !/\.(test|spec)\.tsx?$/.test(path) || !existsSync(inRoot(path)))).toEqual(
      [],
    );
    const bare = numbered("met").filter(({ tests }) => tests.length === 0);
    expect(bare.map(({ number }) => number)).toEqual([]);
  });

  it("leaves little for later, and nothing of who somebody is and what they may", () => {
    const open = numbered("not yet").map(({ number }) => number);
    expect(open.length).toBeLessThanOrEqual(10);
    expect(open.filter((number) => /^[678]\./.test(number))).toEqual([]);
  });

  it("counts right", () => {
    const counts = ANSWERS.map((answer) => `${numbered(answer).length} ${answer}`).join(", ");
    expect(document).toContain(`**In all: ${counts}.**`);
  });

  it("leads to documents that are there", () => {
    const links = [...document.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].flatMap(([, path]) => path ?? []);
    expect(links.length).toBeGreaterThan(1);
    expect(links.filter((path) => !existsSync(inRoot("docs", path)))).toEqual([]);
  });
});
