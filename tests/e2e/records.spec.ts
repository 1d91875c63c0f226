import { expect, test } from "@/tests/support/fixtures";
import { openPractice, stageVisit } from "./practice";
import { signIn } from "./steps";

test("a note outlives a reload; the patient reads what was signed, keeps it as a PDF and says how it was", async ({
  page,
  browser,
  portal,
}) => {
  const practice = await openPractice(portal);
  const visit = await stageVisit(portal, practice, { starts: { hours: -2 }, status: "fulfilled" });
  await signIn(page, practice.account);
  await page.goto(`/agenda/${visit.appointmentId}`);
  await page.getByLabel("Notes of this visit").fill("An invented note.");
  await expect(page.getByText("Saved.", { exact: true })).toBeVisible();
  await page.reload();
  await expect(page.getByLabel("Notes of this visit")).toHaveValue("An invented note.");

  await page.getByLabel("Summary", { exact: true }).fill("An invented summary.");
  await page.getByRole("button", { name: "Sign and send" }).click();
  await page.getByRole("button", { name: "Sign", exact: true }).click();
  await expect(page.getByText(/^Signed by/)).toBeVisible();

  const phone = await browser.newPage({
    baseURL: portal.url,
    locale: "en-GB",
    viewport: { width: 360, height: 740 },
  });
  await phone.goto(`/v/${visit.token}`);
  await expect(phone.getByText("An invented summary.")).toBeVisible();
  const downloading = phone.waitForEvent("download");
  await phone.getByRole("link", { name: "Download as PDF" }).click();
  expect((await downloading).suggestedFilename()).toMatch(/\.pdf$/);
  await phone.getByLabel("5 – very good").check();
  await phone.getByRole("button", { name: "Send", exact: true }).click();
  await expect(phone.getByText("Thank you.")).toBeVisible();
  await phone.context().close();
});
