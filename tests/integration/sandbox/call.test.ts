import { expect, it } from "vitest";
import { openBrowser, openCall, received, stateOf } from "./browser";
import { openSandbox, type TestSandbox } from "./harness";

const ANN = "2$guest_a*Ann Example";
const BOB = "2$guest_b*Боб Пример";
const PATIENCE = { timeout: 15_000, interval: 200 };

/** The address of a freshly minted way in. */
async function addressOf(sandbox: TestSandbox, id: string, user: string, lang = "en"): Promise<string> {
  const { login, token } = await sandbox.mint(id, user);
  return `${sandbox.url}/webrtc/${id}#login=${encodeURIComponent(login)}&token=${token}&lang=${lang}`;
}

it("lets two browsers see and hear each other, and tells both of the end", async () => {
  const sandbox = await openSandbox();
  const id = await sandbox.createRunning();
  const browser = await openBrowser();
  const ann = await openCall(browser, await addressOf(sandbox, id, ANN));
  await stateOf(ann, "in-call");
  const bob = await openCall(browser, await addressOf(sandbox, id, BOB, "ru"), {
    viewport: { width: 360, height: 640 },
  });
  await stateOf(bob, "in-call");

  for (const page of [ann, bob])
    await expect
      .poll(async () => {
        const [one] = await received(page);
        return one !== undefined && one.framesDecoded > 5 && one.audioBytes > 1000;
      }, PATIENCE)
      .toBe(true);
  if (process.env.SHOTS) {
    await ann.screenshot({ path: `${process.env.SHOTS}/desktop.png` });
    await bob.screenshot({ path: `${process.env.SHOTS}/phone.png` });
  }
  expect(await ann.locator("#tiles").innerText()).toContain("Боб Пример");
  expect(await bob.evaluate(() => document.documentElement.scrollWidth)).toBe(360);

  await sandbox.api("POST", `/conferences/${id}/stop`);
  await Promise.all([stateOf(ann, "closed"), stateOf(bob, "closed")]);
  expect(await bob.locator("h1:visible").innerText()).toBe("Звонок завершён");
  expect([...ann.errors, ...bob.errors]).toEqual([]);
});
