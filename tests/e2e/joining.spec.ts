import type { Page } from "@playwright/test";
import { startTestServer } from "@/tests/support/cluster";
import { expect, test } from "@/tests/support/fixtures";
import { type PortalAddresses, startPortal, type TestPortal } from "@/tests/support/portal";
import { callFrame, expectMedia } from "./call";
import { openPractice, type Practice, type StagedVisit, stageVisit, withRows } from "./practice";
import { signIn } from "./steps";

/** A visit that is due, its patient in the waiting room, and its practitioner before it. */
async function stage(
  portal: PortalAddresses,
  visitor: (device: "phone" | "desktop", options?: { baseURL: string }) => Promise<Page>,
  account?: string,
) {
  const practice = await openPractice(portal);
  const visit = await stageVisit(portal, practice, { starts: { minutes: 2 } });
  if (account) await enterByAccount(portal, practice, visit, account);
  const at = { baseURL: portal.url };
  const patient = await visitor("phone", at);
  await patient.goto(`/v/${visit.token}`);
  await expect(patient.getByText(`Waiting for ${practice.name}`)).toBeVisible();
  const desk = await visitor("desktop", at);
  await signIn(desk, practice.account);
  await desk.goto(`/agenda/${visit.appointmentId}`);
  return { practice, visit, patient, desk };
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

async function expectCall(...sides: Page[]): Promise<void> {
  for (const side of sides) await expectMedia(await callFrame(side));
}

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
    const { visit, patient, desk } = await stage(small, visitor, "doctor_one");
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
    expectNoise(/409/);
    // Two calls, one after the other.
    test.slow();
    const first = await stage(small, visitor, "doctor_one");
    await first.desk.getByRole("button", { name: "Enter in this browser" }).click();
    await expectCall(first.patient, first.desk);

    const second = await stage(small, visitor, "doctor_two");
    await second.desk.getByRole("button", { name: "Enter in this browser" }).click();
    await expect(second.desk.getByText("All guest seats are in use")).toBeVisible();
    await expect(second.desk.getByRole("listitem").filter({ hasText: first.practice.name })).toBeVisible();

    await endVisit(first.desk);
    await expect(first.patient.getByText("Your visit has ended")).toBeVisible();
    await second.desk.getByRole("button", { name: "Enter in this browser" }).click();
    await expectCall(second.patient, second.desk);
    await endVisit(second.desk);
  });
});

test("a practitioner whom nobody reaches in TrueConf enters this one visit as a guest", async ({
  visitor,
  portal,
}) => {
  await control(portal, "PUT", "switches", { usersAnswer: false });
  try {
    const { patient, desk } = await stage(portal, visitor, "doctor_one");
    await startVisit(desk);
    await expect(desk.getByText("TrueConf is ringing on your devices.")).toBeVisible();
    await desk.getByRole("button", { name: "Enter as a guest instead" }).click();
    await expectCall(patient, desk);
    await endVisit(desk);
  } finally {
    await control(portal, "PUT", "switches", { usersAnswer: true });
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
      await side.context().setOffline(true);
      await control(portal, "POST", "connections/drop");
      await side.context().setOffline(false);
      await expectCall(patient, desk);
    }
    await endVisit(desk);
    await expect(patient.getByText("Your visit has ended")).toBeVisible();
  });

  test("a link that ran out on the way is minted anew", async ({ visitor, portal }) => {
    const { patient, desk } = await stage(portal, visitor);
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
    await expectCall(patient);
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
    await patient.context().route(`${portal.sandboxUrl}/**`, (route) => route.abort());
    await startVisit(desk);
    await expect(patient.getByText("Do you see no video?")).toBeVisible();
    await patient.context().unrouteAll();
    const opening = patient.context().waitForEvent("page");
    await patient.getByRole("button", { name: "Open in its own tab" }).first().click();
    const tab = await opening;
    await tab.waitForURL(/\/webrtc\//);
    await expectMedia(tab.mainFrame());
    await expect(patient.getByRole("button", { name: "Rejoin the visit" })).toBeVisible();
    await endVisit(desk);
  });

  test("TrueConf's app is offered only where the clinic wants it, with what is to be known", async ({
    visitor,
    portal,
  }) => {
    const { patient, desk } = await stage(portal, visitor);
    await startVisit(desk);
    await expectCall(patient);
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
      expect(
        await patient.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
      ).toBeLessThanOrEqual(0);
    } finally {
      await withRows(portal, (database) => database.setting.deleteMany({ where: { key: "visits" } }));
    }
    await endVisit(desk);
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
    await own.restart("sandbox");
    await expect(async () => expectCall(desk, patient)).toPass({ timeout: 60_000 });
    await endVisit(desk);
    await expect(patient.getByText("Your visit has ended")).toBeVisible();
    for (const side of [patient, desk]) await side.context().close();
  } finally {
    await own.stop();
    await stop();
  }
});
