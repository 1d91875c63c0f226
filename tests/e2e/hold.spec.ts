import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { Temporal } from "temporal-polyfill";
import { newId } from "@/lib/core/ids";
import { GUEST_SEATS } from "@/tests/support/browser-setup";
import { expect, test } from "@/tests/support/fixtures";
import type { PortalAddresses } from "@/tests/support/portal";
import { breachesOfBook } from "@/tests/support/sound-book";
import { letHoldsRunOut, openAccount, openPractice, type Practice, withRows } from "./practice";
import { agree, nextTime, signIn } from "./steps";

const GUEST = { name: "Paula Beispiel", email: "paula@example.org" };

/** Chooses a practitioner's first free time, which holds it; the page is then the one that books it. */
async function choose(page: Page, { practitionerId }: Practice): Promise<void> {
  await page.goto(`/practitioners/${practitionerId}`);
  await (await nextTime(page)).click();
  await expect(page.getByRole("heading", { level: 1, name: "Check and book" })).toBeVisible();
}

async function fillIn(page: Page): Promise<void> {
  await page.getByLabel("Your full name").fill(GUEST.name);
  await page.getByLabel("E-mail address").fill(GUEST.email);
  await agree(page);
}
const book = (page: Page) => page.getByRole("button", { name: "Book this visit" });
const expectBooked = (page: Page) => expect(page.getByText("Your visit is booked").first()).toBeVisible();
const held = (page: Page) => page.getByText(/^Reserved for you until \d\d:\d\d$/);

const holdOf = (portal: PortalAddresses, { practitionerId }: Practice) =>
  withRows(portal, (database) =>
    database.slot.findFirst({ where: { practitionerId, status: "busy_tentative" } }),
  );
/** How many seconds the hold still has. */
async function secondsLeft(portal: PortalAddresses, practice: Practice): Promise<number> {
  const hold = await holdOf(portal, practice);
  return hold?.expiresAt ? (hold.expiresAt.getTime() - Date.now()) / 1000 : 0;
}
const visitsOf = (portal: PortalAddresses, { practitionerId }: Practice) =>
  withRows(portal, (database) =>
    database.appointment.findMany({
      where: { practitionerId },
      include: { patient: true, consents: true, intakeAnswers: true },
    }),
  );

test.afterEach(({ portal }) =>
  withRows(portal, async (database) =>
    expect(await breachesOfBook(database, { seats: GUEST_SEATS, unchanged: [] })).toEqual([]),
  ),
);

test("a chosen time is kept, counted down, and gone for everybody else @both", async ({
  page,
  portal,
  visitor,
}) => {
  const practice = await openPractice(portal);
  await choose(page, practice);
  await expect(held(page)).toBeVisible();
  const timer = page.getByRole("timer");
  await expect(timer).toHaveText(/^(10:00|9:\d\d)$/);
  const before = await timer.innerText();
  await expect(timer).not.toHaveText(before);

  const other = await visitor("desktop");
  await other.goto(page.url());
  await expect(other.getByText("This time cannot be booked").first()).toBeVisible();
  expect((await other.context().cookies()).map(({ name }) => name)).not.toContain("visitor");
  const cookie = (await page.context().cookies()).find(({ name }) => name === "visitor");
  expect(cookie).toMatchObject({ httpOnly: true, sameSite: "Lax" });

  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations).toEqual([]);
  await fillIn(page);
  await book(page).click();
  await expectBooked(page);
});

test("leaving the page lets go of the time soon, and coming back keeps it", async ({ page, portal }) => {
  const practice = await openPractice(portal);
  await choose(page, practice);
  await expect(held(page)).toBeVisible();
  const address = page.url();
  await page.goto("/check");
  await expect.poll(() => secondsLeft(portal, practice)).toBeLessThanOrEqual(60);
  await page.goto(address);
  await expect.poll(() => secondsLeft(portal, practice)).toBeGreaterThan(500);
  await expect(page.getByRole("timer")).toHaveText(/^9:\d\d$/);

  // The same through a link of the portal, which loads no new document.
  await page.getByRole("link", { name: "Other times" }).click();
  await expect(page.getByRole("heading", { name: "Choose a time" })).toBeVisible();
  await expect.poll(() => secondsLeft(portal, practice)).toBeLessThanOrEqual(60);
  await page.goBack();
  await expect.poll(() => secondsLeft(portal, practice)).toBeGreaterThan(500);
});

