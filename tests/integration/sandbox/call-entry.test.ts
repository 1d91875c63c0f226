import AxeBuilder from "@axe-core/playwright";
import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  addressOf,
  frameCall,
  heardBy,
  launchBrowser,
  openPage,
  openPortal,
  PATIENCE,
  PHONE,
  stateOf,
} from "./browser";
import { openSandbox } from "./harness";

const ANN = "2$guest_a*Ann Example";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

describe("the set-up screen", () => {
  it("stays until Join is pressed when nobody is to be brought in by themselves", async () => {
    const sandbox = await openSandbox();
    await sandbox.set({ autojoin: false });
    const id = await sandbox.createRunning();
    const page = await openPage(browser, await addressOf(sandbox, id, ANN), { viewport: PHONE });
    await stateOf(page, "setup");
    await expect.poll(() => page.locator("#pick-audio option").count(), PATIENCE).toBeGreaterThan(1);
    await expect
      .poll(() => page.locator("#level").evaluate((meter: HTMLMeterElement) => meter.value), PATIENCE)
      .toBeGreaterThan(0);
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await page.locator("#pick-audio").selectOption({ index: 1 });
    await page.keyboard.press("Tab");
    await page.getByRole("button", { name: "Join" }).press("Enter");
    await stateOf(page, "in-call");

    // Content with the devices once, the visitor passes the screen by the next time.
    await page.goto("about:blank");
    await page.goto(await addressOf(sandbox, id, ANN));
    await stateOf(page, "in-call");
    expect(page.errors).toEqual([]);
  });

  it("lets people without devices in to watch, and says so", async () => {
    const bare = await launchBrowser({ devices: false });
    try {
      const sandbox = await openSandbox();
      const id = await sandbox.createRunning();
      const page = await openPage(bare, await addressOf(sandbox, id, ANN));
      await stateOf(page, "in-call");
      expect(await page.locator("#notice").innerText()).toContain("You can watch and listen");
      expect(await page.locator("#microphone").isDisabled()).toBe(true);
      expect(await page.locator("#tiles").innerText()).toContain("microphone off, camera off");
    } finally {
      await bare.close();
    }
  });

  it("speaks the browser's language when none is named", async () => {
    const sandbox = await openSandbox();
    const id = await sandbox.createRunning();
    const page = await openPage(browser, await addressOf(sandbox, id, ANN, "auto"), { locale: "ru-RU" });
    await stateOf(page, "in-call");
    expect(await page.locator("#leave").innerText()).toBe("Выйти");
    expect(await page.locator("html").getAttribute("lang")).toBe("ru");
  });
});

describe("in the portal's frame", () => {
  async function openFramed() {
    const portal = await openPortal();
    const sandbox = await openSandbox({ portalOrigins: [portal] });
    const id = await sandbox.createRunning();
    const page = await openPage(browser, portal);
    const expectHeard = (type: string) =>
      expect.poll(() => heardBy(page), PATIENCE).toEqual([{ data: { type }, origin: sandbox.url }]);
    return { sandbox, id, page, expectHeard };
  }

  it("says logout when the visitor leaves", async () => {
    const { sandbox, id, page, expectHeard } = await openFramed();
    const frame = await frameCall(page, await addressOf(sandbox, id, ANN));
    await stateOf(frame, "in-call");
    await frame.getByRole("button", { name: "Leave" }).click();
    await stateOf(frame, "left");
    await expectHeard("logout");
    expect(page.errors).toEqual([]);
  });

  it("says connectionClosed when the conference is stopped", async () => {
    const { sandbox, id, page, expectHeard } = await openFramed();
    const frame = await frameCall(page, await addressOf(sandbox, id, ANN));
    await stateOf(frame, "in-call");
    await sandbox.api("POST", `/conferences/${id}/stop`);
    await stateOf(frame, "closed");
    await expectHeard("connectionClosed");
  });

  it("says loginFail to a late link, a forged one, and one without a credential", async () => {
    const { sandbox, id, page } = await openFramed();
    const late = await addressOf(sandbox, id, ANN);
    const forged = late.replace(/token=\$2./, "token=$2x");
    sandbox.advance(60);
    for (const [index, address] of [late, forged, `${sandbox.url}/webrtc/${id}`].entries()) {
      const frame = await frameCall(page, address);
      await stateOf(frame, "failed");
      expect(await frame.locator("h1:visible").innerText()).toBe("You could not join");
      await expect
        .poll(() => heardBy(page), PATIENCE)
        .toEqual(Array(index + 1).fill({ data: { type: "loginFail" }, origin: sandbox.url }));
    }
  });

  it("fails to reload after the minute, as the link is spent", async () => {
    const { sandbox, id, page, expectHeard } = await openFramed();
    const frame = await frameCall(page, await addressOf(sandbox, id, ANN));
    await stateOf(frame, "in-call");
    const reload = () =>
      Promise.all([page.waitForEvent("framenavigated"), frame.evaluate(() => location.reload())]);
    sandbox.advance(59);
    await reload();
    await stateOf(frame, "in-call");
    sandbox.advance(1);
    await reload();
    await stateOf(frame, "failed");
    await expectHeard("loginFail");
  });

  it("says notSupported in a browser that makes no calls", async () => {
    const { sandbox, id, page, expectHeard } = await openFramed();
    await page.addInitScript(() => Reflect.deleteProperty(window, "RTCPeerConnection"));
    await page.reload();
    const frame = await frameCall(page, await addressOf(sandbox, id, ANN));
    await stateOf(frame, "failed");
    await expectHeard("notSupported");
  });

  it("gives the reason when the conference has not begun", async () => {
    const { sandbox, page, expectHeard } = await openFramed();
    const start = Math.floor(sandbox.state.clock.now() / 1000) + 3600;
    const id = await sandbox.create({ schedule: { type: 1, start_time: start, duration: 1800 } });
    const frame = await frameCall(page, await addressOf(sandbox, id, ANN));
    await stateOf(frame, "failed");
    expect(await frame.locator("#end-text").innerText()).toBe("The call has not begun yet.");
    await expectHeard("loginFail");
  });

  it("does not show in a frame of anybody else's", async () => {
    const { sandbox, id } = await openFramed();
    const page = await openPage(browser, await openPortal());
    await page.evaluate((address) => window.frame(address), await addressOf(sandbox, id, ANN));
    await expect.poll(() => page.errors.join(), PATIENCE).toContain("frame-ancestors");
    expect(sandbox.state.rooms.list()).toEqual([]);
  });
});
