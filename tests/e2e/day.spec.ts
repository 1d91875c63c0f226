import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { expect, test } from "@/tests/support/fixtures";
import type { PortalAddresses } from "@/tests/support/portal";
import { atNoon, openPractice, type Practice, type StagedVisit, stageVisit, withRows } from "./practice";
import { accountOf, signIn } from "./steps";

async function openDay(portal: PortalAddresses): Promise<Practice> {
  const practice = await openPractice(portal);
  await atNoon(portal, practice);
  return practice;
}

/** What was agreed to when a staged visit was booked, in its present wording. */
const agreeTo = (portal: PortalAddresses, { appointmentId }: StagedVisit) =>
  withRows(portal, async (database, now) => {
    const { patientId } = await database.appointment.findUniqueOrThrow({ where: { id: appointmentId } });
    const texts = await database.consentText.findMany({
      distinct: ["kind"],
      orderBy: [{ kind: "asc" }, { version: "desc" }],
    });
    const agreedAt = new Date(now.epochMilliseconds);
    for (const { id: consentTextId } of texts)
      await database.consent.create({
        data: { id: randomUUID(), patientId, appointmentId, consentTextId, locale: "en", agreedAt },
      });
  });

const mailsOf = (portal: PortalAddresses, { appointmentId }: StagedVisit, kind: "running_late") =>
  withRows(portal, (database) => database.notification.count({ where: { appointmentId, kind } }));

/** What the watcher has seen of a visit's call: TrueConf began it by itself, or somebody is left alone in it past its time. */
const writeCall = (
  portal: PortalAddresses,
  { appointmentId }: StagedVisit,
  { selfStartedMinutesAgo, aloneMinutes }: { selfStartedMinutesAgo?: number; aloneMinutes?: number },
) =>
  withRows(portal, async (database, now) => {
    const ago = (minutes: number) => new Date(now.subtract({ minutes }).epochMilliseconds);
    const { id: encounterId } = await database.encounter.findUniqueOrThrow({ where: { appointmentId } });
    const seen = {
      state: "running" as const,
      selfStartedAt: selfStartedMinutesAgo === undefined ? null : ago(selfStartedMinutesAgo),
      aloneSince: aloneMinutes === undefined ? null : ago(aloneMinutes),
      // Nobody looks at it any more, so that what is written stays.
      closedAt: ago(0),
    };
    await database.conference.upsert({
      where: { encounterId },
      create: {
        id: randomUUID(),
        encounterId,
        trueconfId: randomUUID().replaceAll("-", "_"),
        owner: "clinic",
        createdAt: ago(0),
        ...seen,
      },
      update: seen,
    });
    if (aloneMinutes === undefined) return;
    await database.appointment.update({
      where: { id: appointmentId },
      data: { startAt: ago(60), endAt: ago(50), status: "arrived" },
    });
    await database.slot.update({
      where: { appointmentId },
      data: { startAt: ago(60), endAt: ago(50), visitStartAt: ago(60), visitEndAt: ago(50) },
    });
    await database.encounter.update({
      where: { id: encounterId },
      data: { status: "in_progress", startedAt: ago(60) },
    });
  });

const line = (page: Page, { appointmentId }: StagedVisit) => page.locator(`#visit-${appointmentId}`);
const open = async (page: Page, visit: StagedVisit) => {
  await line(page, visit).click();
  await page.waitForURL(`**/agenda/${visit.appointmentId}`);
};
/** The waiting room, live. */
async function wait(page: Page, practice: Practice, { token }: StagedVisit) {
  await page.goto(`/v/${token}`);
  await expect(page.getByText(`Waiting for ${practice.name}`)).toBeVisible();
}

/** Nothing is wider than the screen. */
const expectNoScroll = async (page: Page) =>
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBeLessThanOrEqual(0);

