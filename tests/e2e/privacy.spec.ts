import { readFileSync } from "node:fs";
import { expect } from "@playwright/test";
import { strFromU8, unzipSync } from "fflate";
import { test } from "@/tests/support/fixtures";
import { openAccount, openPractice, stageVisit } from "./practice";
import { linkFromMail, signIn } from "./steps";

test("a patient asks for a copy of their data, gets a mail, and fetches it once", async ({
  visitor,
  portal,
}) => {
  const account = await openAccount(portal);
  const practice = await openPractice(portal);
  await stageVisit(portal, practice, { starts: { hours: 30 }, patientId: account.patientId });
  const page = await visitor("phone");
  await signIn(page, account);
  await expect(page.getByRole("heading", { level: 1, name: "My visits" })).toBeVisible();
  await page.goto("/account");
  await page.getByRole("link", { name: "Get a copy" }).click();
  await page.getByLabel("Your password").fill("not my password");
  await page.getByRole("button", { name: "Ask for the copy" }).click();
  await expect(page.getByText("That is not your password")).toBeVisible();
  await page.getByLabel("Your password").fill(account.password);
  await page.getByRole("button", { name: "Ask for the copy" }).click();
  await expect(page.getByText(/Your copy is (being made|ready)/)).toBeVisible();

  const link = await linkFromMail(portal.mailboxUrl, account.email, "account/data");
  // Whoever has the mail alone has nothing.
  const thief = await visitor("desktop");
  await thief.goto(link);
  await expect(thief).toHaveURL(/\/sign-in/);

  await page.goto(link);
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download" }).click();
  const content = unzipSync(readFileSync(await (await download).path()));
  expect(strFromU8(content["index.html"] ?? new Uint8Array())).toContain(practice.name);
  expect(strFromU8(content["data.json"] ?? new Uint8Array())).toContain(account.email);

  await page.goto(link);
  await expect(page.getByText("This link cannot be used")).toBeVisible();
});

test("a patient corrects their name, and the practitioner sees it without looking anew", async ({
  visitor,
  portal,
}) => {
  const account = await openAccount(portal);
  const practice = await openPractice(portal);
  const { appointmentId } = await stageVisit(portal, practice, {
    starts: { minutes: 20 },
    patientId: account.patientId,
  });
  const practitioner = await visitor("desktop");
  await signIn(practitioner, practice.account);
  await expect(practitioner.getByRole("heading", { level: 1 })).toBeVisible();
  await practitioner.goto(`/agenda/${appointmentId}`);
  await expect(practitioner.getByText("Paula Beispiel").first()).toBeVisible();

  const page = await visitor("phone");
  await signIn(page, account);
  await expect(page.getByRole("heading", { level: 1, name: "My visits" })).toBeVisible();
  await page.goto("/account");
  await page.getByRole("link", { name: "Look at it and correct it" }).click();
  await page.getByLabel("Phone number").fill("call me");
  await page.getByLabel("Full name").fill("Pauline Beispiel-Muster");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("this does not look like a phone number").first()).toBeVisible();
  await page.getByLabel("Phone number").fill("+49 30 555 0134");
  await page.getByRole("button", { name: "Save" }).click();
  await expect(page.getByText("Your correction was saved")).toBeVisible();
  await expect(practitioner.getByText("Pauline Beispiel-Muster").first()).toBeVisible();

  // They did not book this visit themselves: on its page they are asked for what nobody has asked them yet.
  await page.goto(`/visit/${appointmentId}`);
  const asked = page.getByRole("heading", { name: "Before you join: please agree" });
  await expect(asked).toBeVisible();
  const ticks = page.getByRole("checkbox");
  await expect(ticks).toHaveCount(2);
  for (const tick of await ticks.all()) await tick.check();
  await page.getByRole("button", { name: "I agree" }).click();
  await expect(asked).toHaveCount(0);
  await page.goto("/account/consents");
  await expect(page.getByText(practice.name).first()).toBeVisible();
});
