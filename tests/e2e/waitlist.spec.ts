import { expect, test } from "@/tests/support/fixtures";
import { plainForms, postPlainly } from "@/tests/support/plain-forms";
import { openPractice, stageVisit, stageWaiting, withRows } from "./practice";
import { linkFromMail } from "./steps";

test("a patient joins on a phone, is offered a time that comes free, and takes it @phone", async ({
  page,
  portal,
}) => {
  const practice = await openPractice(portal);
  const email = `waiting-${practice.practitionerId.slice(-12)}@example.org`;
  const { token } = await stageVisit(portal, practice, { starts: { hours: 50 } });

  await page.goto(`/practitioners/${practice.practitionerId}`);
  await page.getByRole("link", { name: "Join the waitlist" }).click();
  await page.getByLabel("Full name").fill("Paula Beispiel");
  await page.getByRole("button", { name: "Join the waitlist" }).click();
  await expect(page.getByRole("alert").getByText("Enter your e-mail address")).toBeVisible();
  await page.getByLabel("E-mail address").fill(email);
  await page.getByRole("button", { name: "Join the waitlist" }).click();
  await expect(page.getByText("You are on the waitlist").first()).toBeVisible();
  const entry = page.url().replace(/\?.*/, "");

  // Somebody else cancels, and the time is offered by mail.
  await page.goto(`/v/${token}/cancel`);
  await page.getByRole("button", { name: /Cancel/ }).click();
  await expect
    .poll(
      async () => {
        await page.goto(entry);
        return page.getByText("A time has come free for you").count();
      },
      { timeout: 30_000 },
    )
    .toBe(1);
  const link = await linkFromMail(portal.mailboxUrl, email, "w");

  // What a mail scanner does: nothing comes of it.
  for (let look = 0; look < 3; look += 1) expect((await fetch(link)).status).toBe(200);
  await page.goto(link);
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  await page.getByRole("button", { name: "Book this visit" }).click();
  await expect(page.getByText("Your visit is booked").first()).toBeVisible();
  await page.goto(link);
  await expect(page.getByText("You have booked a visit from this waitlist")).toBeVisible();
  await expect(page.getByRole("button", { name: "Book this visit" })).toHaveCount(0);
});

test("an offer is let go without scripts, and leaving ends the waiting", async ({ portal }) => {
  const practice = await openPractice(portal);
  const { entryId, token } = await stageWaiting(portal, practice, { offered: { hours: 45 } });
  const url = `${portal.url}/w/${token}`;
  const status = () =>
    withRows(portal, (database) =>
      database.waitlistEntry.findUniqueOrThrow({ where: { id: entryId }, include: { offers: true } }),
    );
  const form = async (id: string) => {
    const found = plainForms(await (await fetch(url)).text(), url).find((one) => one.id === id);
    if (!found) throw new Error(`no form ${id}`);
    return found;
  };
  const decline = await form("decline-offer");
  expect(
    (await postPlainly(decline, decline.fields, { origin: "https://elsewhere.example.org" })).status,
  ).toBe(403);
  expect((await status()).offers[0]?.status).toBe("open");
  await postPlainly(decline, decline.fields);
  expect((await status()).offers[0]?.status).toBe("declined");
  const leave = await form("leave-waitlist");
  await postPlainly(leave, leave.fields);
  expect((await status()).status).toBe("ended");
});
