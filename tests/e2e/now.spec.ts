import type { Page } from "@playwright/test";
import { toDate } from "@/lib/time/instant";
import { expect, test } from "@/tests/support/fixtures";
import { callFrame, expectMedia } from "./call";
import { openPractice, type StagedLine, stageLine, stageVisit, withRows } from "./practice";
import { accountOf, agree, signIn } from "./steps";

test.describe.configure({ timeout: 150_000 });

/** Somebody joins a line from the front page, without an account; the page is then their place. */
async function joinLine(page: Page, { specialtyCode }: StagedLine, name: string): Promise<void> {
  await page.goto("/");
  await page.getByRole("link", { name: "See somebody now" }).click();
  await page.getByRole("link", { name: `${specialtyCode}: continue` }).click();
  await expect(page.getByRole("heading", { level: 1, name: specialtyCode })).toBeVisible();
  await page.getByLabel("Your full name").fill(name);
  await page.getByLabel("E-mail address").fill(`${name.toLowerCase().replaceAll(" ", "-")}@example.org`);
  await page.getByLabel("Why are you coming?").fill("An invented reason");
  await agree(page);
  await page.getByRole("button", { name: "Join the line" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Your place in the line" })).toBeVisible();
}

const startDuty = async (page: Page, { account }: StagedLine) => {
  await signIn(page, account);
  await page.goto("/agenda");
  await page.getByRole("button", { name: "Take visits" }).click();
  await expect(page.getByText("You take visits from the line")).toBeVisible();
};

type Rung = { tones: number; notices: string[] };

/** Counts what a page would sound and show outside of itself: a browser without a screen does neither. */
const listenToRing = (page: Page) =>
  page.addInitScript(() => {
    const rung: Rung = { tones: 0, notices: [] };
    const createOscillator = AudioContext.prototype.createOscillator;
    AudioContext.prototype.createOscillator = function (this: AudioContext) {
      rung.tones += 1;
      return createOscillator.call(this);
    };
    class Notice extends EventTarget {
      static readonly permission = "granted";
      constructor(title: string, options?: NotificationOptions) {
        super();
        rung.notices.push(`${title} ${options?.body ?? ""}`);
      }
      close() {}
    }
    Object.assign(window, { rung, Notification: Notice });
  });
const rungOn = (page: Page) => page.evaluate(() => (window as unknown as { rung: Rung }).rung);

/** A colleague of the same line, who offers the same visits. */
const openColleague = async (portal: Parameters<typeof openPractice>[0], line: StagedLine) => {
  const colleague = await openPractice(portal, line.specialtyCode);
  await withRows(portal, (database) =>
    database.practitionerVisitType.create({
      data: { practitionerId: colleague.practitionerId, visitTypeId: line.visitTypeId },
    }),
  );
  return { ...colleague, specialtyCode: line.specialtyCode, token: "" };
};

test("whoever wants to be seen now is offered to one after another, and is in a call with the one who takes them", async ({
  visitor,
  portal,
  expectNoise,
}) => {
  expectNoise(/404|409/);
  const line = await stageLine(portal, { onDuty: false, waiting: false });
  const colleague = await openColleague(portal, line);
  const [first, second] = [await visitor("desktop"), await visitor("desktop")];
  await listenToRing(first);
  await startDuty(first, line);
  await startDuty(second, colleague);
  // On duty from page to page.
  await first.getByRole("link", { name: "Camera and sound" }).click();
  await first.waitForURL(/\/agenda\/check$/);

  const patient = await visitor("phone");
  await joinLine(patient, line, "Paula Wartend");
  await expect(patient.getByText("You are number 1 in the line")).toBeVisible();

  // Whoever has been idle longest is asked first; nobody else at the same time.
  await expect(first.getByText("Paula Wartend would like to see you now")).toBeVisible();
  await expect(first).toHaveTitle("● Somebody waits for you");
  // Sound again and again; outside of the page that somebody waits, and not who.
  await expect.poll(async () => (await rungOn(first)).tones).toBeGreaterThan(2);
  expect((await rungOn(first)).notices).toEqual([
    "Somebody waits for you A visit from the line is offered to you.",
  ]);
  expect(await second.evaluate(() => document.title)).not.toContain("●");
  await expect(second.getByText("Paula Wartend would like to see you now")).toHaveCount(0);
  await expect(first.getByText("An invented reason")).toBeVisible();
  await first.getByRole("button", { name: "Not now" }).click();
  await expect(second.getByText("Paula Wartend would like to see you now")).toBeVisible();
  await expect(first.getByText("Paula Wartend would like to see you now")).toHaveCount(0);
  await expect(first).not.toHaveTitle("● Somebody waits for you");
  const { tones } = await rungOn(first);
  await patient.reload();
  await expect(patient.getByText("You are number 1 in the line")).toBeVisible();

  expect((await rungOn(first)).tones, "whoever has answered is rung no more").toBe(tones);
  await second.getByRole("button", { name: "See them now" }).click();
  await second.waitForURL(/\/agenda\/[0-9a-f-]{36}/);
  await patient.waitForURL(/\/v\//);
  await expectMedia(await callFrame(second));
  await expectMedia(await callFrame(patient));

  // The next in line is not offered to whoever is in a visit.
  const next = await visitor("phone");
  await joinLine(next, line, "Peter Wartend");
  await expect(first.getByText("Peter Wartend would like to see you now")).toBeVisible();
  await expect(second.getByText("Peter Wartend would like to see you now")).toHaveCount(0);
});

test("a closed page rings nobody, and the patient keeps the place, also when it was closed after accepting", async ({
  visitor,
  portal,
  expectNoise,
}) => {
  expectNoise(/ERR_FAILED .*\/start/);
  const line = await stageLine(portal, { onDuty: false, waiting: false });
  const [first, second] = [await visitor("desktop"), await visitor("phone")];
  await startDuty(first, line);
  const patient = await visitor("phone");
  await joinLine(patient, line, "Paula Wartend");
  await expect(first.getByText("Paula Wartend would like to see you now")).toBeVisible();
  await first.close();
  const colleague = await openColleague(portal, line);
  const { appointmentId } = await stageVisit(portal, colleague, { starts: { hours: 5 } });
  await startDuty(second, colleague);
  // On a phone, with a visit open, far down its page.
  await second.goto(`/agenda/${appointmentId}`);
  await second.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
  const accept = second.getByRole("button", { name: "See them now" });
  await expect(accept).toBeInViewport({ timeout: 45_000 });
  await expect(patient.getByText("You are number 1 in the line")).toBeVisible();

  // The browser goes down between accepting and starting, and that was a while ago.
  await second.route("**/api/visits/*/start", (route) => route.abort());
  await accept.click();
  await patient.waitForURL(/\/v\//);
  await second.waitForURL(
    (url) => /\/agenda\/[0-9a-f-]{36}$/.test(url.pathname) && !url.pathname.endsWith(appointmentId),
  );
  const accepted = second.url().slice(-36);
  const stays = { encounter: { appointmentId: accepted }, side: "practitioner" } as const;
  const counted = (toAt: null | { not: null }) => () =>
    withRows(portal, (database) => database.attendance.count({ where: { ...stays, toAt } }));
  await expect.poll(counted(null)).toBe(1);
  await second.close();
  await expect.poll(counted({ not: null })).toBe(1);
  await withRows(portal, async (database, now) => {
    const past = toDate(now.subtract({ minutes: 2 }));
    await database.attendance.updateMany({ where: stays, data: { fromAt: past, toAt: past } });
    await database.appointment.update({ where: { id: accepted }, data: { startAt: past } });
    await database.slot.update({
      where: { appointmentId: accepted },
      data: { startAt: past, visitStartAt: past },
    });
  });
  await patient.waitForURL(/\/q\//);
  await expect(patient.getByText("You are number 1 in the line")).toBeVisible();
});

test("a place can be left, has a telephone number, and leads to times instead", async ({
  visitor,
  portal,
}) => {
  const line = await stageLine(portal, { waiting: true });
  const patient = await visitor("phone");
  await joinLine(patient, line, "Paula Wartend");
  await expect(patient.getByText("You are number 2 in the line")).toBeVisible();
  await patient.getByLabel("Telephone number").fill("+49 30 0000000");
  await patient.getByRole("button", { name: "Save the number" }).click();
  await expect(patient.getByText("Saved. The clinic sees it while you wait.")).toBeVisible();
  await patient.reload();
  await expect(patient.getByLabel("Telephone number")).toHaveValue("+49 30 0000000");
  await expect(patient.getByRole("heading", { name: "Usual hours" })).toHaveCount(0);

  // The last practitioner goes.
  await withRows(portal, (database) =>
    database.queueDuty.delete({ where: { practitionerId: line.practitionerId } }),
  );
  await patient.reload();
  await expect(patient.getByText("Nobody is there at the moment. You keep your place")).toBeVisible();
  await expect(patient.getByRole("heading", { name: "Usual hours" })).toBeVisible();
  await expect(patient.getByRole("link", { name: "Join the waitlist" })).toBeVisible();
  await withRows(portal, (database, now) => {
    const [at, seenAt] = [toDate(now), toDate(now.add({ minutes: 30 }))];
    const { practitionerId } = line;
    return database.queueDuty.create({ data: { practitionerId, since: at, idleSince: at, seenAt } });
  });

  await patient.getByRole("button", { name: "Leave the line", exact: true }).click();
  await expect(patient.getByText("You have left the line.")).toBeVisible();
  await joinLine(patient, line, "Paula Wartend");
  await patient.getByRole("button", { name: "Leave the line and choose a time" }).click();
  await patient.waitForURL(/\/\?specialty=/);
  await expect(patient.getByText(line.name)).toBeVisible();
});

test("an administrator lets somebody go first, with a reason, and both places move", async ({
  visitor,
  portal,
}) => {
  const line = await stageLine(portal, { waiting: false });
  const [one, two] = [await visitor("phone"), await visitor("phone")];
  await joinLine(one, line, "Paula Zuerst");
  await joinLine(two, line, "Peter Eilig");
  await expect(two.getByText("You are number 2 in the line")).toBeVisible();

  const staff = await visitor("desktop");
  await signIn(staff, accountOf("administrator"));
  await staff.goto("/admin/queue");
  const row = staff.getByRole("row").filter({ hasText: "Peter Eilig" });
  await row.getByText("Let go first").first().click();
  await row.getByRole("button", { name: "Let go first" }).click();
  await expect(row.getByText("Say why")).toBeVisible();
  await row.getByLabel("Why Peter Eilig goes first").fill("An invented reason");
  await row.getByRole("button", { name: "Let go first" }).click();
  await expect(row).toContainText("Goes first");
  await expect(row).not.toContainText("An invented reason");
  await expect(two.getByText("You are number 1 in the line")).toBeVisible();
  await expect(one.getByText("You are number 2 in the line")).toBeVisible();

  await row.getByRole("button", { name: "Take back" }).click();
  await expect(row).not.toContainText("Goes first");
  await expect(one.getByText("You are number 1 in the line")).toBeVisible();
});

test("with nobody there a line says so, when somebody is, and what else can be done", async ({
  page,
  portal,
}) => {
  const line = await stageLine(portal, { onDuty: false, waiting: false });
  await page.goto(`/now?specialty=${line.specialtyCode}`);
  await expect(page.getByText("Nobody is there at the moment")).toBeVisible();
  await expect(page.getByRole("heading", { name: "Usual hours" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Join the line" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Choose a time instead" })).toBeVisible();
  await page.getByRole("link", { name: "Join the waitlist" }).click();
  await page.waitForURL(/\/waitlist/);
});
