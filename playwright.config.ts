import { defineConfig } from "@playwright/test";
import { CHROMIUM } from "./tests/support/chromium";

/*
 * Journeys in a real browser, against one portal that the set-up starts from the present build. `npm test -- e2e` makes the build; with a
 * build at hand `npx playwright test` alone will do.
 */
export default defineConfig({
  testDir: "tests/e2e",
  globalSetup: "./tests/support/browser-setup.ts",
  outputDir: ".cache/browser",
  // One portal, one clinic: two tests at once would book each other's times away.
  workers: 1,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: "list",
  use: {
    // Set by the set-up, which the processes of the tests come after.
    baseURL: process.env.TEST_PORTAL_URL,
    launchOptions: CHROMIUM,
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    trace: "retain-on-failure",
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