test("says soon, in words and how late, to whoever waits and whoever is still to come @both", async ({
  page,
  visitor,
  portal,
}, { project }) => {
  const practice = await openDay(portal);
  const here = await stageVisit(portal, practice, { starts: { minutes: 5 } });
  const later = await stageVisit(portal, practice, { starts: { minutes: 95 } });
  const patient = await visitor("phone");
  await wait(patient, practice, here);

  await signIn(page, practice.account);
  await expect(line(page, here)).toContainText("Here since");
  await expect(line(page, later)).toContainText("Booked");
  const since = (await line(page, here).textContent())?.match(/Here since (\d\d:\d\d)/)?.[1];
  await open(page, here);
  await expect(
    page.getByText(`has been waiting since ${since}.`),
    "on the same clock as the list",
  ).toBeVisible();
  await page.getByRole("button", { name: "With you soon" }).click();
  await expect(patient.getByText("I’ll be with you soon.")).toBeVisible();
  await expect(page.getByText("I’ll be with you soon.")).toBeVisible();

  await page.getByText("Message…").click();
  await page.getByRole("button", { name: "Send the message" }).click();
  await expect(page.getByText("Please write something")).toBeVisible();
  await page.getByLabel(/^What .+ is to read/).fill("The invented lift is stuck.");
  await page.getByRole("button", { name: "Send the message" }).click();
  await expect(patient.getByText("The invented lift is stuck.")).toBeVisible();

  const isPhone = project.name === "phone";
  await page
    .getByText(isPhone ? "Late…" : "Running late")
    .first()
    .click();
  await page.getByRole("button", { name: "20 min" }).filter({ visible: true }).click();
  await expect(
    page.getByText("You have said that you run 20 minutes late.").filter({ visible: true }),
  ).toBeVisible();
  await expect(patient.getByText(/Expected start: about/)).toBeVisible();
  expect(await mailsOf(portal, later, "running_late")).toBe(1);
  expect(await mailsOf(portal, here, "running_late")).toBe(0);

  await page.getByRole("button", { name: "On time again" }).filter({ visible: true }).click();
  await expect(patient.getByText(/Expected start: about/)).toHaveCount(0);

  await patient.close();
  await expect(page.getByText("is not in the waiting room now")).toBeVisible();
  await page.goto("/agenda");
  await expect(line(page, here)).toContainText("Was here at");
  await writeCall(portal, later, { selfStartedMinutesAgo: 1 });
  await writeCall(portal, here, { aloneMinutes: 5 });
  await page.goto("/agenda");
  await expect(line(page, later)).toContainText("TrueConf opened the conference by itself");
  await open(page, here);
  await expect(page.getByText(/^This visit ends by itself at \d/)).toBeVisible();
});

test("a no-show is proposed, recorded by one click and taken back, and the patient is let in again @both", async ({
  page,
  visitor,
  portal,
}) => {
  const practice = await openDay(portal);
  const visit = await stageVisit(portal, practice, { starts: { minutes: -20 } });
  await signIn(page, practice.account);
  await expect(line(page, visit)).toContainText("No-show?");
  await open(page, visit);
  await expect(page.getByText("Paula Beispiel does not seem to come")).toBeVisible();
  await page.getByRole("button", { name: "Paula Beispiel did not come" }).click();
  await expect(page.getByText("It is recorded that Paula Beispiel did not come.")).toBeVisible();

  const patient = await visitor("phone");
  await patient.goto(`/v/${visit.token}`);
  await expect(patient.getByText("You were not in the waiting room")).toBeVisible();
  await page.getByRole("button", { name: "Take it back" }).click();
  await expect(page.getByRole("button", { name: "Start visit" })).toBeVisible();
  await expect(patient.getByText(`Waiting for ${practice.name}`)).toBeVisible();
  await page.goto("/agenda");
  await expect(line(page, visit)).toContainText("Here since");
});

test("a patient whose practitioner could not come gets an apology and another time by one click @both", async ({
  page,
  visitor,
  portal,
}) => {
  const practice = await openDay(portal);
  const visit = await stageVisit(portal, practice, { starts: { minutes: -5 } });
  await agreeTo(portal, visit);
  await wait(page, practice, visit);

  const desk = await visitor("desktop");
  await signIn(desk, practice.account);
  await expect(line(desk, visit)).toContainText("Here since");
  await open(desk, visit);
  await desk.getByText("Somebody did not come…").click();
  await desk.getByRole("button", { name: "I could not come" }).click();
  await expect(desk.getByText("It is recorded that you did not come.")).toBeVisible();

  await expect(page.getByText(`We are sorry: ${practice.name} could not come`)).toBeVisible();
  await page
    .getByRole("button", { name: /^Book / })
    .first()
    .click();
  await page.waitForURL(/\/v\/[\w-]{43}\?booked=1$/);
  await expect(page.getByText("Your visit is booked").first()).toBeVisible();

  await page.goto(`/v/${visit.token}`);
  await expect(page.getByText("Another time is booked")).toBeVisible();
  await expect(page.getByRole("button", { name: /^Book / })).toHaveCount(0);
});

test("the week shows each day, live, and leads to its visits @both", async ({ page, visitor, portal }) => {
  const practice = await openDay(portal);
  const visit = await stageVisit(portal, practice, { starts: { minutes: 5 } });
  await signIn(page, practice.account);
  await page.getByRole("navigation", { name: "View" }).getByRole("link", { name: "Week" }).click();
  await page.waitForURL(/\/agenda\/week/);
  await expect(page.getByRole("heading", { level: 2 })).toHaveCount(7);
  await expectNoScroll(page);
  const today = page.locator(`a[href="/agenda/${visit.appointmentId}"]`);
  await expect(today).toContainText("Booked");

  const patient = await visitor("phone");
  await wait(patient, practice, visit);
  await expect(today).toContainText("Here since");

  await page.getByRole("link", { name: "Next week" }).click();
  await expect(today).toHaveCount(0);
  await page.getByRole("link", { name: "This week" }).click();
  await today.click();
  await page.waitForURL(`**/agenda/${visit.appointmentId}`);
  await expectNoScroll(page);
});

