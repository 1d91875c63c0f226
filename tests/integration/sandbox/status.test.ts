import AxeBuilder from "@axe-core/playwright";
import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { launchBrowser, openPage, PATIENCE, PHONE } from "./browser";
import { openSandbox } from "./harness";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe("the status page", () => {
  it("keeps itself up to date and sets a user's status", async () => {
    const sandbox = await openSandbox();
    const page = await openPage(browser, sandbox.url);
    expect(await page.locator("main").innerText()).toContain("No conferences yet");
    const id = await sandbox.createRunning();
    await expect.poll(() => page.locator("main").innerText(), PATIENCE).toContain(id);

    await page.getByLabel("Doctor One (Example)").selectOption("busy");
    await expect.poll(() => sandbox.state.users.find("doctor_one")?.status, PATIENCE).toBe(2);
    expect(page.errors).toEqual([]);
  });

  it.each(["light", "dark"] as const)("can be used by everybody, in %s too", async (colorScheme) => {
    const sandbox = await openSandbox();
    const id = await sandbox.createRunning();
    await sandbox.mint(id);
    await sandbox.control("POST", "/faults", { kind: "latency", ms: 1, match: { path: "/users" } });
    const page = await openPage(browser, sandbox.url, { colorScheme, viewport: PHONE });
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
  });
});
