import { describe, expect, it } from "vitest";
import { isUnattended, markUnattended } from "./unattended";

const marked = (pathname: string, given: Record<string, string> = {}): boolean => {
  const headers = new Headers(given);
  markUnattended(headers, pathname);
  return isUnattended(headers);
};

describe("a request that a page makes by itself", () => {
  it.each([
    "/api/live",
    "/api/live/here",
    "/api/hold/leave",
    "/api/visits/0190/arrive",
    "/api/conversations/0190/mark",
  ])("is told by its address: %s", (pathname) => expect(marked(pathname)).toBe(true));

  it.each([
    "/agenda",
    "/api/visits/0190/start",
    "/api/visits/0190/join",
    "/api/conversations/0190/search",
    "/api/live/here/after",
  ])("is no other: %s", (pathname) => expect(marked(pathname)).toBe(false));

  it("may be one for a page that somebody may want later", () => {
    expect(marked("/agenda", { "next-router-prefetch": "1" })).toBe(true);
  });

  it("is not told by what a browser says of it", () => {
    expect(marked("/agenda", { "x-unattended": "1" })).toBe(false);
  });
});
