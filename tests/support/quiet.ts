import { afterEach, beforeEach, expect } from "vitest";

/*
 * Noise on the console fails the test that made it. A test that expects some takes the method over with `vi.spyOn`, which puts
 * ours back afterwards.
 */
const METHODS = ["log", "info", "warn", "error", "debug"] as const;

const original = Object.fromEntries(METHODS.map((method) => [method, console[method]]));
let noise: string[] = [];

beforeEach(() => {
  noise = [];
  for (const method of METHODS) {
    console[method] = (...words: unknown[]) => noise.push(`console.${method}: ${words.join(" ")}`);
  }
});

afterEach(() => {
  Object.assign(console, original);
  expect(noise, "the console must stay silent").toEqual([]);
});
