import type { Page } from "@playwright/test";
import { Temporal } from "temporal-polyfill";
import { newId, newToken } from "@/lib/core/ids";
import { expect, test } from "@/tests/support/fixtures";
import { type FieldValue, type PlainForm, plainForms, postPlainly } from "@/tests/support/plain-forms";
import type { PortalAddresses } from "@/tests/support/portal";
import { openAccount, openPractice, stageVisit, withRows } from "./practice";
import { showFreeDays, signIn } from "./steps";

const rowsOf = (portal: PortalAddresses, appointmentId: string) =>
  withRows(portal, (database) =>
    database.appointment.findUniqueOrThrow({
      where: { id: appointmentId },
      include: { slot: true, encounter: true, accessLinks: true, notifications: true },
    }),
  );

/** On the grid, and of a practitioner whom nobody else books. */
const freeTime = () => `${Temporal.Now.plainDateISO("UTC").add({ days: 5 })}T09:00:00Z`;

const expectFits = async (page: Page) =>
  expect(
    await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
  ).toBeLessThanOrEqual(0);

const freeTimes = (page: Page) => page.getByRole("button", { name: /^\d\d:\d\d, / });

/** From the visit's page to the question whether to move it to the first free time of another day. */
async function chooseAnotherTime(page: Page): Promise<string> {
  await page.getByRole("link", { name: "Move the visit" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Move your visit" })).toBeVisible();
  await (await showFreeDays(page, 4)).nth(3).click();
  await expect(freeTimes(page).first()).toBeVisible();
  const time = freeTimes(page).nth(2);
  const words = ((await time.getAttribute("aria-label")) ?? "").slice(0, 5);
  await time.click();
  await expect(page.getByRole("heading", { level: 1, name: "Move your visit?" })).toBeVisible();
  return words;
}

async function formOf(url: string, id: string): Promise<PlainForm> {
  const form = plainForms(await (await fetch(url)).text(), url).find((one) => one.id === id);
  if (!form) throw new Error(`${url} has no form ${id}`);
  return form;
}

for (const { mode, javaScriptEnabled } of [
  { mode: "with JavaScript", javaScriptEnabled: true },
  { mode: "without JavaScript", javaScriptEnabled: false },
]) {
  test(`a patient moves a visit on a phone by its link, ${mode}, and old links lead to the new time`, async ({
    visitor,
    portal,
  }) => {
    const practice = await openPractice(portal);
    const { appointmentId, token } = await stageVisit(portal, practice, { starts: { hours: 40 } });
    const before = await rowsOf(portal, appointmentId);
    const page = await visitor("phone", { javaScriptEnabled });
    await page.goto(`/v/${token}`);
    const time = await chooseAnotherTime(page);
    await expectFits(page);
    await expect(page.getByText("From", { exact: true })).toBeVisible();
    expect(await rowsOf(portal, appointmentId)).toEqual(before);

    await page.getByRole("button", { name: "Move the visit" }).click();
    await page.waitForURL(/\/v\/[\w-]{43}\?moved=1/);
    await expect(page.getByText("Your visit has been moved")).toBeVisible();
    await expect(page.getByRole("main")).toContainText(time);
    await expectFits(page);
    const after = await rowsOf(portal, appointmentId);
    expect(after).toMatchObject({ sequence: 1, movedFromAt: before.startAt, slot: { id: before.slot?.id } });

    await page.goto(`/v/${token}`);
    await expect(page.getByText(/^This visit was moved\. It was to be on /)).toBeVisible();
  });
}

test("a patient cancels a visit by account, and neither link nor form revives it", async ({
  visitor,
  portal,
}) => {
  const practice = await openPractice(portal);
  const account = await openAccount(portal);
  const { appointmentId, token } = await stageVisit(portal, practice, {
    starts: { hours: 40 },
    patientId: account.patientId,
  });
  const base = `${portal.url}/v/${token}`;
  const other = freeTime();
  const oldMove = await formOf(`${base}/move?startAt=${encodeURIComponent(other)}`, "move");
  const oldCancel = await formOf(`${base}/cancel`, "cancel");

  const page = await visitor("phone");
  await signIn(page, account);
  await page.goto("/visits");
  await page.getByRole("link", { name: /^Cancel the visit: / }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Cancel your visit?" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Move the visit" })).toBeVisible();
  await expectFits(page);
  await page.getByLabel("Why do you cancel?").fill("An invented reason");
  await page.getByRole("button", { name: "Cancel this visit" }).click();
  await page.waitForURL(/\/visit\/[\w-]{36}$/);
  await expect(page.getByText("This visit was cancelled")).toBeVisible();
  await expect(page.getByRole("link", { name: "Book another visit" })).toBeVisible();

  const cancelled = await rowsOf(portal, appointmentId);
  expect(cancelled).toMatchObject({ status: "cancelled", cancelledBy: "patient", slot: null });
  for (const form of [oldMove, oldCancel]) {
    const answer = await postPlainly(form, form.fields);
    expect(answer.status).toBeLessThan(400);
    expect((await rowsOf(portal, appointmentId)).status).toBe("cancelled");
  }
  await page.goto(`/v/${token}/move`);
  await expect(page.getByText("This visit cannot be changed any more")).toBeVisible();
  const after = await rowsOf(portal, appointmentId);
  expect({ ...after, notifications: [] }).toEqual({ ...cancelled, notifications: [] });
  expect(after.notifications).toHaveLength(cancelled.notifications.length);
});

