import { readdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "@playwright/test";
import { DEFAULT_LOCALE, LOCALES, type Locale } from "@/lib/i18n/locales";
import { runningPortal } from "@/tests/support/browser-setup";
import { expect, test } from "@/tests/support/fixtures";
import { READERS, type Reader, type Row, type StorageState, stageLink, stagePages } from "./pages";
import { withRows } from "./practice";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** What can differ between light and dark: the rules about colours. The whole set runs in light. */
const COLOURS = ["color-contrast", "link-in-text-block"];
/** The narrowest phone, and a desk. */
const WIDTHS = [360, 1280];

/** Every route that `app` has a page for, without the groups, which no address shows. */
const routesOfApp = (): string[] =>
  readdirSync(join(import.meta.dirname, "../../app"), { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|\/)page\.tsx$/.test(file))
    .map((file) => `/${file.replace(/(^|\/)page\.tsx$/, "").replaceAll(/\([^)]*\)\/?/g, "")}`);

let rows: Row[] = [];
let sessions = new Map<Reader, StorageState>();

test.beforeAll(async ({ browser }) => {
  ({ rows, sessions } = await stagePages(browser, runningPortal()));
});

/**
 * Looks at a page in both modes and at both widths; soft, so that one run names everything there is. Rules are the slow part: in the
 * first language they look at light on the phone and dark on the desk, in a second one at the other two, and all languages together
 * have looked at everything once. Nothing may scroll sideways in any view of any language, since words differ in length.
 */
async function checkViews(page: Page, locale: Locale, what: string) {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of WIDTHS) {
      const view = `${what}, ${colorScheme}, ${width} px`;
      await page.setViewportSize({ width, height: 800 });
      const isOnDiagonal = (colorScheme === "light") === (width === WIDTHS[0]);
      if (isOnDiagonal === (locale === DEFAULT_LOCALE)) {
        const violations = await findViolations(page, colorScheme);
        expect.soft(violations, view).toEqual([]);
      }
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect.soft(overflow, `${view} scrolls sideways`).toBeLessThanOrEqual(0);
    }
  }
}

async function findViolations(page: Page, colorScheme: "light" | "dark"): Promise<string[]> {
  // In its own page alone: what is looked at here has no frames, and an empty page for each look takes its time.
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (colorScheme === "light"
    ? axe.withTags(TAGS)
    : axe.withRules(COLOURS)
  ).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

/** A page in one language, whatever the account's own is. */
async function openBrowser(browser: Browser, reader: Reader, locale: Locale): Promise<Page> {
  const { url } = runningPortal();
  const storageState = sessions.get(reader);
  const context = await browser.newContext({
    baseURL: url,
    reducedMotion: "reduce",
    ...(storageState ? { storageState } : {}),
  });
  await context.addCookies([{ name: "locale", value: locale, url }]);
  return context.newPage();
}

async function checkPage(page: Page, locale: Locale, { path, status = 200 }: Omit<Row, "route" | "reader">) {
  const answer = await page.goto(path);
  expect(answer?.status(), path).toBe(status);
  expect(new URL(page.url()).pathname, "it is this page, and not one that it leads to").toBe(
    path.replace(/\?.*/, ""),
  );
  await expect(page.locator("html")).toHaveAttribute("lang", locale);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  // The front page is called as the clinic is; every other says first what it is.
  expect.soft(await page.title(), `${path} has a title of its own`).toMatch(path === "/" ? /^[^–]+$/ : / – /);
  await checkViews(page, locale, `${path} in ${locale}`);
}

test("every page of the portal has its row", () => {
  expect([...new Set(rows.map(({ route }) => route))].toSorted()).toEqual(
    ["a page that is not there", ...new Set(routesOfApp())].toSorted(),
  );
});

for (const locale of LOCALES) {
  for (const reader of READERS) {
    test(`axe finds nothing on the pages of ${reader} in ${locale}`, async ({ browser, expectNoise }) => {
      test.setTimeout(600_000);
      expectNoise(/404/);
      const page = await openBrowser(browser, reader, locale);
      for (const row of rows.filter((candidate) => candidate.reader === reader))
        await checkPage(page, locale, row);
      await page.context().close();
    });
  }

  test(`axe finds nothing on the page of the first administrator in ${locale}`, async ({
    browser,
    portal,
  }) => {
    const token = await stageLink(portal, "setup");
    // The page is there only while the clinic has no administrator who can sign in.
    const administrators = { roles: { has: "administrator" as const }, disabledAt: null };
    const disabled = await withRows(portal, async (database, now) => {
      const found = await database.user.findMany({ where: administrators, select: { id: true } });
      await database.user.updateMany({
        where: administrators,
        data: { disabledAt: new Date(now.epochMilliseconds) },
      });
      return found.map(({ id }) => id);
    });
    try {
      const page = await openBrowser(browser, "anybody", locale);
      await checkPage(page, locale, { path: `/setup/${token}` });
      await expect(page.locator("input[type=password]")).toHaveCount(2);
      await page.context().close();
    } finally {
      await withRows(portal, (database) =>
        database.user.updateMany({ where: { id: { in: disabled } }, data: { disabledAt: null } }),
      );
    }
  });
}
