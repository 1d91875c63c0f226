import { randomBytes } from "node:crypto";
import type { Locator, Page } from "@playwright/test";
import { Temporal } from "temporal-polyfill";
import { newId } from "@/lib/core/ids";
import { CHANNEL, timesTopic } from "@/lib/events/topics";
import { makeRules } from "@/tests/support/factories";
import { expect, test } from "@/tests/support/fixtures";
import type { PortalAddresses } from "@/tests/support/portal";
import { openPractice, type Practice, withRows } from "./practice";
import { freeDays, holdBack, showFreeDays } from "./steps";

/** Monday to Saturday by half-hours, morning and afternoon; there are no visits on Sunday. */
const HOURS = ([1, 2, 3, 4, 5, 6] as const).flatMap((weekday) => [
  { weekday, startTime: "09:00", endTime: "11:00" },
  { weekday, startTime: "14:00", endTime: "15:00" },
]);
const TIMES_A_DAY = 6;

/** A practitioner with days as people have them. */
async function openDays(portal: PortalAddresses): Promise<Practice> {
  const practice = await openPractice(portal);
  const { practitionerId, visitTypeId } = practice;
  await withRows(portal, async (database) => {
    await database.availabilityRule.deleteMany({ where: { practitionerId } });
    await makeRules(database, practitionerId, HOURS);
    await database.visitType.update({
      where: { id: visitTypeId },
      data: { durationMinutes: 30, intervalMinutes: 30, horizonDays: 60 },
    });
  });
  return practice;
}

/** Somebody else's hold that runs out by itself, as no browser could make one so short. */
const holdBriefly = (portal: PortalAddresses, practice: Practice, startAt: string, seconds: number) =>
  withRows(portal, async (database, now) => {
    const { practitionerId, visitTypeId } = practice;
    const [start, end] = [new Date(startAt), new Date(Date.parse(startAt) + 30 * 60_000)];
    await database.slot.create({
      data: {
        id: newId(),
        practitionerId,
        visitTypeId,
        status: "busy_tentative",
        startAt: start,
        endAt: end,
        visitStartAt: start,
        visitEndAt: end,
        seats: 0,
        holderHash: randomBytes(32),
        expiresAt: new Date(now.add({ seconds }).epochMilliseconds),
        createdAt: new Date(now.epochMilliseconds),
      },
    });
    await database.$executeRaw`SELECT pg_notify(${CHANNEL}, ${timesTopic(practitionerId)})`;
  });

const grid = (page: Page) => page.getByRole("grid");
const times = (page: Page | Locator) => page.getByRole("button", { name: /^\d\d:\d\d, / });
const openedDay = (page: Page) => page.getByRole("heading", { level: 2 }).last();

/** The name of a day's link without the number of its times. */
const dayOf = async (link: Locator) => ((await link.getAttribute("aria-label")) ?? "").split(":")[0] ?? "";

async function openTimes(page: Page, { practitionerId }: Practice, query = "") {
  await page.goto(`/practitioners/${practitionerId}${query}`);
  await expect(page.getByRole("heading", { name: "Choose a time" })).toBeVisible();
}

/** The page is awake once keys move between the days. */
async function openGrid(page: Page, practice: Practice) {
  await openTimes(page, practice);
  await expect(grid(page)).toBeVisible();
}

/** Another day than today, of which some may be over. */
async function openWholeDay(page: Page, practice: Practice) {
  await openGrid(page, practice);
  await (await showFreeDays(page, 2)).nth(1).click();
  await expect(openedDay(page)).toBeFocused();
  await expect(times(page)).toHaveCount(TIMES_A_DAY);
}

/** What has moved on the page by itself, since it was opened. */
const watchShifts = (page: Page) =>
  page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & {
        value: number;
        hadRecentInput: boolean;
      })[])
        if (!entry.hadRecentInput) shifts.push(entry.value);
    }).observe({ type: "layout-shift", buffered: true });
  });
