import { newId } from "@/lib/core/ids";
import { runningPortal } from "@/tests/support/browser-setup";
import { expect, test } from "@/tests/support/fixtures";
import { ROUTES, searchOf } from "./doors";
import { builtRoutes } from "./inventory";
import { openStage, PEOPLE, type Person, type Stage } from "./people";
import { sumsOfRows } from "./rows";
import { HEADERS } from "./ways";

/* Everybody at every door for machines. What is not somebody's is answered, to the letter, like what was never there. */

let stage: Stage;
test.beforeAll(async () => {
  stage = await openStage(runningPortal());
});

const VISIT_DOORS = Object.entries(ROUTES).filter(([route]) => route.startsWith("/api/visits/"));
const FILES = Object.entries(ROUTES).filter(
  ([route, who]) => !route.startsWith("/api/") && typeof who !== "string",
);
const NO_FILE = newId();
const ENTRY = { entry: "guest" };
/** What each of a conversation's doors takes. */
const TALK = { as: "patient", query: "invented", before: 5, delivered: 1, read: 1 };
const CHECK = { browser: true, camera: true, microphone: true, speaker: true, network: true };

const CONVERSATION_DOORS = Object.entries(ROUTES).filter(([route]) =>
  route.startsWith("/api/conversations/"),
);

const addressOf = (route: string, id: string) =>
  `${runningPortal().url}${route
    .replace(/\[(appointmentId|conversationId)\]/, id)
    .replace("[attachmentId]", NO_FILE)}${searchOf(route)}`;

async function post(
  route: string,
  appointmentId: string,
  person: Person,
  body: object = {},
  more: Record<string, string> = {},
) {
  const cookie = stage.cookies.get(person) ?? "";
  const answer = await fetch(addressOf(route, appointmentId), {
    method: "POST",
    headers: {
      "content-type": "application/json",
      origin: runningPortal().url,
      ...(cookie && { cookie }),
      ...more,
    },
    body: JSON.stringify({ ...ENTRY, ...CHECK, ...TALK, ...body }),
  });
  return `${answer.status} ${await answer.text()}`;
}

const strangersOf = (who: readonly Person[]) => PEOPLE.filter((person) => !who.includes(person));

test("every door for machines has a row in the table", () => {
  expect(builtRoutes()).toEqual(Object.keys(ROUTES).toSorted());
});

test("a visit's doors are not there for anybody else", async () => {
  const before = await sumsOfRows(runningPortal());
  const nowhere = newId();
  for (const [route, who] of VISIT_DOORS) {
    if (typeof who === "string") continue;
    for (const person of strangersOf(who)) {
      const what = `${route} for ${person}`;
      const answer = await post(route, stage.visit.appointmentId, person);
      expect.soft(answer, what).toBe(await post(route, nowhere, person));
      expect.soft(answer, what).toMatch(/^404 /);
      // The link of somebody else's visit opens that one.
      const { token } = stage.foreign;
      expect.soft(await post(route, stage.visit.appointmentId, person, { token }), what).toBe(answer);
      for (const way of HEADERS)
        expect.soft(await post(route, stage.visit.appointmentId, person, {}, way), what).toBe(answer);
    }
  }
  expect(await sumsOfRows(runningPortal())).toEqual(before);
});

test("a conversation's doors are not there for anybody else", async () => {
  const before = await sumsOfRows(runningPortal());
  const nowhere = newId();
  for (const [route, who] of CONVERSATION_DOORS) {
    for (const person of strangersOf(who as readonly Person[])) {
      const what = `${route} for ${person}`;
      const answer = await post(route, stage.conversationId, person);
      expect.soft(answer, what).toBe(await post(route, nowhere, person));
      expect.soft(answer, what).toMatch(/^4/);
      for (const way of HEADERS)
        expect.soft(await post(route, stage.conversationId, person, {}, way), what).toBe(answer);
      // The link of somebody else's visit opens the conversation of those two.
      const { token } = stage.foreign;
      const bearer = { authorization: `Bearer ${token}` };
      expect.soft(await post(route, stage.conversationId, person, { token }, bearer), what).toMatch(/^4/);
      for (const mark of stage.marks) expect.soft(answer.includes(mark), what).toBe(false);
    }
  }
  expect(await sumsOfRows(runningPortal())).toEqual(before);
});

test("files are not there for anybody else", async () => {
  for (const [route, who] of FILES) {
    for (const person of strangersOf(who as readonly Person[])) {
      const cookie = stage.cookies.get(person) ?? "";
      const get = async (appointmentId: string, more: Record<string, string> = {}) => {
        const headers = { ...(cookie ? { cookie } : {}), ...more };
        const answer = await fetch(addressOf(route, appointmentId), { headers, redirect: "manual" });
        await answer.body?.cancel();
        return `${answer.status} ${answer.headers.get("location") ?? ""}`;
      };
      const answer = await get(stage.visit.appointmentId);
      expect.soft(answer, `${route} for ${person}`).toMatch(/^404 |^30[37] \S*\/sign-in/);
      for (const way of HEADERS)
        expect
          .soft(await get(stage.visit.appointmentId, way), `${route} for ${person}`)
          .toMatch(/^404 |^30[37] \S*(\/sign-in|[?&]_rsc)/);
      if (route.includes("[appointmentId]"))
        expect.soft(answer.slice(0, 3), `${route} for ${person}`).toBe((await get(newId())).slice(0, 3));
    }
  }
});

test("no door for machines changes anything when it is only looked at", async () => {
  const before = await sumsOfRows(runningPortal());
  for (const [route] of VISIT_DOORS) {
    for (const method of ["GET", "HEAD"]) {
      const answer = await fetch(addressOf(route, stage.visit.appointmentId), {
        method,
        headers: { cookie: stage.cookies.get("practitioner") ?? "" },
      });
      expect.soft(answer.status, `${method} ${route}`).toBe(405);
      await answer.body?.cancel();
    }
  }
  expect(await sumsOfRows(runningPortal())).toEqual(before);
});
