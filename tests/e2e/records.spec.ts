import { AxeBuilder } from "@axe-core/playwright";
import type { Locator, Page } from "@playwright/test";
import { notePlace } from "@/lib/records/constants";
import { unseal } from "@/lib/security/seal";
import { expect, test } from "@/tests/support/fixtures";
import type { PortalAddresses } from "@/tests/support/portal";
import { callFrame, expectMedia } from "./call";
import { atNoon, openPractice, type StagedVisit, stageVisit, withRows } from "./practice";
import { signIn } from "./steps";

/** What a chain of action and live stream may take on a laden machine. */
const CHAIN = { timeout: 30_000 };

const sourceOf = (page: Page) => page.locator("iframe").getAttribute("src");
const boxOf = async (element: Locator) => {
  const box = await element.boundingBox();
  if (!box) throw new Error("it is not shown");
  return box;
};

/** What the portal has of a visit's note. */
const noteOf = (portal: PortalAddresses, { appointmentId }: StagedVisit) =>
  withRows(portal, async (database) => {
    const note = await database.visitNote.findFirst({
      where: { encounter: { appointmentId } },
      orderBy: { version: "desc" },
    });
    return note && unseal({ keyId: note.textKeyId, sealed: note.textSealed }, notePlace(note.id));
  });

test("notes, chat and summary are written beside the call, and its patient reads and answers on the page of the call", async ({
  visitor,
  portal,
}) => {
  test.setTimeout(180_000);
  const practice = await openPractice(portal);
  await atNoon(portal, practice);
  const visit = await stageVisit(portal, practice, { starts: { minutes: 0 } });
  const next = await stageVisit(portal, practice, { starts: { minutes: 20 } });
  const patient = await visitor("phone");
  await patient.goto(`/v/${visit.token}`);
  const practitioner = await visitor("desktop");
  await signIn(practitioner, practice.account);
  await practitioner.goto(`/agenda/${visit.appointmentId}`);
  await expect(practitioner.getByText("It can be written as soon as the visit has begun.")).toBeVisible();

  // Said once the practitioner's page is live: a button that is pressed before that does nothing.
  await expect(patient.getByText(`${practice.name} has your visit open`)).toBeVisible(CHAIN);
  await practitioner.getByRole("button", { name: "Start visit" }).click();
  await expectMedia(await callFrame(patient));
  await expectMedia(await callFrame(practitioner));
  const calls = [await sourceOf(practitioner), await sourceOf(patient)];
  const notes = practitioner.getByLabel("Notes of this visit");
  const video = await boxOf(practitioner.locator("iframe"));
  expect((await boxOf(notes)).x).toBeGreaterThanOrEqual(video.x + video.width);

  await notes.fill("An invented note");
  await expect(practitioner.getByText("Saved.", { exact: true })).toBeVisible(CHAIN);

  await practitioner.getByRole("button", { name: "Write a message" }).click();
  await practitioner.getByLabel("Your message").fill("Can you hear me?");
  await practitioner.getByRole("button", { name: "Send", exact: true }).click();
  const chat = patient.getByRole("button", { name: /^Chat/ });
  await expect(chat).toHaveAccessibleName(/1 unread message/, CHAIN);
  await chat.click();
  const panel = patient.getByRole("dialog", { name: "Chat" });
  await expect(panel).toContainText("Can you hear me?");
  await panel.getByLabel("Your message").fill("Yes, well");
  await panel.getByRole("button", { name: "Send", exact: true }).click();
  await expect(practitioner.getByText("Yes, well")).toBeVisible(CHAIN);
  const { violations } = await new AxeBuilder({ page: patient }).exclude("iframe").analyze();
  expect(violations).toEqual([]);
  await patient.keyboard.press("Escape");
  await expect(panel).toHaveCount(0);
  await expect(chat).toBeFocused();
  await patient.getByRole("button", { name: /^Who is in/ }).click();
  await expect(patient.getByRole("dialog", { name: "Who is in" })).toContainText(practice.name);

  const summary = practitioner.getByLabel("Summary", { exact: true });
  await summary.fill("An invented draft");
  await practitioner.getByRole("button", { name: "Save the draft" }).click();
  await expect(practitioner.getByText("The draft is saved.")).toBeVisible(CHAIN);
  expect([await sourceOf(practitioner), await sourceOf(patient)]).toEqual(calls);

  await practitioner.getByRole("button", { name: "End visit" }).click();
  await practitioner.getByRole("dialog").getByRole("button", { name: "End visit" }).click();
  await expect(patient.getByText("Your visit has ended")).toBeVisible(CHAIN);
  await patient.getByLabel("5 – very good").check(CHAIN);
  await patient.getByRole("button", { name: "Send", exact: true }).last().click();
  await expect(patient.getByText("Thank you.", { exact: true })).toBeVisible(CHAIN);

  await summary.fill("An invented summary");
  await practitioner.getByRole("button", { name: "Sign and send" }).click();
  await practitioner.getByRole("button", { name: "Sign", exact: true }).click();
  await expect(practitioner.getByText(/^Signed by/)).toBeVisible(CHAIN);
  await expect(patient.getByText("An invented summary")).toBeVisible(CHAIN);
  const downloading = patient.waitForEvent("download");
  await patient.getByRole("link", { name: "Download as PDF" }).click();
  expect((await downloading).suggestedFilename()).toMatch(/\.pdf$/);

  // Whoever goes on to the next visit in the midst of a word leaves it saved.
  await notes.fill("An invented note, and more");
  await practitioner.locator(`#visit-${next.appointmentId}`).click();
  await practitioner.waitForURL(`**/agenda/${next.appointmentId}`);
  await expect(notes).toHaveValue("");
  await expect.poll(() => noteOf(portal, visit), CHAIN).toBe("An invented note, and more");
  await practitioner.goBack();
  await practitioner.waitForURL(`**/agenda/${visit.appointmentId}`);
  await expect(notes).toHaveValue("An invented note, and more", CHAIN);
  await notes.fill("An invented note, and no more");
  await expect(practitioner.getByText("Saved.", { exact: true })).toBeVisible(CHAIN);
  await practitioner.reload();
  await expect(notes).toHaveValue("An invented note, and no more");
});
