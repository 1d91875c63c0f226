import type { BrowserContext, Page, Request } from "@playwright/test";
import { expect, test } from "@/tests/support/fixtures";
import { openPractice, stageVisit } from "./practice";
import { signIn } from "./steps";

const TABS = 8;

/** The live streams that a browser has open, as tabs that hold one; looked at anew with each call. */
function streamHolders(context: BrowserContext): () => Page[] {
  const open = new Set<Request>();
  context.on("request", (request) => {
    if (new URL(request.url()).pathname === "/api/live") open.add(request);
  });
  context.on("requestfinished", (request) => open.delete(request));
  context.on("requestfailed", (request) => open.delete(request));
  return () => [...open].map((request) => request.frame().page()).filter((page) => !page.isClosed());
}

/** The tab that holds the one stream, once there is exactly one. */
async function leaderOf(holders: () => Page[]): Promise<Page> {
  await expect.poll(() => holders().length, { message: "one stream for the whole browser" }).toBe(1);
  const [leader] = holders();
  if (!leader) throw new Error("the stream ended");
  return leader;
}

const expectEverywhere = (tabs: readonly Page[], words: string) =>
  Promise.all(tabs.map((tab) => expect(tab.getByText(words)).toBeVisible()));

test("eight tabs of one person share one stream, and outlive the tab that holds it", async ({
  visitor,
  portal,
  expectNoise,
}) => {
  // A tab may ask for its way in when the visit has just ended, before it has heard of that.
  expectNoise(/409 .*\/join\)$/);
  const practice = await openPractice(portal);
  const { appointmentId, token } = await stageVisit(portal, practice, { starts: { minutes: 0 } });
  const practitioner = await visitor("desktop");
  await signIn(practitioner, practice.account);
  const call = async (name: "start" | "end") => {
    const answer = await practitioner.context().request.post(`/api/visits/${appointmentId}/${name}`, {
      headers: { origin: portal.url },
      data: {},
    });
    expect(answer.status(), name).toBe(200);
  };

  const first = await visitor("desktop");
  const context = first.context();
  const holders = streamHolders(context);
  const tabs = [first];
  while (tabs.length < TABS) tabs.push(await context.newPage());
  for (const tab of tabs) await tab.goto(`/v/${token}`);
  await expectEverywhere(tabs, `Waiting for ${practice.name}`);
  const leader = await leaderOf(holders);

  await call("start");
  await expectEverywhere(tabs, `${practice.name} is in the visit`);
  // One of them is in the call; the others say so and leave it there.
  await expect(async () => {
    const frames = await Promise.all(tabs.map((tab) => tab.locator("iframe").count()));
    expect(frames.toSorted()).toEqual([...Array<number>(TABS - 1).fill(0), 1]);
  }).toPass();
  expect(await leaderOf(holders)).toBe(leader);

  await leader.close();
  const others = tabs.filter((tab) => tab !== leader);
  expect(await leaderOf(holders)).not.toBe(leader);
  await call("end");
  await expectEverywhere(others, "Your visit has ended");
});
