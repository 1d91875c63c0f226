import { afterEach, expect, it, vi } from "vitest";
import { TEST_ENV } from "@/tests/support/env";
import { logConsole } from "./console";
import { newToken } from "./ids";
import { logger } from "./logger";

Object.assign(process.env, TEST_ENV);

const { error: consoleError, warn: consoleWarn } = console;
afterEach(() => {
  Object.assign(console, { error: consoleError, warn: consoleWarn });
  vi.restoreAllMocks();
});

it("logs an error that nobody caught by its kind, its place and its number, and nothing that it quotes", () => {
  const lines: unknown[] = [];
  vi.spyOn(logger(), "error").mockImplementation((...line: unknown[]) => void lines.push(line));
  logConsole();
  const error = Object.assign(new Error("failed"), { digest: "4711" });
  console.error(" ⨯ ", error);
  console.error("words of Next.js");
  expect(lines).toEqual([
    [{ err: error, eventId: "4711" }, "portal: failed"],
    [{ words: "words of Next.js" }, "portal: said to the console"],
  ]);
});

it("says of an address with a link's token all but the token", () => {
  const warn = vi.spyOn(logger(), "warn").mockImplementation(() => undefined);
  logConsole();
  console.warn(`Request body exceeded 10 MB for /v/${newToken()}/messages?a=1. Only the first 10 MB`);
  expect(warn).toHaveBeenCalledWith(
    { words: "Request body exceeded 10 MB for /v/…/messages?a=1. Only the first 10 MB" },
    "portal: said to the console",
  );
});
