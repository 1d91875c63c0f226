import { expect, it } from "vitest";
import { pauseMs } from "./pause";

it.each([
  ["a first letter", { unsavedMs: 0, hasFailed: false }, 1_500],
  ["a letter in the midst of it", { unsavedMs: 6_000, hasFailed: false }, 1_500],
  ["no pause for long", { unsavedMs: 9_500, hasFailed: false }, 500],
  ["no pause for too long", { unsavedMs: 12_000, hasFailed: false }, 0],
  ["a saving that did not get through", { unsavedMs: 0, hasFailed: true }, 5_000],
  ["the same, typing on", { unsavedMs: 9_000, hasFailed: true }, 1_000],
])("after %s", (_what, given, expected) => {
  expect(pauseMs(given)).toBe(expected);
});
