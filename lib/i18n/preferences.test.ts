import { describe, expect, it } from "vitest";
import { returnPath } from "./preferences";

describe("returnPath", () => {
  it.each([
    ["http://localhost:3000/visit/1?from=mail", "localhost:3000", "/visit/1?from=mail"],
    ["http://localhost:3000/", "localhost:3000", "/"],
    ["https://elsewhere.example/visit", "localhost:3000", "/"],
    ["http://localhost:3000//elsewhere.example/", "localhost:3000", "/elsewhere.example/"],
    ["http://localhost:3000/\\elsewhere.example", "localhost:3000", "/elsewhere.example"],
    ["not an address", "localhost:3000", "/"],
    [null, "localhost:3000", "/"],
    ["http://localhost:3000/visit", null, "/"],
  ])("leads from %s at %s to %s", (referer, host, path) => {
    expect(returnPath(referer, host)).toBe(path);
  });
});
