import type { Locator, Page } from "@playwright/test";
import { PDF, PNG } from "@/tests/support/files";
import { expect, test } from "@/tests/support/fixtures";
import { callFrame, expectMedia } from "./call";
import { openAccount, openPractice, type Practice, stageVisit } from "./practice";
import { signIn } from "./steps";
import { stageTalk } from "./talk";

const picture = { name: "knee.png", mimeType: "image/png", buffer: PNG };
const report = { name: "report.pdf", mimeType: "application/pdf", buffer: PDF };

/** What a chain of upload, job and live stream may take on a laden machine. */
const CHAIN = { timeout: 45_000 };

const messagesOf = (page: Page): Locator => page.getByRole("region", { name: /^Messages with/ });
const cardOf = (page: Page): Locator => page.getByRole("region", { name: "Video visit" });

/** Chooses files, waits until the portal has them, and sends them. */
async function sendFiles(page: Page, text: string, files: (typeof picture)[]): Promise<void> {
  await page.getByLabel("Attach files").setInputFiles(files);
  const picked = page.getByRole("list", { name: "Files to be sent" });
  await expect(picked.getByText("Ready to be sent")).toHaveCount(files.length, CHAIN);
  await page.getByLabel("Your message").fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(picked).toHaveCount(0);
}

/** Whether the browser has drawn it, rather than the sign for a picture that is none. */
const expectDrawn = (image: Locator) =>
  expect
    .poll(() => image.evaluate((element) => (element as HTMLImageElement).naturalWidth), CHAIN)
    .toBeGreaterThan(0);

async function signInTo(page: Page, practice: Practice, conversationId: string): Promise<void> {
  await signIn(page, practice.account);
  await page.goto(`/inbox/${conversationId}`);
}

test("files go both ways, one click makes a visit of it, and its card lives through that", async ({
  visitor,
  portal,
}) => {
  test.setTimeout(180_000);
  const practice = await openPractice(portal);
  const account = await openAccount(portal);
  const { conversationId } = await stageTalk(portal, practice, account);
  const patient = await visitor("phone");
  await signIn(patient, account);
  await patient.goto(`/messages/${conversationId}`);
  const practitioner = await visitor("desktop");
  await signInTo(practitioner, practice, conversationId);

  await sendFiles(patient, "My knee", [picture, report]);
  for (const page of [patient, practitioner]) {
    await expect(messagesOf(page).getByText("My knee")).toBeVisible(CHAIN);
    await expectDrawn(messagesOf(page).getByRole("img", { name: picture.name }));
    await expect(messagesOf(page).getByRole("link", { name: `Download ${report.name}` })).toBeVisible(CHAIN);
  }
  const downloading = practitioner.waitForEvent("download");
  await messagesOf(practitioner)
    .getByRole("link", { name: `Download ${report.name}` })
    .click();
  expect((await downloading).suggestedFilename()).toBe(report.name);
  await sendFiles(practitioner, "", [{ ...report, name: "exercises.pdf" }]);
  await expect(messagesOf(patient).getByRole("link", { name: "Download exercises.pdf" })).toBeVisible(CHAIN);
  await patient.getByText("3 files in this conversation").click();
  await expect(patient.getByRole("link", { name: report.name, exact: true })).toBeVisible();

  await practitioner.getByRole("button", { name: "Start video" }).click();
  await expect(practitioner).toHaveURL(/\/agenda\/[0-9a-f-]{36}$/);
  await expect(cardOf(patient)).toContainText("is waiting for you", CHAIN);
  await cardOf(patient).getByRole("link", { name: "Join" }).click();
  await expect(patient).toHaveURL(/\/visit\/[0-9a-f-]{36}$/);
  await expectMedia(await callFrame(patient));
  await expectMedia(await callFrame(practitioner));

  await practitioner.getByRole("button", { name: "End visit" }).click();
  await practitioner.getByRole("dialog").getByRole("button", { name: "End visit" }).click();
  await expect(patient.getByText("Your visit has ended")).toBeVisible(CHAIN);
  for (const [page, path] of [
    [patient, `/messages/${conversationId}`],
    [practitioner, `/inbox/${conversationId}`],
  ] as const) {
    await page.goto(path);
    await expect(cardOf(page)).toContainText(/It took \d+ minutes?\./, CHAIN);
    await expect(cardOf(page).getByRole("link")).toHaveCount(0);
  }
});

test("whoever reads by the link of an earlier visit joins by the card as well", async ({
  visitor,
  portal,
}) => {
  test.setTimeout(180_000);
  const practice = await openPractice(portal);
  const { conversationId, token } = await stageTalk(portal, practice);
  const patient = await visitor("phone");
  await patient.goto(`/v/${token}/messages`);
  await sendFiles(patient, "Here it is", [picture]);
  await expectDrawn(messagesOf(patient).getByRole("img", { name: picture.name }));

  const practitioner = await visitor("desktop");
  await signInTo(practitioner, practice, conversationId);
  await practitioner.getByRole("button", { name: "Start video" }).click();
  await expect(cardOf(patient)).toContainText("is waiting for you", CHAIN);
  await cardOf(patient).getByRole("button", { name: "Join" }).click();
  await expect(patient).toHaveURL(
    (url) => /^\/v\/[\w-]{43}$/.test(url.pathname) && !url.href.includes(token),
  );
  await expectMedia(await callFrame(patient));
  await expectMedia(await callFrame(practitioner));
});

test("a file that cannot be sent says why and can be taken away, and what cannot be started says why", async ({
  visitor,
  portal,
  expectNoise,
}) => {
  expectNoise(/415/);
  const practice = await openPractice(portal);
  const { conversationId } = await stageTalk(portal, practice);
  const practitioner = await visitor("desktop");
  await signInTo(practitioner, practice, conversationId);
  const picked = practitioner.getByRole("list", { name: "Files to be sent" });
  await practitioner.getByLabel("Attach files").setInputFiles([{ ...report, name: "lies.png" }, report]);
  await expect(picked).toContainText("not what its name says", CHAIN);
  await expect(picked.getByText("Ready to be sent")).toHaveCount(1, CHAIN);
  await practitioner.getByRole("button", { name: "Remove lies.png" }).click();
  // What was uploaded is there after a reload too, and can be taken back.
  await practitioner.reload();
  await expect(picked.getByText("Ready to be sent")).toHaveCount(1);
  await practitioner.getByRole("button", { name: `Remove ${report.name}` }).click();
  await expect(picked).toHaveCount(0);

  await stageVisit(portal, practice, { starts: { minutes: 5 } });
  await practitioner.getByRole("button", { name: "Start video" }).click();
  await expect(practitioner.getByText("Your next visit begins in less than ten minutes.")).toBeVisible();
  await expect(cardOf(practitioner)).toHaveCount(0);
});
