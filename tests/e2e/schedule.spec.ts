import { randomUUID } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import { Temporal } from "temporal-polyfill";
import { expect, test } from "@/tests/support/fixtures";
import { openPractice, type Practice, stageVisit, withRows } from "./practice";
import { accountOf, signIn } from "./steps";

const BERLIN = "Europe/Berlin";
const inDays = (days: number) => Temporal.Now.plainDateISO(BERLIN).add({ days });

/** How many times a patient can choose on a date. */
async function freeTimes(
  page: Page,
  { practitionerId }: Practice,
  date: Temporal.PlainDate,
): Promise<number> {
  await page.goto(`/practitioners/${practitionerId}?day=${date}`);
  await expect(page.getByRole("heading", { name: "Choose a time" })).toBeVisible();
  return page.getByRole("button", { name: /^\d\d:\d\d, / }).count();
}

/** A special day's line; the list of what has to be mended is a list too. */
const lines = (days: Locator) =>
  days.getByRole("listitem").filter({ has: days.page().getByRole("button", { name: /^Remove/ }) });
const section = (page: Page, name: string) => page.getByRole("region", { name });
const asks = (page: Page) => page.getByRole("alert").filter({ hasText: /booked visits? do(es)? not fit/ });

test("a practitioner keeps special days, time off and hours from a date, and patients' times follow @both", async ({
  page,
  visitor,
  portal,
}) => {
  const practice = await openPractice(portal);
  const patient = await visitor("phone");
  const [special, away, ordinary] = [inDays(3), inDays(4), inDays(5)];
  expect(await freeTimes(patient, practice, special)).toBeGreaterThan(0);
  expect(await freeTimes(patient, practice, away)).toBeGreaterThan(0);

  await signIn(page, practice.account);
  await page.goto("/schedule");
  await expect(page.getByRole("heading", { level: 1, name: "My schedule" })).toBeVisible();

  await test.step("a closed day, then one with hours of its own", async () => {
    const days = section(page, "Special days");
    await days.getByLabel("Day", { exact: true }).fill(special.toString());
    await days.getByRole("button", { name: "Save the day" }).click();
    await expect(days.getByText("The day is saved.")).toBeVisible();
    await expect(lines(days)).toContainText("closed");
    expect(await freeTimes(patient, practice, special)).toBe(0);

    await days.getByRole("link", { name: /^Change / }).click();
    await expect(days.getByRole("heading", { name: "Change a special day" })).toBeVisible();
    await expect(days.getByLabel("Day", { exact: true })).toHaveValue(special.toString());
    await days.getByLabel("Own hours").check();
    await days.getByRole("button", { name: "Save the day" }).click();
    await expect(days.getByRole("alert")).toContainText("enter hours");
    await days.getByRole("button", { name: "Add hours on This day" }).click();
    await days.getByLabel("This day, from").filter({ visible: true }).fill("09:00");
    await days.getByLabel("This day, until").filter({ visible: true }).fill("09:30");
    await days.getByRole("button", { name: "Save the day" }).click();
    await expect(lines(days)).toContainText("09:00–09:30");
    expect(await freeTimes(patient, practice, special)).toBe(5);

    await days.getByRole("button", { name: /^Remove the special day/ }).click();
    await expect(days.getByText("No special days ahead.")).toBeVisible();
    expect(await freeTimes(patient, practice, special)).toBeGreaterThan(5);
  });

  await test.step("time off", async () => {
    const off = section(page, "Time off");
    await off.getByLabel("First day").fill(away.toString());
    await off.getByLabel("Last day").fill(inDays(2).toString());
    await off.getByRole("button", { name: "Save time off" }).click();
    await expect(off.getByRole("alert")).toContainText("Last day: the end is before the start");
    await off.getByLabel("Last day").fill("");
    await off.getByRole("button", { name: "Save time off" }).click();
    await expect(lines(off)).toHaveCount(1);
    expect(await freeTimes(patient, practice, away)).toBe(0);
    expect(await freeTimes(patient, practice, ordinary)).toBeGreaterThan(0);
    await off.getByRole("button", { name: /^Remove the time off/ }).click();
    await expect(off.getByText("No time off ahead.")).toBeVisible();
    expect(await freeTimes(patient, practice, away)).toBeGreaterThan(0);
  });

  await test.step("other hours for some days, and the old ones again after them", async () => {
    await page.goto("/schedule");
    const hours = section(page, "Weekly hours");
    await hours.getByRole("link", { name: "New hours from a date" }).click();
    await hours.getByLabel("From", { exact: true }).fill(special.toString());
    await hours.getByLabel(/^Until/).fill(away.toString());
    for (const box of await hours.getByRole("checkbox", { name: "Around the clock" }).all())
      await box.uncheck();
    await hours.getByRole("button", { name: "Save hours" }).click();
    await expect(hours.getByText("The hours are saved.")).toBeVisible();
    expect(await freeTimes(patient, practice, special)).toBe(0);
    expect(await freeTimes(patient, practice, away)).toBe(0);
    expect(await freeTimes(patient, practice, ordinary)).toBeGreaterThan(0);

    await page.goto("/schedule");
    await expect(hours.getByRole("listitem")).toHaveCount(3);
    await page.goto(`/schedule?plan=${special}`);
    await hours.getByRole("button", { name: "Remove these hours" }).click();
    await expect(hours.getByRole("listitem")).toHaveCount(0);
    expect(await freeTimes(patient, practice, special)).toBeGreaterThan(0);
  });
});

