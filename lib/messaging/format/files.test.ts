import { expect, it } from "vitest";
import { FILE_RULES, sizeOf } from "./files";

it.each([
  [1, { unit: "KB", size: 1 }],
  [1_500, { unit: "KB", size: 1 }],
  [200_000, { unit: "KB", size: 195 }],
  [1024 * 1024, { unit: "MB", size: 1 }],
  [5_300_000, { unit: "MB", size: 5.1 }],
])("%i bytes", (bytes, expected) => {
  expect(sizeOf(bytes)).toEqual(expected);
});

it("offers every ending once", () => {
  const endings = FILE_RULES.accept.split(",");
  expect(endings).toContain(".pdf");
  expect(new Set(endings).size).toBe(endings.length);
});
