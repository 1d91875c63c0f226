import type { Page } from "@playwright/test";
import { startTestServer } from "@/tests/support/cluster";
import { expect, test } from "@/tests/support/fixtures";
import { type PortalAddresses, startPortal, type TestPortal } from "@/tests/support/portal";
import { expectCall, markCall } from "./call";
import { openPractice, type Practice, type StagedVisit, stageVisit, withRows } from "./practice";
import { signIn } from "./steps";

type Visitor = (device: "phone" | "desktop", options?: { baseURL: string }) => Promise<Page>;

/** A visit that is due, and its practitioner before it. */
async function stageDesk(portal: PortalAddresses, visitor: Visitor, account?: string) {
  const practice = await openPractice(portal);
  const visit = await stageVisit(portal, practice, { starts: { minutes: 2 } });
  if (account) await enterByAccount(portal, practice, visit, account);
  const desk = await visitor("desktop", { baseURL: portal.url });
  await signIn(desk, practice.account);
  await desk.goto(`/agenda/${visit.appointmentId}`);
  return { practice, visit, desk };
}

/** The same, with its patient in the waiting room. */
async function stage(
  portal: PortalAddresses,
  visitor: Visitor,
  { account, prepare }: { account?: string; prepare?: (patient: Page) => Promise<unknown> } = {},
) {
  const staged = await stageDesk(portal, visitor, account);
  const patient = await visitor("phone", { baseURL: portal.url });
  await prepare?.(patient);
  await patient.goto(`/v/${staged.visit.token}`);
  await expect(patient.getByText(`Waiting for ${staged.practice.name}`)).toBeVisible();
  return { ...staged, patient };
}

/** As if the administrator had entered the account, and the visit had been booked then. */
const enterByAccount = (
  portal: PortalAddresses,
  { practitionerId }: Practice,
  { appointmentId }: StagedVisit,
  trueconfUser: string,
) =>
  withRows(portal, async (database) => {
    await database.practitioner.update({
      where: { id: practitionerId },
      data: { trueconfUser, entry: "account" },
    });
    await database.encounter.update({ where: { appointmentId }, data: { entry: "account" } });
    await database.slot.update({ where: { appointmentId }, data: { seats: 1 } });
  });