test("what ran out can still be booked while nobody else has it, and is said to have", async ({
  page,
  portal,
}) => {
  const practice = await openPractice(portal);
  await choose(page, practice);
  await expect(held(page)).toBeVisible();
  await letHoldsRunOut(portal, practice.practitionerId);
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(page.getByText("Your time is no longer reserved").first()).toBeVisible();
  await fillIn(page);
  await book(page).click();
  await expectBooked(page);
});

test("another choice gives the first one up", async ({ page, portal }) => {
  const practice = await openPractice(portal);
  await choose(page, practice);
  await expect(held(page)).toBeVisible();
  const first = await holdOf(portal, practice);
  // Of a whole day, whatever is left of this one.
  const tomorrow = Temporal.Now.plainDateISO("Europe/Berlin").add({ days: 1 });
  await page.goto(`/practitioners/${practice.practitionerId}?day=${tomorrow}`);
  await page
    .getByRole("button", { name: /^\d\d:\d\d, / })
    .nth(4)
    .click();
  await expect(held(page)).toBeVisible();
  const second = await holdOf(portal, practice);
  expect(second?.id).not.toBe(first?.id);
  expect(await withRows(portal, (database) => database.slot.count({ where: { id: first?.id ?? "" } }))).toBe(
    0,
  );
});

test("a double click books once", async ({ page, portal }) => {
  const practice = await openPractice(portal);
  await choose(page, practice);
  await fillIn(page);
  await book(page).dblclick();
  await expectBooked(page);
  expect(await visitsOf(portal, practice)).toHaveLength(1);
});

test("a visit is booked for a child, with the contact's name apart @both", async ({
  page,
  portal,
  visitor,
}) => {
  const practice = await openPractice(portal);
  await choose(page, practice);
  await expect(page.getByLabel("First and last name of the patient")).toBeHidden();
  await page.getByLabel("Somebody else, such as a child or a parent").check();
  await fillIn(page);
  await book(page).click();
  await expect(
    page.getByRole("link", { name: "Enter the first and last name of the patient" }),
  ).toBeVisible();
  await page.getByLabel("First and last name of the patient").fill("Mia Beispiel");
  await book(page).click();
  await expectBooked(page);
  const [visit] = await visitsOf(portal, practice);
  expect(visit?.patient).toMatchObject({ name: "Mia Beispiel", contactName: GUEST.name, email: GUEST.email });

  const practitioner = await visitor("desktop");
  await signIn(practitioner, practice.account);
  await practitioner.goto(`/agenda/${visit?.id}`);
  await expect(practitioner.getByRole("heading", { name: "Mia Beispiel" })).toBeVisible();
  await expect(practitioner.getByText(`${GUEST.name}, who booked for the patient`)).toBeVisible();
});

test("an account books for its people, and finds their visits among its own", async ({ page, portal }) => {
  const practice = await openPractice(portal);
  const account = await openAccount(portal);
  await signIn(page, account);
  for (const round of [1, 2]) {
    await choose(page, practice);
    await page.getByLabel("Somebody else, such as a child or a parent").check();
    if (round === 1) await page.getByLabel("First and last name of the patient").fill("Mia Beispiel");
    else await expect(page.getByLabel("Person I book for")).toHaveValue(/^[\w-]{36}$/);
    await agree(page);
    await book(page).click();
    await expectBooked(page);
  }
  const visits = await visitsOf(portal, practice);
  expect(new Set(visits.map(({ patientId }) => patientId)).size).toBe(1);
  await page.goto("/visits");
  await expect(page.getByRole("region", { name: "Coming up" }).getByText(practice.name)).toHaveCount(2);
});