test("without JavaScript it is said, refused and taken back all the same", async ({ browser, portal }) => {
  const practice = await openDay(portal);
  const visit = await stageVisit(portal, practice, { starts: { minutes: -20 } });
  const context = await browser.newContext({
    baseURL: portal.url,
    javaScriptEnabled: false,
    locale: "en-GB",
  });
  const page = await context.newPage();
  await signIn(page, practice.account);
  await page.goto(`/agenda/${visit.appointmentId}`);
  await page.getByRole("button", { name: "With you soon" }).click();
  await expect(page.getByText("I’ll be with you soon.")).toBeVisible();
  await page.getByText("Message…").click();
  await page.getByRole("button", { name: "Send the message" }).click();
  await expect(page.getByText("Please write something")).toBeVisible();
  await page.getByRole("button", { name: "Paula Beispiel did not come" }).click();
  await expect(page.getByText("It is recorded that Paula Beispiel did not come.")).toBeVisible();
  await page.getByRole("button", { name: "Take it back" }).click();
  await expect(page.getByText("does not seem to come")).toHaveCount(0);
  await expect(page.getByText("Somebody did not come…")).toBeVisible();
  await context.close();
});

test("the keyboard does it all", async ({ page, portal }) => {
  const practice = await openDay(portal);
  const visit = await stageVisit(portal, practice, { starts: { minutes: 5 } });
  await signIn(page, practice.account);
  await expect(line(page, visit)).toBeVisible();
  await page.keyboard.press("?");
  await expect(page.getByRole("dialog", { name: "Keys of the agenda" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);

  await page.keyboard.press("j");
  await expect(line(page, visit)).toBeFocused();
  await page.keyboard.press("Enter");
  await page.waitForURL(`**/agenda/${visit.appointmentId}`);
  await expect(page.getByRole("button", { name: "With you soon" })).toBeVisible();
  await page.keyboard.press("w");
  await expect(page.getByText("I’ll be with you soon.")).toBeVisible();
  await page.keyboard.press("m");
  await page.keyboard.type("A word by keys");
  await page.getByRole("button", { name: "Send the message" }).click();
  await expect(page.getByText("A word by keys").first()).toBeVisible();

  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("l");
  await page.keyboard.type("12");
  await page.keyboard.press("Enter");
  await expect(page.getByText("You have said that you run 12 minutes late.").first()).toBeVisible();
  await page.getByRole("heading", { level: 1 }).click();
  await page.keyboard.press("v");
  await page.waitForURL(/\/agenda\/week/);
});

test("the clinic decides about visits", async ({ page, portal }) => {
  await signIn(page, accountOf("administrator"));
  await page.goto("/admin/settings");
  const minutes = page.getByLabel("Minutes for which a running conference may be empty");
  const save = page.getByRole("button", { name: "Save the settings of visits" });
  try {
    await minutes.fill("0");
    await save.click();
    await expect(page.getByRole("alert").filter({ visible: true }).first()).toBeVisible();
    await expect(minutes).toHaveValue("0");
    await minutes.fill("11");
    await save.click();
    await expect(page.getByText("The settings of visits are saved.")).toBeVisible();
    await page.reload();
    await expect(minutes).toHaveValue("11");
  } finally {
    await withRows(portal, (database) => database.setting.deleteMany({ where: { key: "visits" } }));
  }
});

test("an agenda that stays open over midnight turns to the day that has come", async ({
  visitor,
  portal,
}) => {
  const practice = await openDay(portal);
  const visit = await stageVisit(portal, practice, { starts: { minutes: 2 } });
  const [desk, patient] = [await visitor("desktop"), await visitor("phone")];
  await signIn(desk, practice.account);
  await desk.goto("/agenda");
  await patient.goto(`/v/${visit.token}`);
  await expect(line(desk, visit)).toContainText("Here since");
  const today = desk.getByRole("heading", { level: 1 });
  const title = (await today.textContent()) ?? "";
  // Where it is another day by now.
  await withRows(portal, (database, now) =>
    database.practitioner.update({
      where: { id: practice.practitionerId },
      data: { timeZone: now.toZonedDateTimeISO("UTC").hour >= 10 ? "Pacific/Kiritimati" : "Etc/GMT+12" },
    }),
  );
  // The page looks every minute, and with whatever happens.
  await patient.close();
  await expect(today).not.toHaveText(title);
});