for (const { mode, javaScriptEnabled } of [
  { mode: "with JavaScript", javaScriptEnabled: true },
  { mode: "without JavaScript", javaScriptEnabled: false },
]) {
  test(`a change that strands a booked visit asks first, ${mode}`, async ({ visitor, portal }) => {
    const practice = await openPractice(portal);
    const { appointmentId } = await stageVisit(portal, practice, { starts: { hours: 24 * 3 } });
    const startAt = await withRows(portal, async (database) => {
      const row = await database.appointment.findUniqueOrThrow({ where: { id: appointmentId } });
      return Temporal.Instant.fromEpochMilliseconds(row.startAt.getTime());
    });
    const date = startAt.toZonedDateTimeISO(BERLIN).toPlainDate();
    const overrides = () =>
      withRows(portal, (database) =>
        database.availabilityOverride.count({ where: { practitionerId: practice.practitionerId } }),
      );

    const page = await visitor("desktop");
    await signIn(page, practice.account);
    const state = await page.context().storageState();
    const plain = await visitor("desktop", { javaScriptEnabled, storageState: state });
    await plain.goto("/schedule");
    const days = section(plain, "Special days");
    await days.getByLabel("Day", { exact: true }).fill(date.toString());
    await days.getByRole("button", { name: "Save the day" }).click();
    await expect(asks(plain)).toContainText("1 booked visit does not fit any more");
    await expect(asks(plain)).toContainText("Quick call · Paula Beispiel");
    await expect(asks(plain).getByRole("link")).toHaveAttribute("href", `/agenda/${appointmentId}`);
    expect(await overrides()).toBe(0);
    await expect(days.getByLabel("Day", { exact: true })).toHaveValue(date.toString());

    await plain.getByRole("button", { name: "Save and leave them" }).click();
    await expect(lines(days)).toContainText("closed");
    expect(await overrides()).toBe(1);
    const kept = await withRows(portal, (database) =>
      database.appointment.findUniqueOrThrow({ where: { id: appointmentId } }),
    );
    expect(kept.status).toBe("booked");
  });
}

