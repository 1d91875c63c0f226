import type { Page } from "@playwright/test";
import { Temporal } from "temporal-polyfill";
import { toInstant } from "@/lib/time/instant";
import { makePractitioner, makeRules } from "@/tests/support/factories";
import { expect, test } from "@/tests/support/fixtures";
import type { PortalAddresses } from "@/tests/support/portal";
import { openPractice, type Practice, stageVisit, withRows } from "./practice";
import { accountOf, linkFromMail, signIn } from "./steps";

/** A name and an address of nobody else. */
const newPerson = () => {
  const mark = Math.random().toString(36).slice(2, 10).replaceAll(/\d/g, "x");
  return { name: `Mia ${mark}`, email: `mia-${mark}@example.org` };
};

/** Somebody who offers the same visits as a practice. */
const openColleague = (portal: PortalAddresses, { visitTypeId, name }: Practice) =>
  withRows(portal, async (database, now) => {
    const displayName = `${name} Second`;
    const { id } = await makePractitioner(database, { now, displayName, visitTypeIds: [visitTypeId] });
    await makeRules(database, id);
    return { practitionerId: id, name: displayName };
  });

const administrator = async (page: Page): Promise<Page> => {
  await signIn(page, accountOf("administrator"));
  return page;
};

const bookingPath = ({ practitionerId, visitTypeId }: Practice) =>
  `/admin/book?practitioner=${practitionerId}&visit=${visitTypeId}`;
/** So far ahead that no visit of a test is in the way. */
const nextWeek = () => Temporal.Now.plainDateISO("Europe/Berlin").add({ days: 7 });

async function enterNewPatient(page: Page, { name, email }: ReturnType<typeof newPerson>) {
  await page.getByLabel("Somebody new").check();
  await page.getByLabel("Patient’s full name").fill(name);
  await page.getByLabel("E-mail address").fill(email);
}

test.describe("booking on a patient's behalf", () => {
  test("by telephone: a free time, somebody new, and the mail with their link", async ({
    visitor,
    portal,
  }) => {
    const practice = await openPractice(portal);
    const page = await administrator(await visitor("desktop"));
    await page.goto(`${bookingPath(practice)}&day=${nextWeek()}`);
    await page.getByRole("link", { name: /^10:00, / }).click();
    const person = newPerson();
    // "Book" without anybody says who is missing.
    await page.getByRole("button", { name: "Book this visit" }).click();
    await expect(page.getByRole("alert").filter({ hasText: "No patient is chosen" })).toBeVisible();
    await enterNewPatient(page, person);
    await page.getByRole("button", { name: "Book this visit" }).click();
    await expect(page.getByText("The visit is booked")).toBeVisible();
    await expect(page.getByText(`The confirmation is on its way to ${person.email}.`)).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(person.name);

    const patient = await visitor("phone");
    await patient.goto(await linkFromMail(portal.mailboxUrl, person.email));
    await expect(patient.getByText(practice.name).first()).toBeVisible();

    // And once more for the same person, who is found by now.
    await page.goto(`${bookingPath(practice)}&day=${nextWeek()}`);
    await page.getByRole("link", { name: /^11:00, / }).click();
    await page.getByLabel("Look up a patient").fill(person.name.toUpperCase());
    await page.keyboard.press("Enter");
    await expect(page.getByLabel(new RegExp(person.email))).toBeChecked();
    await page.getByRole("button", { name: "Book this visit" }).click();
    await expect(page.getByText("The visit is booked")).toBeVisible();
  });

  test("on top of another visit, with a written reason that the practitioner reads", async ({
    visitor,
    portal,
  }) => {
    const practice = await openPractice(portal);
    const date = nextWeek();
    const page = await administrator(await visitor("desktop"));
    for (const time of ["10:00", "10:05"]) {
      await page.goto(bookingPath(practice));
      await page.getByText("Any other time").click();
      await page.getByLabel("Date").fill(date.toString());
      await page.getByLabel("Time", { exact: true }).fill(time);
      await page.getByRole("button", { name: "Take this time" }).click();
      await enterNewPatient(page, newPerson());
      if (time === "10:05") {
        await expect(page.getByText("This time is not free")).toBeVisible();
        await page.getByRole("button", { name: "Book this visit" }).click();
        await expect(page.getByRole("alert").filter({ hasText: "This time is taken" })).toBeVisible();
        await page.getByLabel("Reason for overbooking").fill("An invented reason");
      }
      await page.getByRole("button", { name: "Book this visit" }).click();
      await expect(page.getByText("The visit is booked")).toBeVisible();
    }
    await page.goto(`/admin/calendar?date=${date}&practitioner=${practice.practitionerId}`);
    await expect(page.getByRole("link", { name: /10:05.*Overbooked/ })).toBeVisible();

    const practitioner = await visitor("desktop");
    await signIn(practitioner, practice.account);
    await practitioner.goto(`/agenda?date=${date}`);
    await practitioner.getByRole("link", { name: /Overbooked/ }).click();
    await expect(practitioner.getByText("An invented reason")).toBeVisible();
  });
});

