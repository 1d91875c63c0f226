import { readdirSync } from "node:fs";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContext, Page } from "@playwright/test";
import { Temporal } from "temporal-polyfill";
import { newId, newToken } from "@/lib/core/ids";
import { LOCALES, type Locale } from "@/lib/i18n/locales";
import { hashToken } from "@/lib/security/tokens";
import { runningPortal } from "@/tests/support/browser-setup";
import { makeUser } from "@/tests/support/factories";
import { expect, test } from "@/tests/support/fixtures";
import type { PortalAddresses } from "@/tests/support/portal";
import { openAccount, openPractice, stageVisit, withRows } from "./practice";
import { type Account, accountOf, signIn } from "./steps";

const READERS = ["anybody", "patient", "practitioner", "administrator"] as const;
type Reader = (typeof READERS)[number];

/** One page as somebody sees it: its route as the folders of `app` name it, and an address that has it. */
type Row = { route: string; reader: Reader; path: string; status?: number };
type StorageState = Awaited<ReturnType<BrowserContext["storageState"]>>;

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

/** A link of another purpose than a visit's. */
const stageLink = (portal: PortalAddresses, purpose: "invitation" | "setup"): Promise<string> =>
  withRows(portal, async (database, now) => {
    const token = newToken();
    const invited = purpose === "invitation" ? await makeUser(database, { now }) : undefined;
    await database.accessLink.create({
      data: {
        id: newId(),
        purpose,
        tokenHash: hashToken(token),
        userId: invited?.id ?? null,
        expiresAt: new Date(now.add({ hours: 1 }).epochMilliseconds),
        createdAt: new Date(now.epochMilliseconds),
      },
    });
    return token;
  });

let rows: Row[] = [];
const sessions = new Map<Reader, StorageState>();

async function sessionOf(browser: Browser, portal: PortalAddresses, account: Account): Promise<StorageState> {
  const page = await browser.newPage({ baseURL: portal.url, locale: "en-GB" });
  await signIn(page, account);
  const state = await page.context().storageState();
  await page.context().close();
  return state;
}

