import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "@/tests/support/fixtures";
import type { PortalAddresses } from "@/tests/support/portal";
import { expectCall, markCall } from "./call";
import { atNoon, openPractice, type Practice, type StagedVisit, stageVisit, withRows } from "./practice";
import { signIn } from "./steps";

/** A visit that is due, and its practitioner at a desk. */
async function stage(portal: PortalAddresses, desk: Page) {
  const practice = await openPractice(portal);
  // Its page shows a day.
  await atNoon(portal, practice);
  const visit = await stageVisit(portal, practice, { starts: { minutes: 2 } });
  await signIn(desk, practice.account);
  await desk.goto("/agenda");
  return { practice, visit, start: () => startAt(desk, portal, visit) };
}

/** Starts a visit as the agenda's page would, without a call on the practitioner's side. */
async function startAt(desk: Page, portal: PortalAddresses, { appointmentId }: StagedVisit): Promise<void> {
  const { request } = desk.context();
  const headers = { origin: portal.url };
  const answer = await request.post(`/api/visits/${appointmentId}/start`, { headers, data: {} });
  expect(answer.status(), "start").toBe(200);
}

/** Opens the waiting room, and waits until it is live. */
async function wait(page: Page, practice: Practice, { token }: StagedVisit): Promise<void> {
  await page.goto(`/v/${token}`);
  await expect(page.getByText(`Waiting for ${practice.name}`)).toBeVisible();
}

/** The visit's line in the agenda, which is open at the desk. */
const lineOf = (desk: Page, { appointmentId }: StagedVisit) => desk.locator(`#visit-${appointmentId}`);

const expectHere = (desk: Page, visit: StagedVisit) =>
  expect(lineOf(desk, visit)).toContainText("Here since");
const expectMissed = (desk: Page, visit: StagedVisit) =>
  expect(lineOf(desk, visit)).toContainText("Was here at", { timeout: 5_000 });

test.describe("whoever leaves the waiting room", () => {
  test("is missed within five seconds when the tab is killed", async ({ visitor, portal }) => {
    const desk = await visitor("desktop");
    const { practice, visit } = await stage(portal, desk);
    const patient = await visitor("phone");
    await wait(patient, practice, visit);
    await expectHere(desk, visit);

    const crashed = patient.waitForEvent("crash");
    const session = await patient.context().newCDPSession(patient);
    session.send("Page.crash").catch(() => undefined);
    await crashed;
    const killed = Date.now();
    await expectMissed(desk, visit);
    test.info().annotations.push({ type: "killed to missed (ms)", description: String(Date.now() - killed) });
  });

  test("is missed as soon when another tab holds the browser's stream", async ({ visitor, portal }) => {
    const desk = await visitor("desktop");
    const { practice, visit } = await stage(portal, desk);
    const elsewhere = await visitor("phone");
    await elsewhere.goto(`/practitioners/${practice.practitionerId}`);
    const waiting = await elsewhere.context().newPage();
    await wait(waiting, practice, visit);
    await expectHere(desk, visit);
    await waiting.close();
    await expectMissed(desk, visit);
  });

  test("is not missed for a reload, nor for one of two devices", async ({ visitor, portal }) => {
    const desk = await visitor("desktop");
    const { practice, visit } = await stage(portal, desk);
    const [phone, laptop] = [await visitor("phone"), await visitor("desktop")];
    await wait(phone, practice, visit);
    await wait(laptop, practice, visit);
    await expectHere(desk, visit);
    await phone.reload();
    await laptop.close();
    await expect(phone.getByText(`Waiting for ${practice.name}`)).toBeVisible();
    await expectHere(desk, visit);
    const attendances = await withRows(portal, (database) =>
      database.attendance.findMany({
        where: { encounter: { appointmentId: visit.appointmentId }, side: "patient" },
      }),
    );
    expect(attendances.map(({ source, toAt }) => ({ source, toAt }))).toEqual([
      { source: "portal", toAt: null },
    ]);
  });
});

