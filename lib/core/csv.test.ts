import { describe, expect, it } from "vitest";
import { toCsv } from "./csv";

describe("a table as CSV", () => {
  it.each([
    ["plain", "plain"],
    ["=1+1", "'=1+1"],
    ["+49 30", "'+49 30"],
    ["-1", "'-1"],
    ["@sum", "'@sum"],
    ["\t=1", "'\t=1"],
    ['say "no", twice', '"say ""no"", twice"'],
    ["=a,b", '"\'=a,b"'],
    ["two\nlines", '"two\nlines"'],
    [null, ""],
    [-1.5, "-1.5"],
  ])("%j becomes %j", (value, field) => {
    expect(toCsv([[value]])).toBe(`\uFEFF${field}\r\n`);
  });
});