test("an administrator imports public holidays, looks at them first, and nothing is doubled", async ({
  visitor,
}) => {
  const mark = randomUUID().slice(0, 8);
  const date = inDays(500);
  const holidays = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Example//Holidays//EN",
    "BEGIN:VEVENT",
    `UID:${mark}@holidays.example`,
    `DTSTART;VALUE=DATE:${date.toString().replaceAll("-", "")}`,
    `SUMMARY:Invented day ${mark}`,
    "END:VEVENT",
    "END:VCALENDAR",
    "",
  ].join("\r\n");
  const page = await visitor("desktop");
  await signIn(page, accountOf("administrator"));
  await page.getByRole("link", { name: "Closures" }).first().click();
  await expect(page.getByRole("heading", { level: 1, name: "Closures" })).toBeVisible();

  const choose = (text: string) =>
    page
      .getByLabel("Calendar file")
      .setInputFiles({ name: "holidays.ics", mimeType: "text/calendar", buffer: Buffer.from(text) });
  const look = page.getByRole("button", { name: "Look into the file" });
  await look.click();
  await expect(page.getByRole("alert").filter({ hasText: "Calendar file: fill this in" })).toBeVisible();
  await choose("These are not holidays");
  await look.click();
  await expect(page.getByText("This file is no calendar")).toBeVisible();
  await choose(holidays);
  await look.click();
  await expect(page.getByText("1 day or row of days to add")).toBeVisible();
  await expect(page.getByText(`Invented day ${mark}`)).toBeVisible();
  await page.getByRole("button", { name: "Add 1 closure" }).click();
  await expect(page.getByText("The days were added.")).toBeVisible();
  const line = page.getByRole("listitem").filter({ hasText: `Invented day ${mark}` });
  await expect(line).toContainText("imported");

  await choose(holidays);
  await look.click();
  await expect(page.getByText("Nothing to add")).toBeVisible();
  await line.getByRole("button", { name: /^Remove Invented day/ }).click();
  await expect(line).toHaveCount(0);
});

test("an administrator asks questions at booking and publishes a consent's next version", async ({
  visitor,
  portal,
}) => {
  const { visitTypeId } = await openPractice(portal);
  const page = await visitor("desktop");
  await signIn(page, accountOf("administrator"));
  await page.goto(`/admin/visit-types/${visitTypeId}`);
  const questions = section(page, "Questions at booking");
  const ask = async (en: string, ru: string, kind: string, options?: string) => {
    await questions.getByLabel("Question in English").fill(en);
    await questions.getByLabel("Question in Russian").fill(ru);
    await questions.getByLabel("Kind of answer").selectOption(kind);
    if (options !== undefined) await questions.getByLabel("Options of a choice").fill(options);
    await questions.getByRole("button", { name: "Save the question" }).click();
  };
  await ask("Have you been here before?", "Вы были у нас раньше?", "choice", "Yes");
  await expect(questions.getByRole("alert")).toContainText("at least two options");
  await ask("Have you been here before?", "Вы были у нас раньше?", "choice", "Yes | Да\nNo | Нет");
  await expect(questions.getByRole("listitem")).toContainText("Choice · Yes · No");
  await ask("Your weight in kilograms", "Ваш вес в килограммах", "number");
  await expect(questions.getByRole("listitem")).toHaveCount(2);
  await questions.getByRole("button", { name: "Move “Your weight in kilograms” up" }).click();
  await expect(questions.getByRole("listitem").first()).toContainText("Your weight");
  await questions.getByRole("button", { name: /^Ask no more: “Have you/ }).click();
  await expect(questions.getByRole("listitem")).toHaveCount(1);

  await page.goto("/admin/consents");
  const version = async () =>
    Number(
      (
        await page
          .getByText(/^Version \d+/)
          .first()
          .textContent()
      )?.match(/\d+/)?.[0] ?? 0,
    );
  const before = await page.getByText(/^Version \d+/).count();
  const first = before === 0 ? 0 : await version();
  await page.getByRole("link", { name: "Write a new version" }).first().click();
  await expect(
    page.getByRole("heading", { level: 1, name: "New version: Treatment by video" }),
  ).toBeVisible();
  const english = page.getByLabel("Text in English");
  await english.fill(`${await english.inputValue()}\n\nAn invented addition.`);
  const russian = page.getByLabel("Text in Russian");
  await russian.fill(`${await russian.inputValue()}\n\nПридуманное дополнение.`);
  await page.getByRole("button", { name: "Publish" }).click();
  await page.waitForURL("**/admin/consents");
  // The first of the page is that consent's; others have versions of their own.
  await expect.poll(version).toBe(first + 1);
});