test.describe("the waiting room", () => {
  test("says when, who is there and what they say", async ({ visitor, portal }) => {
    const desk = await visitor("desktop");
    const { practice, visit } = await stage(portal, desk);
    await withRows(portal, async (database, now) => {
      const { id } = await database.encounter.findUniqueOrThrow({
        where: { appointmentId: visit.appointmentId },
      });
      const createdAt = new Date(now.epochMilliseconds);
      await database.waitingMessage.create({
        data: { id: randomUUID(), encounterId: id, kind: "soon", createdAt },
      });
    });
    const patient = await visitor("phone");
    await wait(patient, practice, visit);
    await expect(patient.getByText(/^Expected start: \d\d:\d\d$/)).toBeVisible();
    await expect(patient.getByText("I’ll be with you soon.")).toBeVisible();
    await expect(patient.getByText(`${practice.name} is not here yet`)).toBeVisible();
    await desk.goto(`/agenda/${visit.appointmentId}`);
    await expect(patient.getByText(`${practice.name} has your visit open`)).toBeVisible();
    await desk.goto("/agenda");
    await expect(patient.getByText(`${practice.name} is not here yet`)).toBeVisible({ timeout: 5_000 });
    const overflow = await patient.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  });

  test("moves the expected start when the visit before begins late", async ({ visitor, portal }) => {
    const desk = await visitor("desktop");
    const practice = await openPractice(portal);
    const before = await stageVisit(portal, practice, { starts: { minutes: -3 } });
    const visit = await stageVisit(portal, practice, { starts: { minutes: 7 } });
    await signIn(desk, practice.account);
    const patient = await visitor("phone");
    await wait(patient, practice, visit);
    await expect(patient.getByText(/^Expected start: \d/)).toBeVisible();
    await startAt(desk, portal, before);
    await expect(patient.getByText(/^Expected start: about \d/)).toBeVisible();
    await expect(patient.getByText(`${practice.name} is running about`)).toBeVisible();
  });

  test("catches up after the network was lost, and brings in by itself whoever it was started for", async ({
    visitor,
    portal,
    expectNoise,
  }) => {
    expectNoise(/ERR_INTERNET_DISCONNECTED/);
    const desk = await visitor("desktop");
    const { practice, visit, start } = await stage(portal, desk);
    const patient = await visitor("phone");
    await wait(patient, practice, visit);
    await patient.reload();
    await expectHere(desk, visit);
    await patient.context().setOffline(true);
    await expect(patient.getByText("This device is offline")).toBeVisible();
    await expectMissed(desk, visit);
    await start();
    await expect(patient.getByText(`Waiting for ${practice.name}`)).toBeVisible();
    await patient.context().setOffline(false);
    await expect(patient.locator("iframe")).toBeVisible();
    await expect(patient.getByText("This device is offline")).toBeHidden();
  });

  test("has one of two devices in the call, and moves it to the other when asked", async ({
    visitor,
    portal,
    expectNoise,
  }) => {
    expectNoise(/409/);
    const desk = await visitor("desktop");
    const { practice, visit } = await stage(portal, desk);
    const devices = [await visitor("phone"), await visitor("desktop")];
    for (const device of devices) await wait(device, practice, visit);
    await desk.goto(`/agenda/${visit.appointmentId}`);
    await desk.getByRole("button", { name: "Start visit" }).click();
    const elsewhere = (device: Page) => device.getByText("You are in this visit on another device.");
    await expect(async () => {
      const frames = await Promise.all(devices.map((device) => device.locator("iframe").count()));
      expect(frames.toSorted()).toEqual([0, 1]);
    }).toPass();
    const isInside = (await devices[0]?.locator("iframe").count()) === 1;
    const [inside, outside] = isInside ? devices : devices.toReversed();
    if (!inside || !outside) throw new Error("two devices were opened");
    await expect(elsewhere(outside)).toBeVisible();
    await expectCall(inside, desk);
    await outside.getByRole("button", { name: "Join the visit" }).click();
    await expect(outside.locator("iframe")).toBeVisible();
    // The one that was put out does not come back by itself.
    await expect(elsewhere(inside)).toBeVisible();
    await expect(inside.locator("iframe")).toHaveCount(0);
    await markCall(desk);
    await expectCall(outside, desk);
  });

  test("asks for a touch only where the browser would be silent without", async ({ visitor, portal }) => {
    const desk = await visitor("desktop");
    const { practice, visit, start } = await stage(portal, desk);
    const patient = await visitor("phone");
    await patient.addInitScript(() => {
      // Playwright's own questions to the page count as touches in Chromium; a person's do here.
      let touched = false;
      addEventListener("pointerdown", () => (touched = true), true);
      Object.defineProperty(navigator, "userActivation", {
        get: () => ({ hasBeenActive: touched, isActive: touched }),
      });
      navigator.permissions.query = async () => ({ state: "denied" }) as PermissionStatus;
    });
    await wait(patient, practice, visit);
    await expect(patient.getByText("One touch, please")).toBeVisible();
    await start();
    await expect(patient.getByText("Touch the button to join")).toBeVisible();
    await expect(patient.locator("iframe")).toHaveCount(0);
    await patient.getByRole("button", { name: "Join the visit" }).click();
    await expect(patient.locator("iframe")).toBeVisible();
    await expect(patient.getByText("This page may not use your microphone.")).toBeVisible();
  });

  test("says when it cannot be followed any more", async ({ visitor, portal }) => {
    const desk = await visitor("desktop");
    const { practice, visit } = await stage(portal, desk);
    const patient = await visitor("phone");
    await wait(patient, practice, visit);
    await expectHere(desk, visit);
    await withRows(portal, (database, now) =>
      database.accessLink.updateMany({
        where: { appointmentId: visit.appointmentId },
        data: { revokedAt: new Date(now.epochMilliseconds) },
      }),
    );
    // Coming and going of the practitioner is a change, with which the page's right is asked anew.
    await desk.goto(`/agenda/${visit.appointmentId}`);
    await expect(patient.getByText("This page can no longer be followed")).toBeVisible();
  });
});

