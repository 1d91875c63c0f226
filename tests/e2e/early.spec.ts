import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { inRoot } from "@/lib/launcher/paths.mjs";
import { expect, test } from "@/tests/support/fixtures";
import type { PortalAddresses } from "@/tests/support/portal";
import { callFrame, expectMedia } from "./call";
import { openPractice, stageVisit } from "./practice";
import { holdBack, signIn } from "./steps";
import { stageTalk } from "./talk";

/** The scripts that every page has. */
const FRAME = new Set(
  JSON.parse(readFileSync(inRoot(".next", "build-manifest.json"), "utf8")).rootMainFiles as string[],
);

/**
 * Opens a page whose scripts do not come.
 *
 * @param held those of this page alone: React is there, and waits for what the page consists of
 * @returns what lets them come
 */
async function openWithoutScripts(page: Page, path: string, held: "all" | "own" = "all") {
  const release = await holdBack(
    page,
    ({ pathname }) =>
      /\/static\/chunks\/[^/]+\.js$/.test(pathname) &&
      (held === "all" || !FRAME.has(pathname.replace("/_next/", ""))),
  );
  await page.goto(path, { waitUntil: "domcontentloaded" });
  if (held === "own") await page.waitForFunction(() => "next" in window);
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
  for (const { held, when } of [
    { held: "all", when: "any of them" },
    { held: "own", when: "those of the page itself" },
  ] as const)
    test(`does once what it says, pressed before ${when}`, async ({ visitor, portal }) => {
      const [desk, patient] = [await visitor("desktop"), await visitor("phone")];
      const starts = countStarts(desk);
      const { path } = await stage(portal, desk, patient);
      const release = await openWithoutScripts(desk, path, held);
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

  test("stays where it is as they come", async ({ visitor, portal }) => {
    const [desk, patient] = [await visitor("desktop"), await visitor("phone")];
    const { path, isOpen } = await stage(portal, desk, patient);
    const release = await openWithoutScripts(desk, path);
    const start = desk.getByRole("button", { name: "Start visit" });
    const before = await start.boundingBox();
    release();
    await expect(isOpen).toBeVisible();
    await expect(desk.getByText("Should begin any moment")).toBeVisible();
    expect(await start.boundingBox()).toEqual(before);
  });
});

test.describe("what is typed before the page's scripts have come", () => {
  test("is kept and saved, also over what was there", async ({ visitor, portal }) => {
    const [desk, patient] = [await visitor("desktop"), await visitor("phone")];
    const { path } = await stage(portal, desk, patient);
    const notes = desk.getByLabel("Notes of this visit");
    for (const text of ["An invented note", "Another invented note", ""]) {
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

  test("goes on with what is typed while they come", async ({ visitor, portal }) => {
    const [desk, patient] = [await visitor("desktop"), await visitor("phone")];
    const { path } = await stage(portal, desk, patient);
    const release = await openWithoutScripts(desk, path);
    const notes = desk.getByLabel("Notes of this visit");
    await notes.pressSequentially("An invented note ");
    release();
    const more = "of which much is typed while the page comes to life";
    await notes.pressSequentially(more, { delay: 20 });
    await expect(desk.getByText("Saved.", { exact: true })).toBeVisible();
    await expect(notes).toHaveValue(`An invented note ${more}`);
  });

  test("stands below a message that was not sent yet", async ({ visitor, portal }) => {
    const practice = await openPractice(portal);
    const talk = await stageTalk(portal, practice);
    const desk = await visitor("desktop");
    await signIn(desk, practice.account);
    const path = `/inbox/${talk.conversationId}`;
    await desk.goto(path);
    const message = desk.getByLabel("Your message");
    await message.fill("An invented beginning");
    // What is kept is kept by the page's own scripts.
    await desk.waitForFunction(() => JSON.stringify(sessionStorage).includes("An invented beginning"));
    const release = await openWithoutScripts(desk, path);
    await message.pressSequentially("and more");
    release();
    await expect(message).toHaveValue("An invented beginning\nand more");
  });
});
