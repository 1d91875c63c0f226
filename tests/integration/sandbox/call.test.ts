import AxeBuilder from "@axe-core/playwright";
import type { Browser } from "@playwright/test";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addressOf, launchBrowser, openPage, PATIENCE, PHONE, received, stateOf } from "./browser";
import { openSandbox } from "./harness";

const ANN = "2$guest_a*Ann Example";
const BOB = "2$guest_b*Боб Пример";
const CLEO = "2$guest_c*Cleo Sample";

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Two people in a running conference, who see each other. */
async function openCall({ language = "en" } = {}) {
  const sandbox = await openSandbox();
  const id = await sandbox.createRunning();
  const ann = await openPage(browser, await addressOf(sandbox, id, ANN));
  await stateOf(ann, "in-call");
  const bob = await openPage(browser, await addressOf(sandbox, id, BOB, language), { viewport: PHONE });
  await stateOf(bob, "in-call");
  await expect.poll(async () => (await received(ann))[0]?.framesDecoded, PATIENCE).toBeGreaterThan(0);
  await expect.poll(async () => (await received(bob))[0]?.framesDecoded, PATIENCE).toBeGreaterThan(0);
  return { sandbox, id, ann, bob };
}

describe("a call between browsers", () => {
  it("carries picture and sound both ways, on a phone too, until the conference is stopped", async () => {
    const { sandbox, id, ann, bob } = await openCall({ language: "ru" });
    for (const page of [ann, bob])
      await expect.poll(async () => (await received(page))[0]?.audioBytes, PATIENCE).toBeGreaterThan(0);
    expect(await ann.locator("#tiles").innerText()).toContain("Боб Пример");
    expect(await bob.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.width);
    for (const page of [ann, bob]) expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);

    await sandbox.api("POST", `/conferences/${id}/stop`);
    await Promise.all([stateOf(ann, "closed"), stateOf(bob, "closed")]);
    expect(await bob.locator("h1:visible").innerText()).toBe("Звонок завершён");
    expect(await ann.evaluate(() => window.__call.localStream.getTracks().length)).toBe(0);
    expect([...ann.errors, ...bob.errors]).toEqual([]);
  });

  it("joins three people, each with each", async () => {
    const { sandbox, id, ann, bob } = await openCall();
    const cleo = await openPage(browser, await addressOf(sandbox, id, CLEO));
    await stateOf(cleo, "in-call");
    for (const page of [ann, bob, cleo])
      await expect
        .poll(async () => (await received(page)).filter((one) => one.framesDecoded > 0).length, PATIENCE)
        .toBe(2);
    await cleo.close();
    await expect.poll(() => ann.locator(".tile").count(), PATIENCE).toBe(2);
  });

  it("tells the others who is muted, unseen, or shares the screen", async () => {
    const { ann, bob } = await openCall();
    const bobAtAnns = ann.locator('.tile[data-self="false"]');
    await bob.getByRole("button", { name: "Mute" }).click();
    await bob.getByRole("button", { name: "Camera off" }).click();
    await expect.poll(() => bobAtAnns.innerText(), PATIENCE).toContain("microphone off, camera off");
    await bob.getByRole("button", { name: "Unmute" }).click();
    await bob.getByRole("button", { name: "Camera on" }).click();
    await expect.poll(() => bobAtAnns.locator(".off").innerText(), PATIENCE).toBe("");
    const before = (await received(ann))[0]?.framesDecoded ?? 0;
    await expect.poll(async () => (await received(ann))[0]?.framesDecoded, PATIENCE).toBeGreaterThan(before);

    await bob.getByRole("button", { name: "Share screen" }).click();
    await expect.poll(() => bobAtAnns.innerText(), PATIENCE).toContain("sharing the screen");
    await bob.getByRole("button", { name: "Stop sharing" }).click();
    await expect.poll(() => bobAtAnns.locator(".off").innerText(), PATIENCE).toBe("");
  });

  it("comes back by itself after a short drop, with the picture never gone", async () => {
    const { sandbox, ann, bob } = await openCall();
    const inside = () => sandbox.state.rooms.list().map(({ id }) => id);
    const [before, frames] = [inside(), (await received(ann))[0]?.framesDecoded ?? 0];
    await sandbox.control("POST", "/connections/drop");
    await expect.poll(() => sandbox.state.rooms.list().every(({ channel }) => channel), PATIENCE).toBe(true);
    expect(inside()).toEqual(before);
    await expect.poll(async () => (await received(ann))[0]?.framesDecoded, PATIENCE).toBeGreaterThan(frames);
    await bob.getByRole("button", { name: "Mute" }).click();
    await expect.poll(() => ann.locator("#tiles").innerText(), PATIENCE).toContain("microphone off");
  });

  it("makes a media connection anew that broke", async () => {
    const { ann, bob } = await openCall();
    // The connection is gone on one side only, without a word to the other.
    await bob.evaluate(() => window.__call.peers()[0]?.close());
    await expect
      .poll(async () => (await received(bob))[0]?.framesDecoded ?? 0, { ...PATIENCE, timeout: 40_000 })
      .toBeGreaterThan(0);
    await expect.poll(async () => (await received(ann))[0]?.framesDecoded, PATIENCE).toBeGreaterThan(0);
  }, 60_000);

  it("puts the older window out when the same guest comes again", async () => {
    const { sandbox, id, ann, bob } = await openCall();
    const again = await openPage(browser, await addressOf(sandbox, id, BOB));
    await stateOf(again, "in-call");
    await stateOf(bob, "closed");
    expect(await bob.locator("h1:visible").innerText()).toBe("You joined from another place");
    await expect.poll(() => ann.locator(".tile").count(), PATIENCE).toBe(2);
  });

  it("frees the place at once when a page goes away", async () => {
    const { sandbox, bob } = await openCall();
    await bob.goto("about:blank");
    await expect.poll(() => sandbox.state.rooms.list().length, PATIENCE).toBe(1);
  });
});