test.describe("the check of camera and sound", () => {
  test("in the waiting room is told to the practitioner, and gives the devices back", async ({
    visitor,
    portal,
  }) => {
    const desk = await visitor("desktop");
    const { practice, visit } = await stage(portal, desk);
    const patient = await visitor("phone");
    await wait(patient, practice, visit);
    const devices = patient.getByRole("region", { name: "Camera and sound" });
    await expect(devices).toContainText("Not checked for this visit yet");
    await devices.getByRole("button", { name: "Check camera and sound" }).click();
    await expect(devices.getByText("You are ready")).toBeVisible();
    await expect(devices.getByText("We can hear you.")).toBeVisible();
    await expect(devices).toContainText(
      /Camera, microphone and connection work · Checked: (\w+ \d+ \w+, )?\d\d:\d\d/,
    );
    await devices.getByRole("button", { name: "Play the test tone" }).click();
    await devices.getByRole("button", { name: "No", exact: true }).click();
    await expect(devices).toContainText("Something needs your attention");
    await expect(lineOf(desk, visit)).toContainText("Devices not ready");
    await devices.getByRole("button", { name: "Close the check" }).click();
    await expect(devices.locator("video")).toHaveCount(0);
    const stored = await withRows(portal, (database) =>
      database.deviceCheck.findFirst({ where: { encounter: { appointmentId: visit.appointmentId } } }),
    );
    expect(stored).toMatchObject({ outcome: "not_ready", camera: true, microphone: true, speaker: false });
  });

  test("has a page of its own for each visit", async ({ visitor, portal }) => {
    const desk = await visitor("desktop");
    const { practice, visit } = await stage(portal, desk);
    const patient = await visitor("phone");
    await patient.goto(`/v/${visit.token}/check`);
    await patient.getByRole("button", { name: "Start the check" }).click();
    await expect(patient.getByText("Your practitioner sees this result.")).toBeVisible();
    await patient.getByRole("link", { name: "Back to your visit" }).click();
    await expect(patient.getByText(`Waiting for ${practice.name}`)).toBeVisible();
    await expect(patient.getByText("Camera, microphone and connection work")).toBeVisible();
  });
});
