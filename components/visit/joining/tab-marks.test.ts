import { afterEach, describe, expect, it, vi } from "vitest";
import { hasLeft, markIn, markLeft, wasIn } from "./tab-marks";

const kept = new Map<string, string>();
const STORAGE = {
  getItem: (key: string) => kept.get(key) ?? null,
  setItem: (key: string, value: string) => void kept.set(key, value),
  removeItem: (key: string) => void kept.delete(key),
};
/** As in Chrome with all data of sites blocked: the storage cannot even be looked at. */
const blockStorage = () =>
  Object.defineProperty(globalThis, "sessionStorage", {
    configurable: true,
    get: () => {
      throw new DOMException("The operation is insecure.", "SecurityError");
    },
  });

afterEach(() => {
  Reflect.deleteProperty(globalThis, "sessionStorage");
  vi.unstubAllGlobals();
});

describe("what a tab remembers of a call", () => {
  it("is kept by the browser over a reload", () => {
    vi.stubGlobal("sessionStorage", STORAGE);
    markLeft("a", true);
    markIn("b", true);
    expect([...kept.keys()]).toEqual(["visit-left:a", "visit-in:b"]);
    expect([hasLeft("a"), wasIn("a"), hasLeft("b"), wasIn("b")]).toEqual([true, false, false, true]);
    markLeft("a", false);
    expect(hasLeft("a")).toBe(false);
    kept.set("visit-left:earlier", "1");
    expect(hasLeft("earlier")).toBe(true);
  });

  it("is kept by the page where the browser keeps nothing", () => {
    blockStorage();
    expect(hasLeft("c")).toBe(false);
    markLeft("c", true);
    expect(hasLeft("c")).toBe(true);
    markLeft("c", false);
    expect(hasLeft("c")).toBe(false);
  });
});