const shiftsOf = (page: Page) =>
  page.evaluate(() => (window as unknown as { shifts: number[] }).shifts.filter((value) => value > 0));

test("a day and a time are chosen by keys alone", async ({ page, portal }) => {
  const practice = await openDays(portal);
  await openGrid(page, practice);
  const first = freeDays(page).first();
  await first.focus();
  const from = await first.getAttribute("data-date");

  const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-date"));
  const dayAfter = (date: string | null, days: number) =>
    Temporal.PlainDate.from(date ?? "")
      .add({ days })
      .toString();
  for (const [key, days] of [
    ["ArrowRight", 1],
    ["ArrowDown", 8],
    ["ArrowLeft", 7],
    ["ArrowUp", 0],
  ] as const) {
    await page.keyboard.press(key);
    // The page turns where the month ends.
    await expect.poll(focused, { message: key }).toBe(dayAfter(from, days));
  }
  await page.keyboard.press("Home");
  const monday = Temporal.PlainDate.from((await focused()) ?? "");
  expect(monday.dayOfWeek).toBe(1);
  await page.keyboard.press("End");
  const sunday = monday.add({ days: 6 });
  expect(await focused()).toBe(sunday.toString());
  // Sunday: no times, but heard, with the reason.
  await expect(page.locator("[data-date]:focus")).toHaveText(/Sunday .*: no visits$/);

  const title = await page.locator("#month").innerText();
  await page.keyboard.press("PageDown");
  await expect(page.locator("#month")).not.toHaveText(title);
  // The same day of the next month, or its last one.
  await expect.poll(focused).toBe(sunday.add({ months: 1 }).toString());
  await page.keyboard.press("PageUp");
  await expect(page.locator("#month")).toHaveText(title);
  await expect.poll(focused).not.toBeNull();

  await (await showFreeDays(page, 2)).nth(1).focus();
  const day = await dayOf(page.locator("[data-date]:focus"));
  await page.keyboard.press("Enter");
  await expect(openedDay(page)).toHaveText(day);
  await expect(openedDay(page)).toBeFocused();
  await expect(times(page)).toHaveCount(TIMES_A_DAY);
  await page.keyboard.press("Tab");
  await expect(times(page).first()).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { level: 1, name: "Check and book" })).toBeVisible();
});

