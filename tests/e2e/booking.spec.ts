import { AxeBuilder } from "@axe-core/playwright";
import { type Browser, type BrowserContextOptions, expect, type Page, test } from "@playwright/test";
import accounts from "@/prisma/seed/accounts.json" with { type: "json" };
import { runningPortal } from "@/tests/support/browser-setup";
import { letHoldsRunOut } from "./practice";
import { agree, nextTime, showFreeDays } from "./steps";

const patient = accounts.find(({ role }) => role === "patient")!;

/** Any address of an invented person; each booking makes a patient of its own. */
const GUEST = { name: "Pjotr Beispiel", email: "pjotr.beispiel@example.org", reason: "A cough at night" };

const BERLIN = { locale: "en-GB", timezoneId: "Europe/Berlin" } satisfies BrowserContextOptions;

/** From the front page to the form of the first free time of the practitioner at this place in the list. */
async function chooseTime(page: Page, place: number): Promise<string> {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "See a doctor online" })).toBeVisible();
  await page.getByRole("main").getByRole("heading", { level: 2 }).nth(place).getByRole("link").click();
  await expect(page.getByRole("heading", { name: "Choose a time" })).toBeVisible();
  await (await nextTime(page)).click();
  await expect(page.getByRole("heading", { level: 1, name: "Check and book" })).toBeVisible();
  return new URL(page.url()).pathname;
}

async function fillIn(page: Page, guest: Partial<typeof GUEST> = GUEST) {
  await page.getByLabel("Your full name").fill(guest.name ?? "");
  await page.getByLabel("E-mail address").fill(guest.email ?? "");
  await page.getByLabel("Why are you coming?").fill(guest.reason ?? "");
  await agree(page);
}

const book = (page: Page) => page.getByRole("button", { name: "Book this visit" }).click();