test("an administrator sees the day change by itself, and gives a visit to a colleague", async ({
  visitor,
  portal,
}) => {
  const practice = await openPractice(portal);
  const colleague = await openColleague(portal, practice);
  const date = nextWeek();
  const watching = await administrator(await visitor("desktop"));
  await watching.goto(`/admin/calendar?date=${date}`);
  const columnOf = (name: string) =>
    watching.getByRole("region", { name: "The clinic’s day" }).getByRole("region", { name, exact: true });
  await expect(columnOf(practice.name)).toBeVisible();

  const person = newPerson();
  const page = await watching.context().newPage();
  await page.goto(`${bookingPath(practice)}&day=${date}`);
  await page.getByRole("link", { name: /^10:00, / }).click();
  await enterNewPatient(page, person);
  await page.getByRole("button", { name: "Book this visit" }).click();
  await expect(page.getByText("The visit is booked")).toBeVisible();
  await expect(columnOf(practice.name).getByRole("link", { name: new RegExp(person.name) })).toBeVisible();
  const first = await linkFromMail(portal.mailboxUrl, person.email);

  await columnOf(practice.name)
    .getByRole("link", { name: new RegExp(person.name) })
    .click();
  await watching.getByRole("link", { name: "Move…" }).click();
  await watching.getByRole("link", { name: new RegExp(`10:00 · ${colleague.name}`) }).click();
  await expect(watching.getByText(`with ${colleague.name}`)).toBeVisible();
  await watching.getByRole("button", { name: "Move the visit" }).click();
  await expect(watching.getByText("The visit was moved")).toBeVisible();

  // The patient's link leads on to where the visit is now.
  const patient = await visitor("phone");
  await patient.goto(first);
  await expect(patient.getByText(colleague.name).first()).toBeVisible();

  await watching.getByRole("link", { name: "Cancel…" }).click();
  await watching.getByRole("button", { name: "Cancel the visit" }).click();
  await expect(watching.getByRole("alert").filter({ hasText: "Reason: please fill this in" })).toBeVisible();
  await watching.getByLabel("Reason", { exact: true }).fill("An invented reason");
  await watching.getByRole("button", { name: "Cancel the visit" }).click();
  await expect(watching.getByText("The visit was cancelled")).toBeVisible();
  await watching.goto(`/admin/calendar?date=${date}`);
  await expect(columnOf(colleague.name).getByRole("link", { name: new RegExp(person.name) })).toHaveCount(0);
});

test("a practitioner books what follows a visit from the visit itself", async ({ page, portal }) => {
  const practice = await openPractice(portal);
  const { appointmentId } = await stageVisit(portal, practice, {
    starts: { hours: -2 },
    status: "fulfilled",
  });
  await signIn(page, practice.account);
  await page.goto(`/agenda/${appointmentId}`);
  const patient = await page.getByRole("heading", { level: 1 }).innerText();
  await page.getByRole("link", { name: "Book a follow-up" }).click();
  await expect(page.getByText(`Follow-up for ${patient}`)).toBeVisible();
  await page.goto(`${page.url()}&day=${nextWeek()}`);
  await page.getByRole("link", { name: /^10:00, / }).click();
  await expect(page.getByText(`Follow-up for ${patient}`)).toBeVisible();
  await expect(page.getByLabel("Somebody new")).toHaveCount(0);
  await page.getByRole("button", { name: "Book this visit" }).click();
  await expect(page.getByText("The visit is booked")).toBeVisible();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(patient);
  const terms = page.getByRole("term");
  await expect(terms.filter({ hasText: "Follows" })).toBeVisible();
  await page.getByRole("definition").first().getByRole("link").click();
  await page.waitForURL(`**/agenda/${appointmentId}`);
  await expect(terms.filter({ hasText: "Followed by" })).toBeVisible();
});

test("a practitioner moves a visit of their own to the next free time @both", async ({
  visitor,
  portal,
  isMobile,
}) => {
  const practice = await openPractice(portal);
  const { appointmentId } = await stageVisit(portal, practice, { starts: { hours: 50 } });
  const page = await visitor(isMobile ? "phone" : "desktop");
  await signIn(page, practice.account);
  await page.goto(`/agenda/${appointmentId}`);
  await page.getByRole("link", { name: "Move…" }).click();
  await page.getByRole("region", { name: "Nearest free times" }).getByRole("link").first().click();
  await page.getByRole("button", { name: "Move the visit" }).click();
  await expect(page.getByText("The visit was moved")).toBeVisible();

  // Somebody else's is not found.
  const other = await openPractice(portal);
  const { appointmentId: theirs } = await stageVisit(portal, other, { starts: { hours: 50 } });
  for (const path of [
    `/agenda/${theirs}`,
    `/agenda/${theirs}/move`,
    `/agenda/${theirs}/cancel`,
    "/admin/calendar",
  ]) {
    const answer = await page.context().request.get(path);
    expect(answer.status(), path).toBe(404);
  }
});

test("a clinic's day fits a phone @phone", async ({ visitor, portal }) => {
  const practice = await openPractice(portal);
  const { appointmentId } = await stageVisit(portal, practice, { starts: { hours: 26 } });
  const page = await administrator(await visitor("phone"));
  const { startAt } = await withRows(portal, (database) =>
    database.appointment.findUniqueOrThrow({ where: { id: appointmentId } }),
  );
  const day = toInstant(startAt).toZonedDateTimeISO("Europe/Berlin").toPlainDate();
  await page.goto(`/admin/calendar?date=${day}&practitioner=${practice.practitionerId}`);
  await expect(page.getByRole("region", { name: practice.name }).getByRole("link")).toContainText("Booked");
});
