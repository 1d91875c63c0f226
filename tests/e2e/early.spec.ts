import type { Page } from "@playwright/test";
import { expect, test } from "@/tests/support/fixtures";
import type { PortalAddresses } from "@/tests/support/portal";
import { callFrame, expectMedia } from "./call";
import { openPractice, stageVisit } from "./practice";
import { signIn } from "./steps";

/** Opens a page whose scripts do not come. @returns what lets them */
async function openWithoutScripts(page: Page, path: string): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route("**/_next/static/chunks/*.js*", async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(path, { waitUntil: "domcontentloaded" });
  return release;
}

/** A visit that is about to be, with its practitioner signed in and its patient waiting. */
async function stage(portal: PortalAddresses, desk: Page, patient: Page) {
  const practice = await openPractice(portal);
  const visit = await stageVisit(portal, practice, { starts: { minutes: 0 } });
  await patient.goto(`/v/${visit.token}`);
  await expect(patient.getByText(`Waiting for ${practice.name}`)).toBeVisible();
  await signIn(desk, practice.account);
  const isOpen = patient.getByText(`${practice.name} has your visit open`);
  return { path: `/agenda/${visit.appointmentId}`, isOpen };
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
    const { path } = await stage(portal, desk, patient);
    const release = await openWithoutScripts(desk, path);
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
    const { path, isOpen } = await stage(portal, desk, patient);
    const release = await openWithoutScripts(desk, path);
    await desk.getByRole("button", { name: "Start visit" }).click();
    await desk.getByRole("button", { name: "All keys" }).click();
    release();
    await expect(desk.getByRole("dialog")).toBeVisible();
    await expect(isOpen).toBeVisible();
    expect(starts()).toBe(0);
  });
});

test("what is typed before the page's scripts have come is kept, and saved", async ({ visitor, portal }) => {
  const [desk, patient] = [await visitor("desktop"), await visitor("phone")];
  const { path } = await stage(portal, desk, patient);
  const notes = desk.getByLabel("Notes of this visit");
  // Into an empty field, and over what was there already.
  for (const text of ["An invented note", "An invented note, and more of it"]) {
    const release = await openWithoutScripts(desk, path);
    await notes.fill(text);
    const saving = desk.waitForResponse(
      (answer) => answer.request().method() === "POST" && answer.url().endsWith(path),
    );
    release();
    expect((await saving).ok()).toBe(true);
    await expect(notes).toHaveValue(text);
    await desk.unrouteAll();
    await desk.reload();
    await expect(notes).toHaveValue(text);
  }
});