/** The visit's own page, opened by the personal link that the booking made. */
async function expectBooked(page: Page) {
  // A browser without script carries the fragment of the page that posted over to the one it is led to.
  await page.waitForURL(/\/v\/[\w-]{43}\?booked=1(#\w+)?$/);
  await expect(page.getByRole("main")).toContainText("booked");
}

/** Somebody else, elsewhere, takes the time first. */
async function bookElsewhere(browser: Browser, path: string) {
  const context = await browser.newContext(BERLIN);
  const page = await context.newPage();
  await page.goto(path);
  await fillIn(page, { ...GUEST, name: "Ines Quicker", email: "ines.quicker@example.org" });
  await book(page);
  await expectBooked(page);
  await context.close();
}

for (const { mode, javaScriptEnabled, first } of [
  { mode: "with JavaScript", javaScriptEnabled: true, first: 1 },
  { mode: "without JavaScript", javaScriptEnabled: false, first: 4 },
]) {
  test.describe(`a guest ${mode}`, () => {
    test.use({ ...BERLIN, javaScriptEnabled });

    test("finds a practitioner, chooses a time and books it", async ({ page }) => {
      await chooseTime(page, first);
      await expect(page.getByText("Not for emergencies")).toBeVisible();
      await fillIn(page);
      await book(page);
      await expectBooked(page);
    });

    test("is told what to mend, and keeps what was typed", async ({ page }) => {
      await chooseTime(page, first + 1);
      await fillIn(page, { email: "pjotr", reason: GUEST.reason });
      await book(page);
      const summary = page.getByRole("alert").filter({ hasText: "There is a problem" });
      await expect(summary).toBeFocused();
      await expect(summary.getByRole("link")).toHaveText([
        "Enter your full name",
        "Enter an e-mail address in the right form, such as name@example.com",
      ]);
      await expect(page.getByLabel("E-mail address")).toHaveAccessibleDescription(/right form/);
      await expect(page.getByLabel("E-mail address")).toHaveValue("pjotr");
      await expect(page.getByLabel("Why are you coming?")).toHaveValue(GUEST.reason);

      await summary.getByRole("link", { name: "Enter your full name" }).click();
      await page.getByLabel("Your full name").fill(GUEST.name);
      await page.getByLabel("E-mail address").fill(GUEST.email);
      await book(page);
      await expectBooked(page);
    });

    test("whose time was taken gets the nearest ones, and books one with what was typed", async ({
      page,
      browser,
    }) => {
      const path = await chooseTime(page, first + 2);
      await fillIn(page);
      await letHoldsRunOut(runningPortal(), path.split("/")[2] ?? "");
      await bookElsewhere(browser, path);
      await book(page);
      await expect(
        page.getByRole("alert").filter({ hasText: "This time has just been taken" }),
      ).toBeVisible();
      await expect(page.getByLabel("Your full name")).toHaveValue(GUEST.name);
      await expect(page.getByRole("button", { name: "Book this visit" })).toHaveCount(0);

      const nearest = page.getByRole("button", { name: /^\w{3} \d+ \w+, \d\d:\d\d$/ }).first();
      const words = (await nearest.innerText()).split(", ").at(-1) ?? "";
      await page.getByLabel("E-mail address").fill("");
      await nearest.click();
      await expect(page.getByRole("alert").filter({ hasText: "There is a problem" })).toBeVisible();
      await expect(page.getByRole("main")).toContainText(`${words} (Berlin time)`);

      await page.getByLabel("E-mail address").fill(GUEST.email);
      await book(page);
      await expectBooked(page);
      await expect(page.getByRole("main")).toContainText(words);
    });
  });
}

test.describe("a patient with an account", () => {
  test.use({ ...BERLIN, javaScriptEnabled: false });

  test("books without saying who, and finds the visit among the own ones", async ({ page }) => {
    const { email, password, name } = patient;
    await page.goto("/sign-in");
    await page.getByLabel("E-mail").fill(email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in", exact: true }).click();
    await page.waitForURL("**/visits");

    await chooseTime(page, 7);
    await expect(page.getByText(`You book as ${name}.`)).toBeVisible();
    await expect(page.getByLabel("Your full name")).toHaveCount(0);
    await page.getByLabel("Why are you coming?").fill(GUEST.reason);
    await agree(page);
    const when = await page.locator("main dd time").innerText();
    await book(page);
    await page.waitForURL(/\/visit\/[\w-]{36}\?booked=1$/);

    await page.getByRole("link", { name: "My visits" }).first().click();
    const upcoming = page.getByRole("region", { name: "Coming up" });
    await expect(upcoming.getByText(when).first()).toBeVisible();
    await expect(
      upcoming.getByRole("link", { name: /^(Open the visit|Go to the waiting room): / }).first(),
    ).toBeVisible();
    await expect(page.getByRole("link", { name: /^Book again: / }).first()).toBeVisible();

    await page.getByRole("button", { name: "Sign out" }).first().click();
    await expect(page.getByRole("link", { name: "Sign in" })).toBeVisible();
  });
});

test.describe("times", () => {
  test.use({ ...BERLIN, javaScriptEnabled: false });

  test("follow the zone that the visitor chooses", async ({ page }) => {
    await page.goto("/");
    await expect(page.getByText("Times are clinic time, Berlin")).toBeVisible();
    await page.getByText("Change the time zone").click();
    await page.getByLabel("Time zone").selectOption("Asia/Tokyo");
    await page.getByRole("button", { name: "Use this time zone" }).click();
    await expect(page.getByText("Times are in Tokyo time (GMT+9).")).toBeVisible();
  });

  test("that cannot be booked lead to the nearest ones", async ({ page }) => {
    const path = await chooseTime(page, 0);
    await page.goto(path.replace(/\d{8}T\d{4}Z$/, "20200101T0900Z"));
    await expect(page.getByText("This time cannot be booked")).toBeVisible();
    await page
      .getByRole("link", { name: /^\w+ \d+ \w+, \d\d:\d\d$/ })
      .first()
      .click();
    await expect(page.getByRole("button", { name: "Book this visit" })).toBeVisible();
  });

  for (const address of ["/practitioners/nobody", "/book/a/b/c", "/book/a/b/20261124T0900Z"]) {
    test(`have no page at ${address}`, async ({ page }) => {
      expect((await page.goto(address))?.status()).toBe(404);
    });
  }

  test("of a day are opened by its name, which tells how many are free", async ({ page }) => {
    await chooseTime(page, 0);
    await page.goBack();
    const day = (await showFreeDays(page, 2)).nth(1);
    const [name = ""] = ((await day.getAttribute("aria-label")) ?? "").split(":");
    await day.click();
    await expect(page.getByRole("heading", { name, exact: true })).toBeVisible();
    await expect(page.getByRole("link", { name: new RegExp(`^${name}: \\d+ free`) })).toHaveAttribute(
      "aria-current",
      "date",
    );
  });
});

/** Each language, mode and width once; `routes.spec` has the pages themselves, and this what a patient's clicks make of them. */
const VIEWS = [
  { locale: "en-GB", colorScheme: "light", width: 360 },
  { locale: "ru-RU", colorScheme: "dark", width: 1280 },
] as const;

for (const { locale, colorScheme, width } of VIEWS) {
  test(`axe finds nothing in ${locale}, ${colorScheme}, ${width} px`, async ({ browser }) => {
    const context = await browser.newContext({
      locale,
      colorScheme,
      timezoneId: "Asia/Kolkata",
      viewport: { width, height: 800 },
    });
    const page = await context.newPage();
    const check = async (what: string) => {
      expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations, what).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `${what} scrolls sideways`).toBe(0);
    };
    await page.goto("/");
    await page.locator("main details summary").first().click();
    await check("the front page");
    await page.goto("/?specialty=cardiology&language=kk");
    await check("a filter that nobody matches");
    await page.goto("/");
    await page.getByRole("main").getByRole("heading", { level: 2 }).first().getByRole("link").click();
    await page.waitForURL(/\/practitioners\//);
    await (await nextTime(page)).click();
    await page.waitForURL(/\/book\//);
    await page.locator("form#book button[type=submit]").click();
    await page.locator("form#book").getByRole("alert").waitFor();
    await check("the form with problems");
    await page.goto(page.url().replace(/\d{8}T\d{4}Z$/, "20200101T0900Z"));
    await check("a time that cannot be booked");
    await context.close();
  });
}
