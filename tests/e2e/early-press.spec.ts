import type { Page } from "@playwright/test";
import { expect, test } from "@/tests/support/fixtures";
import type { PortalAddresses } from "@/tests/support/portal";
import { callFrame, expectMedia } from "./call";
import { openPractice, stageVisit } from "./practice";
import { signIn } from "./steps";

/** A practitioner's page of a visit whose scripts do not come before `release`; its patient waits. */
async function openWithoutScripts(portal: PortalAddresses, desk: Page, patient: Page) {
  const practice = await openPractice(portal);
  const visit = await stageVisit(portal, practice, { starts: { minutes: 0 } });
  await patient.goto(`/v/${visit.token}`);
  await expect(patient.getByText(`Waiting for ${practice.name}`)).toBeVisible();
  await signIn(desk, practice.account);
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await desk.route("**/_next/static/chunks/*.js*", async (route) => {
    await released;
    await route.continue();
  });
  await desk.goto(`/agenda/${visit.appointmentId}`, { waitUntil: "domcontentloaded" });
  return { release, isLive: patient.getByText(`${practice.name} has your visit open`) };
}

/** How often a page has asked to start a visit. */
function countStarts(page: Page): () => number {
  let starts = 0;
  page.on("request", (request) => {
    if (request.method() === "POST" && request.url().endsWith("/start")) starts += 1;
  });
  return () => starts;
}

test.describe("a button that is pressed before the page's scripts have come", () => {
  test("does once what it says as soon as they have", async ({ visitor, portal }) => {
    const [desk, patient] = [await visitor("desktop"), await visitor("phone")];
    const starts = countStarts(desk);
    const { release } = await openWithoutScripts(portal, desk, patient);
    const start = desk.getByRole("button", { name: "Start visit" });
    await start.click();
    await start.click();
    release();
    await expectMedia(await callFrame(patient));
    await expectMedia(await callFrame(desk));
    expect(starts()).toBe(1);
  });

  test("does nothing once something else was pressed", async ({ visitor, portal }) => {
    const [desk, patient] = [await visitor("desktop"), await visitor("phone")];
    const starts = countStarts(desk);
    const { release, isLive } = await openWithoutScripts(portal, desk, patient);
    await desk.getByRole("button", { name: "Start visit" }).click();
    await desk.getByRole("button", { name: "All keys" }).click();
    release();
    await expect(desk.getByRole("dialog")).toBeVisible();
    await expect(isLive).toBeVisible();
    expect(starts()).toBe(0);
  });
});