test("only one day is in the order of Tab, and each is named by weekday, date and times", async ({
  page,
  portal,
}) => {
  await openWholeDay(page, await openDays(portal));
  await expect(page.locator("[data-date][tabindex='0']")).toHaveCount(1);
  await expect(page.getByRole("columnheader")).toHaveText(["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]);
  await expect(freeDays(page).last()).toHaveAccessibleName(
    new RegExp(`^(Mon|Tues|Wednes|Thurs|Fri|Satur)day,? \\d+ \\w+( \\d{4})?: ${TIMES_A_DAY} free times$`),
  );
  // Every day without times says why, and none of them leads anywhere.
  const empty = page.getByRole("gridcell").filter({ hasNot: page.getByRole("link") });
  for (const text of await empty.locator(".sr-only").allInnerTexts())
    expect(text).toMatch(/^\w+day,? \d+ \w+( \d{4})?: \w/);
  await expect(page.getByRole("heading", { level: 3 })).toHaveText(["Morning", "Afternoon"]);
});

test("a time that somebody takes is struck through where it stands, and comes back @both", async ({
  page,
  visitor,
  portal,
}) => {
  const practice = await openDays(portal);
  await openWholeDay(page, practice);
  const query = new URL(page.url()).search;

  const other = await visitor("desktop");
  await openTimes(other, practice, query);
  const wanted = times(page).nth(2);
  const label = (await wanted.getAttribute("aria-label")) ?? "";
  const box = await wanted.boundingBox();
  await times(other).nth(2).click();
  await expect(other.getByRole("heading", { level: 1, name: "Check and book" })).toBeVisible();

  await expect(wanted).toHaveAccessibleName(`${label}, taken`);
  await expect(wanted).toBeDisabled();
  expect(await wanted.boundingBox(), "it stays where it was").toEqual(box);
  await expect(
    page.getByRole("status").filter({ hasText: /^\d\d:\d\d is no longer free\.$/ }),
  ).toBeAttached();
  await expect(page.getByText(`${TIMES_A_DAY - 1} free times`, { exact: true })).toBeVisible();

  // One that runs out comes back without anybody's doing.
  const brief = times(page).nth(4);
  const briefly = (await brief.getAttribute("aria-label")) ?? "";
  await holdBriefly(portal, practice, (await brief.getAttribute("value")) ?? "", 3);
  await expect(brief).toHaveAccessibleName(`${briefly}, taken`);
  await expect(brief).toHaveAccessibleName(briefly);
  await expect(page.getByRole("status").filter({ hasText: /^\d\d:\d\d is free again\.$/ })).toBeAttached();
});

test("a time that the visitor holds stays theirs, and leads back to its form", async ({ page, portal }) => {
  const practice = await openDays(portal);
  await openWholeDay(page, practice);
  const path = page.url();
  const wanted = times(page).nth(1);
  const label = (await wanted.getAttribute("aria-label")) ?? "";
  await wanted.click();
  await expect(page.getByRole("heading", { level: 1, name: "Check and book" })).toBeVisible();
  const form = page.url();

  await page.goto(path);
  await expect(page.getByText(/ is held for you until \d\d:\d\d$/)).toBeVisible();
  const mine = page.getByRole("button", { name: `${label}, yours` });
  await expect(mine).toBeEnabled();
  await expect(page.getByText(`${TIMES_A_DAY} free times`, { exact: true })).toBeVisible();
  await mine.click();
  await expect(page).toHaveURL(form);
  await page.goBack();
  await expect(mine, "going back is no surprise either").toBeEnabled();
  await page.getByRole("link", { name: "Continue booking this time" }).click();
  await expect(page).toHaveURL(form);
});

test("a time that comes free after the page was opened is shown when somebody asks for it", async ({
  page,
  portal,
}) => {
  const practice = await openDays(portal);
  await openWholeDay(page, practice);
  const held = (await times(page).first().getAttribute("value")) ?? "";
  await holdBriefly(portal, practice, held, 6);
  await page.reload();
  await expect(times(page)).toHaveCount(TIMES_A_DAY - 1);
  await page.getByRole("button", { name: "Show 1 more" }).click();
  await expect(times(page)).toHaveCount(TIMES_A_DAY);
  await expect(times(page).first()).toHaveAttribute("value", held);
});

test("five actions lead from the directory to a booked visit @both", async ({ page }) => {
  await page.goto("/");
  const actions = [
    () => times(page).first().click(),
    // Typing is one action, however many boxes there are.
    async () => {
      await page.getByLabel("Your full name").fill("Pjotr Beispiel");
      await page.getByLabel("E-mail address").fill("pjotr.beispiel@example.org");
    },
    () =>
      page
        .getByRole("checkbox", { name: /^I agree/ })
        .first()
        .check(),
    () =>
      page
        .getByRole("checkbox", { name: /^I agree/ })
        .last()
        .check(),
    () => page.getByRole("button", { name: "Book this visit" }).click(),
  ];
  expect(actions).toHaveLength(5);
  for (const act of actions) await act();
  await expect(page.getByText("Your visit is booked").first()).toBeVisible();
});

test("windows that no page has, and what is not there, cannot be followed", async ({ page, portal }) => {
  const { practitionerId, visitTypeId } = await openDays(portal);
  const from = Math.floor(Date.now() / 60_000);
  const keys = [
    `times:${practitionerId}:${visitTypeId}:${from}:${from + 60 * 24 * 60}`,
    `times:${practitionerId}:${visitTypeId}:${from}:${from}`,
    `times:${practitionerId}:${newId()}:${from}:${from + 60}`,
    `times:${practitionerId}`,
  ];
  const answer = await page.request.post("/api/live", {
    headers: { origin: portal.url },
    data: { keys: keys.map((key) => ({ key })) },
  });
  expect(answer.status()).toBe(200);
  // With nothing left to follow the stream ends by itself.
  expect((await answer.text()).match(/^event: \w+$/gm)).toEqual(keys.map(() => "event: gone"));
});

test("nothing moves by itself, while the page opens and while it is used @both", async ({ page, portal }) => {
  await watchShifts(page);
  const practice = await openDays(portal);
  await openWholeDay(page, practice);
  const first = times(page).first();
  await holdBriefly(portal, practice, (await first.getAttribute("value")) ?? "", 60);
  await expect(first).toBeDisabled();
  expect(await shiftsOf(page)).toEqual([]);
  await page.getByRole("link", { name: "List", exact: true }).click();
  await expect(page).toHaveURL(/view=list/);
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1, name: "See a doctor online" })).toBeVisible();
  expect(await shiftsOf(page)).toEqual([]);
});

