import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "@/tests/support/fixtures";
import { openPractice } from "./practice";
import { accountOf, linkFromMail, signIn, signInByForm } from "./steps";

const newMark = () => randomUUID().slice(0, 8);

/** The free times of the day that a practitioner's page opens with. */
async function freeTimes(page: Page, practitionerId: string): Promise<string[]> {
  await page.goto(`/practitioners/${practitionerId}`);
  const times = page.getByRole("button", { name: /^\d\d:\d\d, / });
  await expect(times.first()).toBeVisible();
  return times.evaluateAll((links) =>
    links.map((link) => (link.getAttribute("aria-label") ?? link.textContent ?? "").slice(0, 5)),
  );
}

/** Fills a day's first hours in the editor. */
async function enterHours(page: Page, day: string, start: string, end: string) {
  await page.getByRole("button", { name: `Add hours on ${day}` }).click();
  await page.getByLabel(`${day}, from`).filter({ visible: true }).first().fill(start);
  await page.getByLabel(`${day}, until`).filter({ visible: true }).first().fill(end);
}

async function copyToEveryDay(page: Page, day: string) {
  await page.getByRole("button", { name: `Copy the hours of ${day}` }).click();
  await page.getByRole("menuitem", { name: "To every day" }).click();
  await expect(page.getByText("Copied. Save to keep it.")).toBeVisible();
}

async function saveHours(page: Page) {
  await page.getByRole("button", { name: "Save hours" }).click();
  await expect(page.getByText("The hours are saved.")).toBeVisible();
}

test("an administrator changes weekly hours, and the bookable times follow", async ({ visitor, portal }) => {
  const practice = await openPractice(portal);
  const patient = await visitor("phone");
  const before = await freeTimes(patient, practice.practitionerId);
  expect(before.every((time) => time.startsWith("09:"))).toBe(false);

  const admin = await visitor("desktop");
  await signIn(admin, accountOf("administrator"));
  await expect(admin).toHaveURL(/\/admin$/);
  const line = admin.getByRole("row").filter({ hasText: practice.name });
  await expect(line).toContainText(/around the clock/i);
  await line.getByRole("link", { name: practice.name }).click();
  await expect(admin.getByRole("heading", { level: 1, name: practice.name })).toBeVisible();

  const monday = admin.getByRole("group", { name: "Monday" });
  await monday.getByRole("checkbox", { name: "Around the clock" }).uncheck();
  await enterHours(admin, "Monday", "09:00", "10:00");
  await copyToEveryDay(admin, "Monday");
  await saveHours(admin);
  await admin.reload();
  await expect(admin.getByLabel("Sunday, from").filter({ visible: true }).first()).toHaveValue("09:00");

  const after = await freeTimes(patient, practice.practitionerId);
  expect(after.every((time) => time.startsWith("09:"))).toBe(true);
  expect(after.at(-1)).toBe("09:50");

  await test.step("hours that cannot be are named, and change nothing", async () => {
    await admin.getByLabel("Tuesday, until").filter({ visible: true }).first().fill("09:00");
    await admin.getByRole("button", { name: "Save hours" }).click();
    const summary = admin.getByRole("alert").filter({ hasText: "There is a problem" });
    await expect(summary).toBeFocused();
    await expect(summary.getByRole("link")).toContainText(["Tuesday: start and end are the same"]);
    expect(await freeTimes(patient, practice.practitionerId)).toEqual(after);
  });
});