test.describe("questions and consents", () => {
  /** One question of each kind, the first of which must be answered. */
  const ask = (portal: PortalAddresses, { visitTypeId }: Practice) =>
    withRows(portal, (database, now) =>
      database.intakeQuestion.createMany({
        data: (["text", "choice", "number", "date"] as const).map((kind, position) => ({
          id: newId(),
          visitTypeId,
          position,
          kind,
          required: kind === "text",
          labels: { en: `Question of ${kind}`, ru: `Вопрос: ${kind}` },
          ...(kind === "choice"
            ? {
                options: [
                  { value: "a", names: { en: "One answer", ru: "Один ответ" } },
                  { value: "b", names: { en: "Another answer", ru: "Другой ответ" } },
                ],
              }
            : {}),
          createdAt: new Date(now.epochMilliseconds),
        })),
      }),
    );

  for (const javaScriptEnabled of [true, false]) {
    test(`are answered and agreed to ${javaScriptEnabled ? "with" : "without"} JavaScript, and read by the practitioner`, async ({
      portal,
      visitor,
    }) => {
      const practice = await openPractice(portal);
      await ask(portal, practice);
      const page = await visitor("phone", { javaScriptEnabled });
      await choose(page, practice);
      await expect(held(page)).toBeVisible();
      await page.getByLabel("Your full name").fill(GUEST.name);
      await page.getByLabel("E-mail address").fill(GUEST.email);
      await page.getByLabel("Question of number").fill("many");
      await book(page).click();
      const problems = page.getByRole("alert").filter({ hasText: "There is a problem" }).getByRole("link");
      await expect(problems).toHaveText([
        "Answer the question “Question of text”",
        "Answer “Question of number” with a number, such as 37.5",
        /^Tick the box to agree/,
        /^Tick the box to agree/,
      ]);
      await expect(page.getByLabel("Question of number")).toHaveValue("many");
      await page.getByLabel("Question of number").fill("37,5");
      await page.getByLabel("Question of text").fill("An invented answer");
      await page.getByLabel("Another answer").check();
      await page.getByLabel("Question of date").fill("2026-11-20");
      await agree(page);
      await book(page).click();
      await expectBooked(page);
      const [visit] = await visitsOf(portal, practice);
      expect([visit?.intakeAnswers.length, visit?.consents.length]).toEqual([4, 2]);

      const practitioner = await visitor("desktop");
      await signIn(practitioner, practice.account);
      await practitioner.goto(`/agenda/${visit?.id}`);
      for (const answer of ["An invented answer", "Another answer", "37.5", "2026-11-20"]) {
        await expect(practitioner.getByText(answer, { exact: true })).toBeVisible();
      }
    });
  }

  test("a wording that changes meanwhile has to be read again", async ({ page, portal }) => {
    const practice = await openPractice(portal);
    await choose(page, practice);
    await fillIn(page);
    const version = await withRows(portal, async (database, now) => {
      const last = await database.consentText.findFirstOrThrow({
        where: { kind: "data" },
        orderBy: { version: "desc" },
      });
      return database.consentText.create({
        data: {
          id: newId(),
          kind: "data",
          version: last.version + 1,
          texts: { en: "A newer invented wording", ru: "Новый выдуманный текст" },
          publishedAt: new Date(now.epochMilliseconds),
        },
      });
    });
    try {
      await book(page).click();
      await expect(page.getByRole("link", { name: /^The wording has just changed/ })).toBeVisible();
      await expect(page.getByLabel("Your full name")).toHaveValue(GUEST.name);
      await page.getByText("What the clinic does with the data").click();
      await expect(page.getByText("A newer invented wording")).toBeVisible();
      await agree(page);
      await book(page).click();
      await expectBooked(page);
    } finally {
      await withRows(portal, async (database) => {
        await database.consent.deleteMany({ where: { consentTextId: version.id } });
        await database.consentText.delete({ where: { id: version.id } });
      });
    }
  });
});

test.describe("what nobody's page sends", () => {
  test("is answered below 500, and changes nothing", async ({ page, portal, request }) => {
    const practice = await openPractice(portal);
    await choose(page, practice);
    const { id: holdId = "", expiresAt } = (await holdOf(portal, practice)) ?? {};
    const say = (word: string, data: unknown, headers: Record<string, string> = { origin: portal.url }) =>
      request.post(`/api/hold/${word}`, { data: data as object, headers });
    for (const word of ["leave", "return"]) {
      // A stranger who knows the hold's id learns nothing and changes nothing.
      const strange = await say(word, { holdId, sequence: 9 });
      expect([strange.status(), await strange.json()]).toEqual([200, { secondsLeft: 0 }]);
      expect((await say(word, { holdId, sequence: 9 }, {})).status()).toBe(403);
      expect((await say(word, { holdId, sequence: 9 }, { origin: "null" })).status()).toBe(403);
      const nonsense = [
        {},
        { holdId },
        { holdId: "x", sequence: 1 },
        { holdId, sequence: -1 },
        { holdId, sequence: 1e300 },
        [],
      ];
      for (const body of nonsense) expect((await say(word, body)).status()).toBe(400);
      expect((await say(word, { holdId, sequence: 1, more: "x".repeat(5_000) })).status()).toBe(413);
      const visitorCookie = { origin: portal.url, cookie: `visitor=${"a".repeat(43)}.${"b".repeat(43)}` };
      expect(await (await say(word, { holdId, sequence: 9 }, visitorCookie)).json()).toEqual({
        secondsLeft: 0,
      });
    }
    expect((await holdOf(portal, practice))?.expiresAt).toEqual(expiresAt);
  });
});
