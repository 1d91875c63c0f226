import type { Page } from "@playwright/test";
import { expect, test } from "@/tests/support/fixtures";
import { callFrame, expectMedia } from "./call";
import { atNoon, openAccount, openPractice } from "./practice";
import { bookForNow, linkFromMail, signIn, signInByForm } from "./steps";

/** Whether the page's header can be reached by keys. */
const takesFocus = (page: Page) =>
  page
    .locator("header a")
    .first()
    .evaluate((link) => {
      (link as HTMLElement).focus();
      return document.activeElement === link;
    });

test.describe("a visit by personal link", () => {
  test("waiting room, start, call, reload, leave, rejoin, end", async ({ visitor, portal }) => {
    const patient = await visitor("phone");
    const practice = await openPractice(portal);
    await atNoon(portal, practice);
    const email = await bookForNow(patient, practice.practitionerId);
    await patient.goto(await linkFromMail(portal.mailboxUrl, email));
    await expect(patient.getByText(/^Waiting for Dr /)).toBeVisible();
    await patient.reload();
    await expect(patient.getByText(/^Waiting for Dr /)).toBeVisible();

    const practitioner = await visitor("desktop");
    await signInByForm(practitioner, practice.account);
    const line = practitioner.getByRole("link", { name: new RegExp(email.split("@")[0] ?? "") });
    await expect(line).toContainText("Here since");
    await line.click();

    const clicked = Date.now();
    await practitioner.getByRole("button", { name: "Start visit" }).click();
    const theirs = await callFrame(practitioner);
    const ours = await callFrame(patient);
    await expectMedia(ours);
    test
      .info()
      .annotations.push({ type: "start to first frames (ms)", description: String(Date.now() - clicked) });
    await expectMedia(theirs);
    // Behind the call there is nothing that keys would reach.
    expect(await takesFocus(patient)).toBe(false);
    await expect(line).toContainText("In the visit");

    const firstLink = await patient.locator("iframe").getAttribute("src");
    await patient.reload();
    await expectMedia(await callFrame(patient));
    expect(await patient.locator("iframe").getAttribute("src")).not.toBe(firstLink);

    await patient.getByRole("button", { name: "Leave", exact: true }).click();
    await expect(patient.locator("iframe")).toHaveCount(0);
    expect(await takesFocus(patient)).toBe(true);
    await patient.reload();
    await expect(patient.getByRole("button", { name: "Join the visit" })).toBeVisible();
    await patient.getByRole("button", { name: "Join the visit" }).click();
    const again = await callFrame(patient);
    await expectMedia(again);
    await again.getByRole("button", { name: "Leave" }).click();
    await patient.getByRole("button", { name: "Rejoin the visit" }).click();
    await expectMedia(await callFrame(patient));

    await practitioner.getByRole("button", { name: "End visit" }).click();
    await practitioner.getByRole("dialog").getByRole("button", { name: "End visit" }).click();
    await expect(patient.getByText("Your visit has ended")).toBeVisible();
    await expect(patient.locator("iframe")).toHaveCount(0);
    await expect(practitioner.getByText("The visit has ended.")).toBeVisible();
    await expect(line).toContainText("Finished");
    const state = (await (await fetch(`${portal.sandboxUrl}/_sandbox/state`)).json()) as {
      conferences: { id: string }[];
    };
    expect(state.conferences.map(({ id }) => id)).not.toContain(
      firstLink?.match(/webrtc\/([0-9a-f]{32})/)?.[1],
    );
  });

  test("a second tab of the patient does not throw the first one out", async ({ visitor, portal }) => {
    const first = await visitor("phone");
    const practice = await openPractice(portal);
    await atNoon(portal, practice);
    const email = await bookForNow(first, practice.practitionerId);
    const link = await linkFromMail(portal.mailboxUrl, email);
    await first.goto(link);
    const practitioner = await visitor("desktop");
    await signIn(practitioner, practice.account);
    await practitioner.getByRole("link", { name: new RegExp(email.split("@")[0] ?? "") }).click();
    await practitioner.getByRole("button", { name: "Start visit" }).click();
    await expectMedia(await callFrame(first));

    const second = await first.context().newPage();
    await second.goto(link);
    await expect(second.getByText("You are in this visit in another tab.")).toBeVisible();
    await expectMedia(await callFrame(first));
    await second.getByRole("button", { name: "Join the visit" }).click();
    await expectMedia(await callFrame(second));
    await expect(first.getByText("You are in this visit in another tab.")).toBeVisible();
  });

  test("TrueConf down at the join is said in words and mended by itself", async ({
    visitor,
    portal,
    expectNoise,
  }) => {
    const patient = await visitor("phone");
    expectNoise(/409/);
    const practice = await openPractice(portal);
    await atNoon(portal, practice);
    const email = await bookForNow(patient, practice.practitionerId);
    await patient.goto(await linkFromMail(portal.mailboxUrl, email));
    const practitioner = await visitor("desktop");
    await signIn(practitioner, practice.account);
    await practitioner.getByRole("link", { name: new RegExp(email.split("@")[0] ?? "") }).click();
    await practitioner.getByRole("button", { name: "Start visit" }).click();
    await expectMedia(await callFrame(patient));

    const fault = await fetch(`${portal.sandboxUrl}/_sandbox/faults`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ kind: "html500", match: { path: "/software/clients" } }),
    });
    expect(fault.ok).toBe(true);
    try {
      await patient.reload();
      await expect(patient.getByText("The video service does not answer at the moment.")).toBeVisible();
      await expect(patient.getByText("it is tried again by itself")).toBeVisible();
      await expect(patient.getByRole("main").getByRole("link", { name: /\+49/ })).toBeVisible();
    } finally {
      await fetch(`${portal.sandboxUrl}/_sandbox/faults`, {
        method: "DELETE",
        headers: { "Content-Type": "application/json" },
      });
    }
    await expectMedia(await callFrame(patient));
  });
});

test.describe("a visit by account", () => {
  test("booked, found under My visits, joined", async ({ visitor, portal }) => {
    const patient = await visitor("phone");
    await signIn(patient, await openAccount(portal));
    const practice = await openPractice(portal);
    await bookForNow(patient, practice.practitionerId, { signedIn: true });
    await expect(patient).toHaveURL(/\/visit\/[0-9a-f-]{36}/);
    const visitUrl = new URL(patient.url()).pathname;
    await patient.goto("/visits");
    await patient.locator(`a[href="${visitUrl}"]`).click();
    await expect(patient.getByText(/^Waiting for Dr /)).toBeVisible();

    const practitioner = await visitor("desktop");
    await signIn(practitioner, practice.account);
    await practitioner.goto(`/agenda/${visitUrl.split("/").at(-1)}`);
    await practitioner.getByRole("button", { name: "Start visit" }).click();
    await expectMedia(await callFrame(patient));
    await expectMedia(await callFrame(practitioner));
    await practitioner.getByRole("button", { name: "End visit" }).click();
    await practitioner.getByRole("dialog").getByRole("button", { name: "End visit" }).click();
    await expect(patient.getByText("Your visit has ended")).toBeVisible();
  });
});
