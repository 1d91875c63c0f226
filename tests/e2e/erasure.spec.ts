import { newId } from "@/lib/core/ids";
import { expect, test } from "@/tests/support/fixtures";
import { openAccount, openPractice, stageVisit, withRows } from "./practice";
import { accountOf, linkFromMail, signIn } from "./steps";

test("a patient asks to be erased, an administrator looks what that means and does it, and nobody knows them any more", async ({
  visitor,
  portal,
}) => {
  const account = await openAccount(portal);
  const practice = await openPractice(portal);
  await stageVisit(portal, practice, { starts: { hours: 50 }, patientId: account.patientId });
  const name = `Zora ${newId().slice(-12)}`;
  await withRows(portal, (database) =>
    database.user.update({ where: { email: account.email }, data: { name } }),
  );
  const administrator = accountOf("administrator");
  const [page, admin] = [await visitor("phone"), await visitor("desktop")];

  await signIn(page, account);
  await expect(page.getByRole("heading", { level: 1, name: "My visits" })).toBeVisible();
  await page.goto("/account");
  await page.getByRole("link", { name: "Ask to be erased" }).click();
  await expect(page.getByRole("heading", { name: "What the clinic must keep by law" })).toBeVisible();
  await page.getByLabel("Your password").fill(account.password);
  await page.getByRole("button", { name: "Ask to be erased" }).click();
  await expect(page.getByText("You have asked to be erased")).toBeVisible();
  await page.getByRole("button", { name: "Take it back" }).click();
  await page.getByLabel("Your password").fill(account.password);
  await page.getByRole("button", { name: "Ask to be erased" }).click();
  await expect(page.getByText("You have asked to be erased")).toBeVisible();

  await signIn(admin, administrator);
  await admin.goto("/admin/erasures");
  await admin.getByRole("link", { name }).click();
  await expect(admin.getByText("1 visit to come will be cancelled.")).toBeVisible();
  await expect(admin.getByRole("row", { name: /Name and ways to reach them 1/ })).toBeVisible();
  await admin.getByLabel("Your password").fill("not my password");
  await admin.getByRole("button", { name: "Erase for good" }).click();
  await expect(admin.getByText("That is not your password")).toBeVisible();
  await admin.getByLabel("Your password").fill(administrator.password);
  await admin.getByRole("button", { name: "Erase for good" }).click();
  await expect(admin.getByRole("heading", { level: 1, name: "Requests to be erased" })).toBeVisible();

  await page.goto("/account");
  await expect(page).toHaveURL(/\/sign-in/);
  await expect
    .poll(
      async () =>
        (await fetch(`${portal.mailboxUrl}/api/messages?to=${encodeURIComponent(account.email)}`)).text(),
      { timeout: 30_000 },
    )
    .toContain("your data has been erased");
  await expect(async () => {
    await admin.reload();
    await expect(admin.getByText(name)).toHaveCount(0);
  }).toPass();
  await page.getByLabel("E-mail address").fill(account.email);
  await page.getByLabel("Password").fill(account.password);
  await page.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(page.getByText("We do not know this address with this password")).toBeVisible();
});

test("somebody without an account asks at the desk: an administrator corrects how they are reached, and has them erased", async ({
  visitor,
  portal,
}) => {
  const practice = await openPractice(portal);
  const { appointmentId } = await stageVisit(portal, practice, { starts: { hours: 49 } });
  const [name, email] = [`Zora ${newId().slice(-12)}`, `zora-${newId()}@example.org`];
  const { patientId } = await withRows(portal, (database) =>
    database.appointment.findUniqueOrThrow({ where: { id: appointmentId } }),
  );
  await withRows(portal, (database) =>
    database.patient.update({ where: { id: patientId }, data: { email } }),
  );
  const administrator = accountOf("administrator");
  const [admin, scheduler] = [await visitor("phone"), await visitor("desktop", { javaScriptEnabled: false })];

  await signIn(scheduler, accountOf("scheduler"));
  await scheduler.goto(`/admin/calendar/${appointmentId}`);
  await scheduler.getByRole("link", { name: "Correct contact data, or erase" }).click();
  await expect(scheduler.getByText("Only an administrator replaces an e-mail address.")).toBeVisible();
  await expect(scheduler.getByRole("heading", { name: "They ask you to erase their data" })).toHaveCount(0);
  await scheduler.getByLabel("Full name").fill(name);
  await scheduler.getByRole("button", { name: "Save" }).click();
  await expect(scheduler.getByText("The correction was saved")).toBeVisible();
  await expect(scheduler.getByRole("heading", { level: 1, name })).toBeVisible();

  await signIn(admin, administrator);
  await admin.goto(`/admin/patients/${patientId}`);
  await admin.getByLabel("E-mail address").fill(`right-${email}`);
  await admin.getByRole("button", { name: "Save" }).click();
  await expect(admin.getByText("That is not your password")).toBeVisible();
  await admin.getByLabel("Your password").fill(administrator.password);
  await admin.getByRole("button", { name: "Save" }).click();
  await expect(admin.getByText("The correction was saved")).toBeVisible();
  await linkFromMail(portal.mailboxUrl, `right-${email}`);

  await admin.getByLabel("How did they show who they are?").selectOption("A signed letter");
  await admin.getByRole("button", { name: "Begin the request" }).click();
  await expect(admin.getByRole("heading", { level: 1, name: `${name} asks to be erased` })).toBeVisible();
  await expect(admin.getByText("A signed letter")).toBeVisible();
  await admin.getByLabel("Your password").fill(administrator.password);
  await admin.getByRole("button", { name: "Erase for good" }).click();
  await expect(admin.getByRole("heading", { level: 1, name: "Requests to be erased" })).toBeVisible();
  await expect(async () => {
    await admin.reload();
    await expect(admin.getByText(name)).toHaveCount(0);
  }).toPass();
});