test("an administrator adds a visit type and a practitioner, who answers the invitation and can be booked", async ({
  visitor,
  portal,
  expectNoise,
}) => {
  const mark = newMark();
  const admin = await visitor("desktop");
  await signIn(admin, accountOf("administrator"));

  const visitType = `Long talk ${mark}`;
  await admin.getByRole("link", { name: "Visit types" }).first().click();
  await admin.getByRole("link", { name: "Add a visit type" }).click();
  await admin.getByLabel("Name in English").fill(visitType);
  await admin.getByLabel("Name in Russian").fill(`Беседа ${mark}`);
  await admin.getByLabel("Length, in minutes").fill("0");
  await admin.getByRole("button", { name: "Add the visit type" }).click();
  await expect(admin.getByRole("alert").filter({ hasText: "There is a problem" })).toBeVisible();
  await expect(admin.getByLabel("Name in English")).toHaveValue(visitType);
  await admin.getByLabel("Length, in minutes").fill("45");
  await admin.getByRole("button", { name: "Add the visit type" }).click();
  await admin.waitForURL(/\/admin\/visit-types(\/[0-9a-f-]{36})?(\?.*)?$/);
  await admin.goto("/admin/visit-types");
  await expect(admin.getByRole("row").filter({ hasText: visitType })).toContainText("45 min");

  const name = `Dr Newcomer ${mark}`;
  const email = `newcomer-${mark}@example.org`;
  await admin.goto("/admin/practitioners/new");
  await admin.getByLabel("Name", { exact: true }).fill(name);
  await admin.getByLabel("Specialty").selectOption({ index: 1 });
  await admin.getByLabel("Time zone of the weekly hours").selectOption("Europe/Berlin");
  await admin.getByLabel("E-mail address").fill(accountOf("patient").email);
  for (const box of await admin
    .getByRole("group", { name: "Visit types offered" })
    .getByRole("checkbox")
    .all())
    await box.uncheck();
  await admin.getByLabel(visitType).check();
  await admin.getByLabel("Your own password").fill(accountOf("administrator").password);
  await admin.getByRole("button", { name: "Add and invite" }).click();
  await expect(admin.getByText("This address has an account already")).toBeVisible();
  await admin.getByLabel("E-mail address").fill(email);
  await admin.getByLabel("Your own password").fill(accountOf("administrator").password);
  await admin.getByRole("button", { name: "Add and invite" }).click();
  await admin.waitForURL(/\/admin\/practitioners\/[0-9a-f-]{36}/);
  await expect(admin.getByText(`${name} was added`)).toBeVisible();
  await expect(admin.getByText("Invited", { exact: true })).toBeVisible();
  await expect(admin.getByText("Has no weekly hours").first()).toBeVisible();
  const practitionerPage = new URL(admin.url()).pathname;
  const practitionerId = practitionerPage.split("/").at(-1) ?? "";

  const link = await linkFromMail(portal.mailboxUrl, email, "invitation");
  const newcomer = await visitor("desktop");
  await newcomer.goto(link);
  await expect(newcomer.getByText(`Welcome, ${name}.`)).toBeVisible();
  const password = `demo-${randomUUID()}`;
  await newcomer.getByLabel("New password").fill(password);
  await newcomer.getByLabel("The same password again").fill(`${password}x`);
  await newcomer.getByRole("button", { name: "Save and sign in" }).click();
  await expect(newcomer.getByText("the two passwords differ").first()).toBeVisible();
  await newcomer.getByLabel("New password").fill(password);
  await newcomer.getByLabel("The same password again").fill(password);
  await newcomer.getByRole("button", { name: "Save and sign in" }).click();
  await newcomer.waitForURL("**/agenda");
  await newcomer.goto(link);
  await expect(newcomer.getByRole("heading", { name: "This link cannot be used" })).toBeVisible();
  const elsewhere = await visitor("phone");
  await signInByForm(elsewhere, { email, password });
  await expect(elsewhere).toHaveURL(/\/agenda$/);

  await admin.goto(practitionerPage);
  await expect(admin.getByText("Invited", { exact: true })).toHaveCount(0);
  await enterHours(admin, "Monday", "08:00", "12:00");
  await copyToEveryDay(admin, "Monday");
  await saveHours(admin);
  const patient = await visitor("phone");
  expect((await freeTimes(patient, practitionerId)).length).toBeGreaterThan(0);
  await expect(patient.getByText(visitType).first()).toBeVisible();

  await test.step("who is deactivated is no longer offered", async () => {
    await admin.goto(practitionerPage);
    await admin.getByLabel("Can be booked").uncheck();
    await admin.getByRole("button", { name: "Save details" }).click();
    await expect(admin.getByText("The details are saved.")).toBeVisible();
    expectNoise(/404.*\/practitioners\//);
    await patient.goto(`/practitioners/${practitionerId}`);
    await expect(patient.getByRole("button", { name: /^\d\d:\d\d, / })).toHaveCount(0);
    await patient.goto("/");
    await expect(patient.getByRole("link", { name })).toHaveCount(0);
    await admin.goto("/admin/practitioners");
    await expect(admin.getByRole("row").filter({ hasText: name })).toContainText("Not offered");

    await admin.goto("/admin/visit-types");
    await admin.getByRole("link", { name: visitType }).click();
    await admin.getByLabel("Can be booked").uncheck();
    await admin.getByRole("button", { name: "Save", exact: true }).click();
    await expect(admin.getByText("The visit type is saved.")).toBeVisible();
    await admin.goto("/admin/visit-types");
    await expect(admin.getByRole("row").filter({ hasText: visitType })).toContainText("Not offered");
  });
});

test("nobody else finds the administrators' pages", async ({ visitor, portal }) => {
  const { practitionerId, visitTypeId, account } = await openPractice(portal);
  const pages = [
    "/admin",
    "/admin/practitioners",
    "/admin/practitioners/new",
    `/admin/practitioners/${practitionerId}`,
    "/admin/visit-types",
    "/admin/visit-types/new",
    `/admin/visit-types/${visitTypeId}`,
  ];
  for (const { who, account: theirs } of [
    { who: "patient", account: accountOf("patient") },
    { who: "practitioner", account },
  ]) {
    const page = await visitor("desktop");
    await signIn(page, theirs);
    for (const path of pages) {
      const answer = await page.request.get(path);
      expect(answer.status(), `${who} ${path}`).toBe(404);
      expect(await answer.text(), `${who} ${path}`).not.toContain(account.email);
    }
  }

  const anonymous = await visitor("desktop");
  for (const path of pages) {
    await anonymous.goto(path);
    await expect(anonymous, path).toHaveURL(/\/sign-in\?next=%2Fadmin/);
  }
  await anonymous.getByLabel("E-mail address").fill(accountOf("administrator").email);
  await anonymous.getByLabel("Password").fill(accountOf("administrator").password);
  await anonymous.getByRole("button", { name: "Sign in", exact: true }).click();
  await anonymous.waitForURL(/\/admin/);
});
