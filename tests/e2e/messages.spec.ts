import type { Page } from "@playwright/test";
import { PDF } from "@/tests/support/files";
import { expect, test } from "@/tests/support/fixtures";
import { openAccount, openPractice, withRows } from "./practice";
import { signIn } from "./steps";
import { stageTalk, writeMessages } from "./talk";

const CHAIN = { timeout: 30_000 };
const listOf = (page: Page) => page.getByRole("region", { name: /^Messages with/ });

async function say(page: Page, text: string): Promise<void> {
  await page.getByLabel("Your message").fill(text);
  await page.getByRole("button", { name: "Send", exact: true }).click();
}

test("two write to each other, live, and see how far it has got", async ({ visitor, portal }) => {
  const practice = await openPractice(portal);
  const account = await openAccount(portal);
  const { conversationId } = await stageTalk(portal, practice, account);
  const practitioner = await visitor("desktop");
  await signIn(practitioner, practice.account);
  const patient = await visitor("phone");
  await signIn(patient, account);
  await patient.goto("/messages");
  await patient.getByRole("button", { name: `Write a message to ${practice.name}` }).click();
  await expect(patient).toHaveURL(new RegExp(`/messages/${conversationId}$`));
  await say(patient, "Good morning\nand thanks");

  const inbox = practitioner.getByRole("link", { name: /^Messages.*1 unread message/ });
  await expect(inbox).toBeVisible(CHAIN);
  await expect(listOf(patient)).toContainText("Sent", CHAIN);
  await inbox.click();
  await practitioner.getByRole("link", { name: /Paula Beispiel.*1 unread message/ }).click();
  await expect(listOf(practitioner)).toContainText("Good morning", CHAIN);
  await expect(listOf(patient)).toContainText("Read", CHAIN);
  await expect(practitioner.getByText("unread message")).toHaveCount(0, CHAIN);
  await say(practitioner, "You are welcome");
  await expect(listOf(patient)).toContainText("You are welcome", CHAIN);
  await expect(listOf(practitioner)).toContainText("Read", CHAIN);
});

test("a dropped line loses nothing and doubles nothing, and a draft is there after a reload", async ({
  visitor,
  portal,
  expectNoise,
}) => {
  expectNoise(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ERR_FAILED/);
  const practice = await openPractice(portal);
  const { conversationId, token } = await stageTalk(portal, practice);
  const patient = await visitor("phone");
  await patient.goto(`/v/${token}/messages`);
  await patient.getByLabel("Your message").fill("Half a sentence");
  await expect(patient.getByLabel("Your message")).toHaveValue("Half a sentence");
  await patient.reload();
  await expect(patient.getByLabel("Your message")).toHaveValue("Half a sentence");

  // What is too long is said and not cut off.
  await patient.getByLabel("Your message").fill("x".repeat(4_001));
  await expect(patient.getByText("1 character too many")).toBeVisible();
  await patient.getByRole("button", { name: "Send", exact: true }).click();
  await expect(patient.getByLabel("Your message")).toHaveValue("x".repeat(4_001));

  const picked = patient.getByRole("list", { name: "Files to be sent" });
  await patient
    .getByLabel("Attach files")
    .setInputFiles([{ name: "r.pdf", mimeType: "application/pdf", buffer: PDF }]);
  await expect(picked.getByText("Ready to be sent")).toBeVisible(CHAIN);
  await patient.context().setOffline(true);
  await say(patient, "While the line is down");
  await expect(listOf(patient)).toContainText("It is sent as soon as there is one", CHAIN);
  await expect(picked).toHaveCount(0);
  // Reloaded before it could be sent: the file goes with its own message and is offered for no other.
  await patient.route("**/messages", (route) =>
    route.request().method() === "POST" ? route.abort() : route.continue(),
  );
  await patient.context().setOffline(false);
  await patient.reload();
  await expect(listOf(patient).getByText("While the line is down")).toHaveCount(1);
  await expect(picked).toHaveCount(0);
  await patient.unroute("**/messages");
  await expect(listOf(patient)).toContainText("Sent", CHAIN);
  await expect(picked).toHaveCount(0);
  await patient.reload();
  await expect(listOf(patient).getByText("While the line is down")).toHaveCount(1);
  await expect(listOf(patient).getByText("r.pdf")).toHaveCount(1);
  expect(await withRows(portal, (database) => database.message.count({ where: { conversationId } }))).toBe(1);
});

test("earlier messages are loaded when asked for, and found by a word", async ({ visitor, portal }) => {
  const practice = await openPractice(portal);
  const talk = await stageTalk(portal, practice);
  const texts = Array.from({ length: 70 }, (_, index) => `Line number ${index + 1} of many`);
  await writeMessages(portal, talk, "patient", texts);
  const practitioner = await visitor("desktop");
  await signIn(practitioner, practice.account);
  await practitioner.goto(`/inbox/${talk.conversationId}`);
  await expect(listOf(practitioner).getByText("Line number 70 of many")).toBeVisible();
  await expect(listOf(practitioner).getByText("Line number 3 of many")).toHaveCount(0);
  await practitioner.getByRole("button", { name: "Earlier messages" }).click();
  await expect(listOf(practitioner).getByText("Line number 3 of many")).toHaveCount(1, CHAIN);
  await expect(practitioner.getByRole("button", { name: "Earlier messages" })).toHaveCount(0);

  await practitioner.getByText("Search this conversation").click();
  await practitioner.getByLabel("A word or a part of one").fill("NUMBER 42");
  await practitioner.getByRole("button", { name: "Search", exact: true }).click();
  await expect(practitioner.getByText("1 message found.")).toBeVisible(CHAIN);
  await expect(practitioner.getByLabel("A word or a part of one")).toHaveValue("NUMBER 42");
});

test("a message is sent without JavaScript too", async ({ browser, portal }) => {
  const practice = await openPractice(portal);
  const { token } = await stageTalk(portal, practice);
  const context = await browser.newContext({
    baseURL: portal.url,
    javaScriptEnabled: false,
    locale: "en-GB",
  });
  const page = await context.newPage();
  await page.goto(`/v/${token}/messages`);
  await say(page, "Plainly");
  await expect(listOf(page)).toContainText("Plainly");
  await say(page, " ");
  await expect(page.getByText("Write something, or attach a file.")).toBeVisible();
  // A hundred kilobytes.
  const long = "x".repeat(102_400);
  await say(page, long);
  await expect(page.getByText("it can have at most 4,000 characters")).toBeVisible();
  await expect(page.getByLabel("Your message")).toHaveValue(long);
  await context.close();
});
