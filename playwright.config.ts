import { defineConfig } from "@playwright/test";
import { ownPortal } from "./tests/support/browser-setup";
import { CHROMIUM } from "./tests/support/chromium";

/*
 * Journeys in a real browser, against portals that the set-up starts from the present build: one for each process that runs tests.
 * `npm test -- e2e` makes the build; with a build at hand `npx playwright test` alone will do.
 */
export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/support/browser-setup.ts",
  outputDir: ".cache/browser",
  // Journeys mostly wait. More than two at once would make calls stutter on a small machine.
  workers: 2,
  forbidOnly: true,
  // Where nobody watches, what failed is tried once more and named in the output, see docs/decisions/0023.
  retries: process.env.CI ? 1 : 0,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    // In a process that runs tests; the one that plans them has none.
    baseURL: ownPortal()?.url,
    launchOptions: CHROMIUM,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    // A trace of every test would cost a fifth of the whole run's time: it is kept of a second try, and by `--trace on`.
    trace: "on-first-retry",
    screenshot: "only-on-failure",
  },
  projects: [
    { name: "desktop", grepInvert: /@phone/, use: { viewport: { width: 1280, height: 800 } } },
    {
      name: "phone",
      grep: /@phone|@both/,
      use: { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true },
    },
  ],
});
