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
