import { expect, test } from "@/tests/support/fixtures";
import { openAccount, openPractice, stageVisit } from "./practice";
import { accountOf, signIn } from "./steps";

test("a practitioner opens a stranger's record in an emergency; the patient and the administrator see it", async ({
  visitor,
  portal,
}) => {
  const [own, other, account] = [
    await openPractice(portal),
    await openPractice(portal),
    await openAccount(portal),
  ];
  await stageVisit(portal, own, { starts: { hours: 30 }, patientId: account.patientId });
  const [desk, patient, admin] = [await visitor("phone"), await visitor("phone"), await visitor("desktop")];
  await signIn(desk, other.account);
  await desk.goto("/emergency");
  const submit = desk.getByRole("button", { name: "Open the record for one hour" });
  await desk.getByLabel("The patient’s whole name").fill("Paula Muster");
  await desk.getByLabel("Their whole e-mail address").fill(account.email);
  await desk.getByLabel("Life or health is in danger now").check();
  await desk.getByLabel("What happened").fill("An invented emergency");
  await submit.click();
  await expect(desk.getByText("Nobody was found")).toBeVisible();
  await desk.getByLabel("The patient’s whole name").fill("Paula Beispiel");
  await submit.click();
  await expect(desk.getByRole("heading", { level: 1, name: "Paula Beispiel" })).toBeVisible();
  await expect(desk.getByText(own.name)).toBeVisible();
  const banner = desk.getByText("Emergency access to the record of Paula Beispiel until");
  await expect(banner).toBeVisible();
  await desk.waitForURL(/\/emergency\/./);
  const opened = desk.url();

  await signIn(patient, account);
  await patient.goto("/account/access");
  const line = patient.getByRole("listitem").filter({ hasText: "opened your record in an emergency" });
  await expect(line).toContainText(other.name);
  await expect(line).toContainText("life or health was in danger");

  await signIn(admin, accountOf("administrator"));
  await admin.goto("/admin/audit");
  await admin.getByRole("link", { name: "Opened in an emergency" }).click();
  await admin.waitForURL(/action=emergency_access\.granted/);
  await expect(admin.getByRole("row").filter({ hasText: other.name })).toContainText("reason: danger");

  await desk.getByRole("button", { name: "End the access to the record of Paula Beispiel" }).click();
  await desk.waitForURL((url) => url.pathname === "/emergency");
  await expect(banner).toBeHidden();
  expect((await desk.request.get(opened)).status()).toBe(404);
});