test.beforeAll(async ({ browser }) => {
  const portal = runningPortal();
  const practice = await openPractice(portal);
  const account = await openAccount(portal);
  const { patientId } = account;
  const waiting = await stageVisit(portal, practice, { starts: { minutes: 20 }, patientId });
  const ahead = await stageVisit(portal, practice, { starts: { hours: 30 }, patientId });
  const finished = await stageVisit(portal, practice, {
    starts: { hours: -48 },
    status: "fulfilled",
    patientId,
  });
  const missed = await stageVisit(portal, practice, { starts: { hours: -24 }, patientId });
  sessions.set("patient", await sessionOf(browser, portal, account));
  sessions.set("practitioner", await sessionOf(browser, portal, practice.account));
  sessions.set("administrator", await sessionOf(browser, portal, accountOf("administrator")));

  const { practitionerId, visitTypeId } = practice;
  const book = (day: Temporal.PlainDate) =>
    `/book/${practitionerId}/${visitTypeId}/${day.toString().replaceAll("-", "")}T0900Z`;
  const today = Temporal.Now.plainDateISO("UTC");
  rows = [
    { route: "/", reader: "anybody", path: "/" },
    {
      route: "/practitioners/[practitionerId]",
      reader: "anybody",
      path: `/practitioners/${practitionerId}`,
    },
    {
      route: "/book/[practitionerId]/[visitTypeId]/[start]",
      reader: "anybody",
      path: book(today.add({ days: 2 })),
    },
    {
      route: "/book/[practitionerId]/[visitTypeId]/[start]",
      reader: "anybody",
      path: book(today.subtract({ days: 1 })),
    },
    {
      route: "/book/[practitionerId]/[visitTypeId]/[start]",
      reader: "patient",
      path: book(today.add({ days: 2 })),
    },
    { route: "/sign-in", reader: "anybody", path: "/sign-in" },
    {
      route: "/invitation/[token]",
      reader: "anybody",
      path: `/invitation/${await stageLink(portal, "invitation")}`,
    },
    { route: "/invitation/[token]", reader: "anybody", path: `/invitation/${newToken()}` },
    { route: "/setup/[token]", reader: "anybody", path: `/setup/${newToken()}` },
    { route: "/v/[token]", reader: "anybody", path: `/v/${ahead.token}?booked=1` },
    { route: "/v/[token]", reader: "anybody", path: `/v/${waiting.token}` },
    { route: "/v/[token]", reader: "anybody", path: `/v/${finished.token}` },
    { route: "/v/[token]", reader: "anybody", path: `/v/${missed.token}` },
    { route: "/v/[token]", reader: "anybody", path: `/v/${newToken()}`, status: 404 },
    { route: "a page that is not there", reader: "anybody", path: "/nowhere", status: 404 },
    { route: "/visits", reader: "patient", path: "/visits" },
    { route: "/visit/[appointmentId]", reader: "patient", path: `/visit/${waiting.appointmentId}` },
    { route: "/visit/[appointmentId]", reader: "patient", path: `/visit/${finished.appointmentId}` },
    { route: "/visit/[appointmentId]", reader: "patient", path: `/visit/${newId()}`, status: 404 },
    { route: "/agenda", reader: "practitioner", path: "/agenda" },
    { route: "/agenda", reader: "practitioner", path: `/agenda?date=${today.add({ days: 20 })}` },
    { route: "/agenda/[appointmentId]", reader: "practitioner", path: `/agenda/${waiting.appointmentId}` },
    { route: "/agenda/[appointmentId]", reader: "practitioner", path: `/agenda/${finished.appointmentId}` },
    { route: "/agenda/[appointmentId]", reader: "practitioner", path: `/agenda/${newId()}`, status: 404 },
    { route: "/admin", reader: "administrator", path: "/admin" },
    { route: "/admin/practitioners", reader: "administrator", path: "/admin/practitioners" },
    { route: "/admin/practitioners/new", reader: "administrator", path: "/admin/practitioners/new" },
    {
      route: "/admin/practitioners/[practitionerId]",
      reader: "administrator",
      path: `/admin/practitioners/${practitionerId}`,
    },
    { route: "/admin/visit-types", reader: "administrator", path: "/admin/visit-types" },
    { route: "/admin/visit-types/new", reader: "administrator", path: "/admin/visit-types/new" },
    {
      route: "/admin/visit-types/[visitTypeId]",
      reader: "administrator",
      path: `/admin/visit-types/${visitTypeId}`,
    },
    {
      route: "/admin/practitioners/[practitionerId]",
      reader: "administrator",
      path: `/admin/practitioners/${newId()}`,
      status: 404,
    },
  ];
});

/** Looks at a page in both modes and at both widths; soft, so that one run names everything there is. */
async function checkViews(page: Page, what: string) {
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    for (const width of WIDTHS) {
      const view = `${what}, ${colorScheme}, ${width} px`;
      await page.setViewportSize({ width, height: 800 });
      // In its own page alone: what is looked at here has no frames, and an empty page for each look takes its time.
      const axe = new AxeBuilder({ page }).setLegacyMode();
      const { violations } = await (colorScheme === "light"
        ? axe.withTags(TAGS)
        : axe.withRules(COLOURS)
      ).analyze();
      const findings = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
      expect.soft(findings, view).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect.soft(overflow, `${view} scrolls sideways`).toBeLessThanOrEqual(0);
    }
  }
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
  await checkViews(page, `${path} in ${locale}`);
}

test("every page of the portal has its row", () => {
  expect([...new Set(rows.map(({ route }) => route))].toSorted()).toEqual(
    ["a page that is not there", ...new Set(routesOfApp())].toSorted(),
  );
});

for (const locale of LOCALES) {
  for (const reader of READERS) {
    test(`axe finds nothing on the pages of ${reader} in ${locale}`, async ({ browser, expectNoise }) => {
      test.setTimeout(240_000);
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
