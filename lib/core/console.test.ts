import { afterEach, expect, it, vi } from "vitest";
import { logConsole } from "./console";
import { logger } from "./logger";

const console_ = console.error;
afterEach(() => {
  console.error = console_;
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
