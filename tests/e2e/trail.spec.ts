import { readFile } from "node:fs/promises";
import { expect, test } from "@/tests/support/fixtures";
import { openAccount, openPractice, stageVisit, withRows } from "./practice";
import { accountOf, signIn } from "./steps";

test("a patient sees who opened the record; an administrator finds it and takes it away as a file", async ({
  visitor,
  portal,
}) => {
  const [practice, account] = [await openPractice(portal), await openAccount(portal)];
  const { patientId } = account;
  const visit = await stageVisit(portal, practice, { starts: { hours: 30 }, patientId });
  const [patient, desk, admin] = [await visitor("phone"), await visitor("desktop"), await visitor("desktop")];
  await signIn(desk, practice.account);
  await desk.goto(`/agenda/${visit.appointmentId}`);

  await signIn(patient, account);
  await patient.goto("/account");
  await patient.getByRole("link", { name: "See who opened or changed your record" }).click();
  await expect(patient.getByRole("listitem").filter({ hasText: practice.name }).first()).toContainText(
    "opened a visit of yours",
  );

  const administrator = accountOf("administrator");
  await signIn(admin, administrator);
  await admin.goto("/admin/audit");
  const search = admin.locator("#find-person-form");
  await search.getByLabel("E-mail address").fill("nobody-at-all@example.org");
  await search.getByRole("button", { name: "Search" }).click();
  await expect(admin.getByText("Nobody has this address")).toBeVisible();
  await search.getByLabel("E-mail address").fill(account.email);
  await search.getByRole("button", { name: "Search" }).click();
  await admin.waitForURL(/\?person=/);
  const rows = admin.getByRole("row").filter({ hasText: "appointment.read" });
  await expect(rows.filter({ hasText: practice.name })).toHaveCount(1);
  await expect(admin.getByText(/^About Paula/)).toBeVisible();
  expect(admin.url()).not.toContain("example.org");

  await admin.getByLabel("FHIR AuditEvent (JSON)").check();
  await admin.getByLabel("Your password").fill("not my password");
  await admin.getByRole("button", { name: "Make the file" }).click();
  await expect(admin.getByText("That is not your password")).toBeVisible();
  await admin.getByLabel("Your password").fill(administrator.password);
  await admin.getByRole("button", { name: "Make the file" }).click();
  const [download] = await Promise.all([
    admin.waitForEvent("download"),
    admin.getByRole("link", { name: "Download the file" }).click(),
  ]);
  const text = await readFile(await download.path(), "utf8");
  const { entry } = JSON.parse(text) as { entry: { resource: { subtype: { code: string }[] } }[] };
  const actions = entry.map(({ resource }) => resource.subtype[0]?.code);
  expect(actions).toContain("appointment.read");
  expect(actions).toContain("audit.exported");
  for (const named of [practice.name, account.email]) expect(text).not.toContain(named);
});

test("an administrator sees what would go tonight, and shows that it is they before anything is kept for a shorter time", async ({
  visitor,
  portal,
}) => {
  await withRows(portal, (database) => database.setting.deleteMany({ where: { key: "retention" } }));
  const [admin, administrator] = [await visitor("desktop"), accountOf("administrator")];
  await signIn(admin, administrator);
  await admin.goto("/admin");
  await admin.getByRole("link", { name: "Kept data" }).click();
  await expect(admin.getByRole("row", { name: /^Sent mails 180 days 0/ })).toBeVisible();
  const devices = admin.getByLabel("Checks of camera, microphone and network: days");
  const save = admin.getByRole("button", { name: "Save the periods" });
  await devices.fill("0");
  await save.click();
  await expect(admin.getByRole("alert").getByRole("link", { name: /Checks of camera/ })).toBeVisible();
  await devices.fill("89");
  await save.click();
  await expect(admin.getByText("This is not your password")).toBeVisible();
  await admin.getByLabel("Your own password").fill(administrator.password);
  await save.click();
  await expect(admin.getByText("The periods are saved.")).toBeVisible();
  await expect(admin.getByRole("row", { name: /^Checks of devices 89 days/ })).toBeVisible();
});