test("near its start a visit is changed by the clinic alone, whose number is there", async ({
  visitor,
  portal,
}) => {
  const practice = await openPractice(portal);
  await withRows(portal, (database) =>
    database.visitType.update({
      where: { id: practice.visitTypeId },
      data: { changeNoticeMinutes: 24 * 60 },
    }),
  );
  const { appointmentId, token } = await stageVisit(portal, practice, { starts: { hours: 20 } });
  const page = await visitor("phone");
  for (const path of ["", "/move", "/cancel"]) {
    await page.goto(`/v/${token}${path}`);
    await expect(page.getByText("It is too late to change this visit here")).toBeVisible();
    await expect(page.getByRole("main").locator("a[href^='tel:']").first()).toBeVisible();
  }
  expect(await rowsOf(portal, appointmentId)).toMatchObject({ status: "booked", sequence: 0 });
});

test("no GET changes a visit, whatever follows the links of a mail", async ({ portal }) => {
  const practice = await openPractice(portal);
  const { appointmentId, token } = await stageVisit(portal, practice, { starts: { hours: 40 } });
  const before = await rowsOf(portal, appointmentId);
  const other = encodeURIComponent(freeTime());
  const links = ["", "/move", `/move?startAt=${other}`, "/cancel", "/subscribe", "/calendar.ics"];
  for (const link of [...links, "?moved=1", "/cancel?reason=x&confirm=1", `/move?startAt=${other}&token=x`]) {
    for (const method of ["GET", "HEAD"]) {
      const answer = await fetch(`${portal.url}/v/${token}${link}`, { method });
      expect([link, answer.status]).toEqual([link, 200]);
      if (link.endsWith(".ics")) continue;
      expect(answer.headers.get("referrer-policy")).toBe("same-origin");
      if (method === "GET") expect(await answer.text()).toMatch(/<meta name="robots" content="noindex/);
    }
  }
  expect(await rowsOf(portal, appointmentId)).toEqual(before);
});

test("nonsense and other people's visits are refused in words, and change nothing", async ({ portal }) => {
  const practice = await openPractice(portal);
  const mine = await stageVisit(portal, practice, { starts: { hours: 40 } });
  const theirs = await stageVisit(portal, practice, { starts: { hours: 60 } });
  const other = freeTime();
  const form = await formOf(
    `${portal.url}/v/${mine.token}/move?startAt=${encodeURIComponent(other)}`,
    "move",
  );
  const state = async () =>
    Promise.all([rowsOf(portal, mine.appointmentId), rowsOf(portal, theirs.appointmentId)]);
  const before = await state();
  const changed = (over: Record<string, string>): FieldValue[] => [
    ...form.fields.filter(([name]) => !(name in over) && !(name === "token" && "appointmentId" in over)),
    ...Object.entries(over),
  ];
  const attempts: Record<string, string>[] = [
    { token: newToken() },
    { token: "\u202egnp" },
    { token: "x".repeat(10_240) },
    { appointmentId: theirs.appointmentId },
    { appointmentId: newId() },
    { appointmentId: "nobody" },
    { startAt: "2027-02-30T09:00:00Z" },
    { startAt: "2020-01-01T09:00:00Z" },
    { startAt: "9999-12-31T23:59:00Z" },
    { startAt: other.replace(":00Z", ":01Z") },
    { startAt: other.replace(/\d:00Z$/, "7:00Z") },
    { startAt: before[1].startAt.toISOString() },
  ];
  for (const over of attempts) {
    const answer = await postPlainly(form, changed(over));
    expect([over, answer.status]).toEqual([over, 200]);
    expect(await answer.text()).toMatch(/Nothing was changed|Your visit stays where it was/);
  }
  expect(await state()).toEqual(before);
  await postPlainly(form, form.fields, { origin: "https://elsewhere.example.org" });
  expect(await state()).toEqual(before);
});

test("a lost link is asked for in the same words and time, whoever's address it is", async ({ portal }) => {
  const practice = await openPractice(portal);
  const account = await openAccount(portal);
  await stageVisit(portal, practice, { starts: { hours: 40 }, patientId: account.patientId });
  const form = await formOf(`${portal.url}/lost-link`, "lost-link");
  const answers: string[] = [];
  for (const email of [account.email, `nobody-${newId()}@example.org`, account.email]) {
    const began = performance.now();
    const answer = await postPlainly(form, [
      ...form.fields.filter(([name]) => name !== "email"),
      ["email", email],
    ]);
    expect(performance.now() - began).toBeGreaterThan(650);
    const text = await answer.text();
    expect(text).toContain("Please look into your mailbox");
    answers.push(text.slice(text.indexOf("<main"), text.indexOf("</main>")));
  }
  expect(new Set(answers).size).toBe(1);
  const sent = await withRows(portal, (database) =>
    database.notification.count({ where: { kind: "visit_list", patientId: account.patientId } }),
  );
  expect(sent).toBe(1);
});

for (const javaScriptEnabled of [true, false]) {
  test(`a calendar's address is shown once and can be stopped, ${javaScriptEnabled ? "with" : "without"} JavaScript`, async ({
    visitor,
    portal,
  }) => {
    const practice = await openPractice(portal);
    const { appointmentId, token } = await stageVisit(portal, practice, { starts: { hours: 40 } });
    const page = await visitor("phone", { javaScriptEnabled });
    await page.goto(`/v/${token}`);
    await page.getByRole("link", { name: "Show my visits in my calendar" }).click();
    await page.getByRole("button", { name: "Make the address" }).click();
    const address = await page.getByLabel("Address for other calendar programs").inputValue();
    await expectFits(page);
    const feed = await fetch(address);
    expect(feed.headers.get("content-type")).toContain("text/calendar");
    expect(await feed.text()).toContain(`UID:${appointmentId}@`);

    await page.goto(`/v/${token}/subscribe`);
    await expect(page.getByLabel("Address for other calendar programs")).toHaveCount(0);
    await page.getByRole("button", { name: "Stop this address" }).click();
    await expect.poll(async () => (await fetch(address)).status).toBe(404);
  });
}