async function control(portal: PortalAddresses, method: string, what: string, body: object = {}) {
  const answer = await fetch(`${portal.sandboxUrl}/_sandbox/${what}`, {
    method,
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  expect(answer.ok, `${method} ${what}`).toBe(true);
}

const startVisit = (desk: Page) => desk.getByRole("button", { name: "Start visit" }).click();

async function endVisit(desk: Page): Promise<void> {
  await desk.getByRole("button", { name: "End visit" }).first().click();
  await desk.getByRole("dialog").getByRole("button", { name: "End visit" }).click();
}

/** The conference that a page shows. */
const conferenceOn = async (page: Page) =>
  (await page.locator("iframe").getAttribute("src"))?.match(/webrtc\/(\w+)/)?.[1];

/** How many in a page's conference have a connection to the video server at this moment. */
async function countConnected(portal: PortalAddresses, conferenceId: string | undefined): Promise<number> {
  const answer = await fetch(`${portal.sandboxUrl}/_sandbox/state`);
  const { conferences } = (await answer.json()) as {
    conferences: { id: string; participants: { connected: boolean }[] }[];
  };
  const people = conferences.find(({ id }) => id === conferenceId)?.participants ?? [];
  return people.filter(({ connected }) => connected).length;
}

/** Lets nothing of the video server through to somebody's browser. */
const blockVideo = (page: Page, portal: PortalAddresses) =>
  page.context().route(`${portal.sandboxUrl}/**`, (route) => route.abort());

/** Takes the tab of its own that a page offers. */
async function openOwnTab(page: Page): Promise<Page> {
  const opening = page.context().waitForEvent("page");
  await page.getByRole("button", { name: "Open in its own tab" }).first().click();
  const tab = await opening;
  await tab.waitForURL(/\/webrtc\//);
  return tab;
}

/** As Chrome does where somebody has blocked all data of sites: every touch of what it would keep is refused. */
const keepNothing = (page: Page) =>
  page.addInitScript(() => {
    const refuse = () => new DOMException("Access is denied for this document.", "SecurityError");
    for (const name of ["sessionStorage", "localStorage"])
      Object.defineProperty(window, name, {
        get: () => {
          throw refuse();
        },
      });
    navigator.locks.request = () => Promise.reject(refuse());
  });

test.describe("on a licence for one guest, practitioners enter by TrueConf account", () => {
  let small: TestPortal;
  let stopServer: () => Promise<void>;
  test.beforeAll(async () => {
    const { server, stop } = await startTestServer();
    stopServer = stop;
    small = await startPortal(server, { env: { TRUECONF_GUEST_SEATS: "1" } });
  });
  test.afterAll(async () => {
    await small.stop();
    await stopServer();
  });
  test.afterEach(() => control(small, "PUT", "switches", { usersAnswer: true }));

  test("rung, unanswered, rung again, in; the patient comes in with the answer", async ({
    visitor,
    expectNoise,
  }) => {
    expectNoise(/409/);
    await control(small, "PUT", "switches", { usersAnswer: false });
    const { visit, patient, desk } = await stage(small, visitor, { account: "doctor_one" });
    await startVisit(desk);
    await expect(desk.getByText("TrueConf is ringing on your devices.")).toBeVisible();
    await withRows(small, (database, now) =>
      database.encounter.update({
        where: { appointmentId: visit.appointmentId },
        data: { calledAt: new Date(now.subtract({ seconds: 60 }).epochMilliseconds) },
      }),
    );
    await desk.reload();
    await expect(desk.getByText("Nobody has answered in TrueConf.")).toBeVisible();
    await expect(patient.getByText(/^Waiting for Dr /)).toBeVisible();

    await desk.getByRole("button", { name: "Enter as a guest instead" }).click();
    await expect(desk.getByText("The licence has no guest seat left for that.")).toBeVisible();

    await control(small, "PUT", "switches", { usersAnswer: true });
    await desk.getByRole("button", { name: "Ring again" }).click();
    await expect(patient.locator("iframe")).toBeVisible();
    await expect(desk.getByText("You are in the visit in TrueConf.")).toBeVisible();
    await endVisit(desk);
    await expect(patient.getByText("Your visit has ended")).toBeVisible();
  });

  test("in the browser as that user; a second visit is told who holds the seat, and goes on after", async ({
    visitor,
    expectNoise,
  }) => {
    expectNoise(/409|ERR_FAILED|ERR_BLOCKED/);
    // Two calls, one after the other.
    test.slow();
    const first = await stage(small, visitor, { account: "doctor_one" });
    // What failed is asked again as it was asked: the app must not ring instead.
    const asked: unknown[] = [];
    await first.desk.route("**/start", async (route) => {
      asked.push(route.request().postDataJSON().by);
      if (asked.length > 1) return route.continue();
      await route.fulfill({ status: 409, json: { reason: "video_unavailable" } });
    });
    await first.desk.getByRole("button", { name: "Enter in this browser" }).click();
    await expectCall(first.patient, first.desk);
    expect(asked).toEqual(["browser", "browser"]);

    await control(small, "PUT", "switches", { usersAnswer: false });
    const second = await stage(small, visitor, { account: "doctor_two" });
    await second.desk.getByRole("button", { name: "Enter in this browser" }).click();
    await expect(second.desk.getByText("All guest seats are in use")).toBeVisible();
    await expect(second.desk.getByRole("listitem").filter({ hasText: first.practice.name })).toBeVisible();

    await endVisit(first.desk);
    await expect(first.patient.getByText("Your visit has ended")).toBeVisible();
    // Where the video is blocked in the page, the tab of its own opens the gate as well.
    await blockVideo(second.desk, small);
    await second.desk.getByRole("button", { name: "Enter in this browser" }).click();
    await expect(second.desk.getByText("Do you see no video?")).toBeVisible();
    await expect(second.patient.getByText(/^Waiting for Dr /)).toBeVisible();
    await second.desk.context().unrouteAll();
    const tab = await openOwnTab(second.desk);
    await expectCall(second.patient, tab);
    await expect(second.desk.getByText("You are in the visit in TrueConf.")).toBeVisible();

    await tab.close();
    await expect(second.desk.getByText("TrueConf does not show you in the visit.")).toBeVisible();
    await control(small, "PUT", "switches", { usersAnswer: true });
    await second.desk.getByRole("button", { name: "Ring my TrueConf app" }).click();
    await expect(second.desk.getByText("You are in the visit in TrueConf.")).toBeVisible();
    await endVisit(second.desk);
  });
});

test("a practitioner whom nobody reaches in TrueConf, and no browser is let in as, enters this one visit as a guest", async ({
  visitor,
  portal,
  expectNoise,
}) => {
  expectNoise(/409/);
  await control(portal, "PUT", "switches", { usersAnswer: false });
  try {
    const { patient, desk } = await stage(portal, visitor, { account: "doctor_one" });
    await control(portal, "PUT", "switches", { webClientEntry: false });
    await desk.getByRole("button", { name: "Enter in this browser" }).click();
    await expect(desk.getByText("TrueConf lets your account in by its app only")).toBeVisible();
    await expect(desk.getByText("TrueConf is ringing on your devices.")).toBeVisible();
    await expect(desk.getByRole("button", { name: "Enter in this browser" })).toHaveCount(0);
    await control(portal, "PUT", "switches", { webClientEntry: true });
    await desk.getByRole("button", { name: "Enter as a guest instead" }).click();
    await expectCall(patient, desk);
    await endVisit(desk);
  } finally {
    await control(portal, "PUT", "switches", { usersAnswer: true, webClientEntry: true });
  }
});

test.describe("in mid-call", () => {
  test("either side reloads, loses the network and is back in the call", async ({
    visitor,
    portal,
    expectNoise,
  }) => {
    expectNoise(/ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED/);
    const { patient, desk } = await stage(portal, visitor);
    await startVisit(desk);
    await expectCall(patient, desk);
    for (const side of [desk, patient]) {
      await side.reload();
      await expectCall(patient, desk);
    }
    for (const side of [patient, desk]) {
      const connected = async () => countConnected(portal, await conferenceOn(desk));
      await side.context().setOffline(true);
      await control(portal, "POST", "connections/drop");
      // The other side is back at once; this one cannot be.
      await expect.poll(connected).toBe(1);
      await markCall(patient, desk);
      await side.context().setOffline(false);
      await expect.poll(connected).toBe(2);
      await expectCall(patient, desk);
    }
    await endVisit(desk);
    await expect(patient.getByText("Your visit has ended")).toBeVisible();
  });

  test("a link that ran out on the way is minted anew, also in a browser that keeps nothing", async ({
    visitor,
    portal,
  }) => {
    const { patient, desk } = await stage(portal, visitor, { prepare: keepNothing });
    let late = 0;
    await patient.route(`${portal.sandboxUrl}/webrtc/**`, async (route) => {
      late += 1;
      if (late === 1) await control(portal, "POST", "clock", { skewMs: 90_000 });
      await route.continue();
    });
    try {
      await startVisit(desk);
      await expect.poll(() => late).toBeGreaterThan(1);
      await expectCall(patient, desk);
      expect(late).toBe(2);
    } finally {
      await control(portal, "POST", "clock", { skewMs: 0 });
    }
    await endVisit(desk);
  });

  test("words that are not the video server's are nobody's order", async ({ visitor, portal }) => {
    const { patient, desk } = await stage(portal, visitor);
    await startVisit(desk);
    await expectCall(patient, desk);
    const source = await patient.locator("iframe").getAttribute("src");
    await patient.evaluate(() => {
      for (const type of ["logout", "connectionClosed", "loginFail", "notSupported"])
        window.postMessage({ type }, "*");
    });
    await markCall(patient, desk);
    await expectCall(patient, desk);
    expect(await patient.locator("iframe").getAttribute("src")).toBe(source);
    await endVisit(desk);
  });
});

test.describe("beside the video in the page", () => {
  test("a tab of its own is offered at once where the video is blocked, and has the call", async ({
    visitor,
    portal,
    expectNoise,
  }) => {
    expectNoise(/ERR_FAILED|ERR_BLOCKED/);
    const { patient, desk } = await stage(portal, visitor);
    await blockVideo(patient, portal);
    await startVisit(desk);
    await expect(patient.getByText("Do you see no video?")).toBeVisible();
    await patient.context().unrouteAll();
    await expectCall(await openOwnTab(patient), desk);
    await expect(patient.getByRole("button", { name: "Rejoin the visit" })).toBeVisible();
    await endVisit(desk);
  });

  test("TrueConf's app is offered only where the clinic wants it, with what is to be known, and opened by its link", async ({
    visitor,
    portal,
    expectNoise,
  }) => {
    expectNoise(/ERR_FAILED/);
    const { desk, visit } = await stageDesk(portal, visitor);
    await startVisit(desk);
    await expect(desk.locator("iframe")).toBeVisible();
    // Whoever comes after the start is brought in all the same, and has come: also when saying so fails at first.
    const patient = await visitor("phone", { baseURL: portal.url });
    await patient.route("**/arrive", (route) => route.abort(), { times: 1 });
    await noteOpened(patient);
    await patient.goto(`/v/${visit.token}`);
    await expectCall(patient, desk);
    const arrivedAt = () =>
      withRows(portal, async (database) => {
        const { appointmentId } = visit;
        return (await database.encounter.findUniqueOrThrow({ where: { appointmentId } })).arrivedAt;
      });
    await expect.poll(arrivedAt).not.toBeNull();

    await patient.getByRole("button", { name: "Leave", exact: true }).click();
    await patient.getByText("Trouble getting in? Other ways").click();
    const app = patient.getByRole("button", { name: "Open in the TrueConf app" });
    await expect(patient.getByRole("button", { name: "Open in its own tab" })).toBeVisible();
    await expect(patient.getByRole("main").getByRole("link", { name: /\+49/ }).first()).toBeVisible();
    await expect(app).toHaveCount(0);
    const setting = { key: "visits", value: { appLinks: true } };
    await withRows(portal, (database, now) => {
      const updatedAt = new Date(now.epochMilliseconds);
      return database.setting.upsert({
        where: { key: "visits" },
        create: { ...setting, updatedAt },
        update: { ...setting, updatedAt },
      });
    });
    try {
      await patient.reload();
      await patient.getByText("Trouble getting in? Other ways").click();
      await expect(app).toBeVisible();
      await expect(patient.getByText("on Windows version 8.5.3 or later")).toBeVisible();
      await app.click();
      await expect(patient.getByText("The app should open now.")).toBeVisible();
      expect(await opened(patient)).toMatch(/^trueconf:/);
      await patient.addInitScript(() =>
        Object.defineProperty(navigator, "userAgent", { get: () => "Mozilla/5.0 (Linux; Android 15)" }),
      );
      await patient.reload();
      await patient.getByText("Trouble getting in? Other ways").click();
      await app.click();
      await expect(patient.getByText("The app should open now.")).toBeVisible();
      expect(await opened(patient)).toMatch(/^intent:.*;package=com\.trueconf\./);
      expect(
        await patient.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
      ).toBeLessThanOrEqual(0);
    } finally {
      await withRows(portal, (database) => database.setting.deleteMany({ where: { key: "visits" } }));
    }
    await endVisit(desk);
  });
});

/** What a page would open beside the web, which this browser has nothing for. */
type Opening = Window & { opened?: string };
const opened = (page: Page) => page.evaluate(() => (window as Opening).opened);
const noteOpened = (page: Page) =>
  page.addInitScript(() => {
    const { navigation } = window as unknown as { navigation: EventTarget };
    navigation.addEventListener("navigate", (event) => {
      const { url } = (event as unknown as { destination: { url: string } }).destination;
      if (/^(https?|about):/.test(url)) return;
      event.preventDefault();
      (window as Opening).opened = url;
    });
  });

test("TrueConf killed and back, while somebody waits and in mid-call, loses nobody", async ({
  visitor,
  expectNoise,
}) => {
  expectNoise(/409|ERR_CONNECTION/);
  test.slow();
  const { server, stop } = await startTestServer();
  const own = await startPortal(server, {});
  try {
    const { patient, desk } = await stage(own, visitor);
    await own.restart("sandbox");
    await expect(patient.getByText(/^Waiting for Dr /)).toBeVisible();
    await startVisit(desk);
    await expectCall(patient, desk);
    // With its memory the server loses the conference: it is made anew, and both are brought back by themselves.
    const lost = await conferenceOn(desk);
    await own.restart("sandbox");
    for (const side of [desk, patient])
      await expect(side.locator(`iframe:not([src*="${lost}"])`)).toBeVisible({ timeout: 60_000 });
    await expectCall(desk, patient);
    expect(await conferenceOn(patient)).toBe(await conferenceOn(desk));
    await endVisit(desk);
    await expect(patient.getByText("Your visit has ended")).toBeVisible();
    for (const side of [patient, desk]) await side.context().close();
  } finally {
    await own.stop();
    await stop();
  }
});