test("while a day is on its way, its place is as large as its times will be @both", async ({
  page,
  portal,
}) => {
  await openWholeDay(page, await openDays(portal));
  const wanted = (await showFreeDays(page, 3)).nth(2);
  const release = await holdBack(page, /[?&]_rsc=/);
  const name = await dayOf(wanted);
  await wanted.click();
  const form = page.locator("form#times");
  await expect(form.getByRole("status")).toHaveText("Please wait…");
  await expect(form.getByText(name)).toBeVisible();
  const height = async () => (await form.boundingBox())?.height;
  const before = await height();
  release();
  await expect(openedDay(page)).toBeFocused();
  await expect(openedDay(page)).toHaveText(name);
  expect(await height()).toBe(before);
});

test("buttons are large enough for a thumb, and the page fits 360 px @phone", async ({ page, portal }) => {
  await openGrid(page, await openDays(portal));
  for (const control of [times(page), freeDays(page)]) {
    const { width, height } = (await control.first().boundingBox()) ?? { width: 0, height: 0 };
    expect(height).toBeGreaterThanOrEqual(44);
    expect(width).toBeGreaterThanOrEqual(40);
  }
  const overflow = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(await overflow()).toBe(0);
  await page.getByRole("link", { name: "List", exact: true }).tap();
  await expect(page.getByRole("link", { name: "Show more days" })).toBeVisible();
  expect(await overflow()).toBe(0);
});

test("the list shows more days, and the focus goes to the first of them", async ({ page, portal }) => {
  await openGrid(page, await openDays(portal));
  await page.getByRole("link", { name: "List", exact: true }).click();
  const days = page.getByRole("heading", { level: 3 });
  await expect(days).toHaveCount(7);
  await page.getByRole("link", { name: "Show more days" }).click();
  await expect(days).toHaveCount(14);
  await expect(days.nth(7)).toBeFocused();
  await page.reload();
  await expect(days, "the address remembers it").toHaveCount(14);
  await page.getByRole("link", { name: "Month", exact: true }).click();
  await expect(grid(page)).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  for (const view of ["month", "list"] as const) {
    test(`a time is chosen by links and one button, from the ${view}`, async ({ page, portal }) => {
      const practice = await openDays(portal);
      await openTimes(page, practice);
      if (view === "list") {
        await page.getByRole("link", { name: "List", exact: true }).click();
        await page.getByRole("link", { name: "Show more days" }).click();
        await expect(page.getByRole("heading", { level: 3 })).toHaveCount(14);
      } else {
        const day = (await showFreeDays(page, 2)).nth(1);
        const name = await dayOf(day);
        await day.click();
        await expect(openedDay(page)).toHaveText(name);
        await expect(openedDay(page), "the page opens where the times are").toBeInViewport();
      }
      await times(page).last().click();
      await expect(page.getByRole("heading", { level: 1, name: "Check and book" })).toBeVisible();
    });
  }
});
