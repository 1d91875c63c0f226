import { newId } from "@/lib/core/ids";
import { expect, test } from "@/tests/support/fixtures";
import { openPractice } from "./practice";
import { accountOf, linkFromMail, signIn } from "./steps";

test("an administrator invites a scheduler, who keeps schedules and sees nothing else, until the account is disabled", async ({
  visitor,
  portal,
  expectNoise,
}) => {
  expectNoise(/404/);
  const practice = await openPractice(portal);
  const administrator = accountOf("administrator");
  const [admin, scheduler] = [await visitor("desktop"), await visitor("phone")];
  const account = { email: `sasha-${newId().slice(-12)}@example.org`, password: `demo-${newId()}` };

  await signIn(admin, administrator);
  await admin.goto("/admin/users");
  await admin.getByRole("link", { name: "Invite somebody" }).click();
  await admin.getByLabel("Name").fill("Sasha Sample");
  await admin.getByLabel("E-mail address").fill(account.email);
  await admin.getByLabel("Your own password").fill(administrator.password);
  await admin.getByRole("button", { name: "Send the invitation" }).click();
  await expect(admin.getByText("An invitation was sent to")).toBeVisible();

  await scheduler.goto(await linkFromMail(portal.mailboxUrl, account.email, "invitation"));
  await scheduler.getByLabel("New password").fill(account.password);
  await scheduler.getByLabel("The same password again").fill(account.password);
  await scheduler.getByRole("button", { name: "Save and sign in" }).click();
  await expect(scheduler.getByRole("heading", { name: "Overview" })).toBeVisible();
  await expect(scheduler.getByRole("link", { name: "Settings" })).toHaveCount(0);
  await scheduler.goto(`/admin/practitioners/${practice.practitionerId}`);
  await expect(scheduler.getByRole("heading", { name: "Weekly hours" })).toBeVisible();
  await expect(scheduler.getByRole("heading", { name: "Details" })).toHaveCount(0);
  await scheduler.goto("/admin/settings");
  await expect(scheduler.getByRole("heading", { name: "There is nothing here" })).toBeVisible();

  await admin.reload();
  await admin.getByRole("checkbox", { name: "Administrator" }).check();
  const confirmation = admin.locator("#roles");
  await confirmation.getByLabel("Your own password").fill("not my password");
  await confirmation.getByRole("button", { name: "Change the roles" }).click();
  await expect(admin.getByText("This is not your password")).toBeVisible();

  const forgotten = admin.locator("#password");
  await forgotten.getByLabel("Your own password").fill(administrator.password);
  await forgotten.getByRole("button", { name: "Send the link" }).click();
  await expect(admin.getByText("The link is on its way.")).toBeVisible();
  await scheduler.goto(await linkFromMail(portal.mailboxUrl, account.email, "new-password"));
  const another = `demo-${newId()}`;
  await scheduler.getByLabel("New password").fill(another);
  await scheduler.getByLabel("The same password again").fill(another);
  await scheduler.getByRole("button", { name: "Save and sign in" }).click();
  await expect(scheduler.getByRole("heading", { name: "Overview" })).toBeVisible();

  const disabling = admin.locator("#disable");
  await disabling.getByLabel("Your own password").fill(administrator.password);
  await disabling.getByRole("button", { name: "Disable the account" }).click();
  await expect(admin.getByRole("heading", { name: "The account is disabled" })).toBeVisible();
  await scheduler.goto("/admin");
  await expect(scheduler).toHaveURL(/\/sign-in/);
});
