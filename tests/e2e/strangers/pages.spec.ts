import { newToken } from "@/lib/core/ids";
import { runningPortal } from "@/tests/support/browser-setup";
import { expect, test } from "@/tests/support/fixtures";
import { type May, PAGES } from "./doors";
import { builtPages } from "./inventory";
import { NOBODY, openStage, PEOPLE, type Person, pathOf, type Stage } from "./people";

/*
 * Everybody at every page, by every way in which a page can be asked for. What is not somebody's is answered like what is not there, and
 * nothing that is the patient's alone is in any answer to anybody else.
 */

let stage: Stage;
test.beforeAll(async ({ browser }) => {
  stage = await openStage(browser, runningPortal());
});

/** The ways to ask for a page: as a browser does, as its router does, as it does beforehand, and as somebody who means to slip past. */
const WAYS: Readonly<Record<string, { headers: Record<string, string>; suffix?: string; shell?: boolean }>> =
  {
    plainly: { headers: {} },
    "as the router": { headers: { rsc: "1" } },
    "as a prefetch": {
      headers: { rsc: "1", "next-router-prefetch": "1", purpose: "prefetch", "sec-purpose": "prefetch" },
      // What is sent is the frame around the page, the same for all: nothing of the page itself.
      shell: true,
    },
    "as a file of the router": { headers: {}, suffix: ".rsc" },
    "past the middleware": {
      headers: { "x-middleware-subrequest": "proxy:proxy:proxy:proxy:proxy", "x-middleware-rewrite": "/" },
    },
  };

async function ask(path: string, person: Person, way: string) {
  const { headers = {}, suffix = "" } = WAYS[way] ?? {};
  const cookie = stage.cookies.get(person) ?? "";
  const fetchFrom = (address: string) =>
    fetch(new URL(address, runningPortal().url), {
      headers: { ...headers, ...(cookie && { cookie }) },
      redirect: "manual",
    });
  const address = `${path}${suffix}`;
  const first = await fetchFrom(address);
  const named = first.headers.get("location") ?? "";
  // The router's requests carry a number made of their headers, and are sent on to the right one.
  const answer = named.startsWith(`${address}?_rsc`) ? await fetchFrom(named) : first;
  const location = answer.headers.get("location") ?? "";
  return { status: answer.status, location, text: await answer.text() };
}

type Answer = Awaited<ReturnType<typeof ask>>;
/** In what the router is sent, a redirect and a page that is not there are words of the stream. */
const isLedAway = ({ status, location, text }: Answer) =>
  (status >= 300 && status < 400 && location.includes("/sign-in")) ||
  /NEXT_REDIRECT;[a-z]+;\/sign-in/.test(text);
const isNotThere = ({ status, text }: Answer) =>
  status === 404 || text.includes("NEXT_HTTP_ERROR_FALLBACK;404");

const may = (person: Person, who: May) => who === "all" || who === "holder" || who.includes(person);

test("every page has a row in the table", () => {
  expect(builtPages()).toEqual(Object.keys(PAGES).toSorted());
});

for (const way of Object.keys(WAYS)) {
  test(`nobody sees a page that is not theirs, asked for ${way}`, async () => {
    test.setTimeout(240_000);
    for (const [route, who] of Object.entries(PAGES)) {
      if (typeof who === "string") continue;
      const path = pathOf(route, stage);
      const answers = await Promise.all(
        PEOPLE.map(async (person) => ({ person, answer: await ask(path, person, way) })),
      );
      for (const { person, answer } of answers) {
        const what = `${route} for ${person}: ${answer.status} ${answer.location}`;
        expect.soft(answer.status, what).toBeLessThan(500);
        if (!may(person, who) && !WAYS[way]?.shell) {
          const shut = isNotThere(answer) || (NOBODY.includes(person) && isLedAway(answer));
          expect.soft(shut, what).toBe(true);
        } else if (way === "plainly") expect.soft(answer.status, what).toBe(200);
        const isTheirs = may(person, who) && !person.startsWith("other");
        if (!isTheirs)
          for (const mark of stage.marks)
            expect.soft(answer.text.includes(mark), `${what} says ${mark}`).toBe(false);
      }
    }
  });
}

test("a link that is nobody's opens nothing, whoever follows it", async () => {
  for (const [route, who] of Object.entries(PAGES)) {
    if (who !== "holder") continue;
    const path = pathOf(route, {
      ...stage,
      visit: { ...stage.visit, token: newToken() },
      waiting: { ...stage.waiting, token: newToken() },
      thirdToken: newToken(),
    });
    for (const person of PEOPLE) {
      const answer = await ask(path, person, "plainly");
      const what = `${route} for ${person}: ${answer.status}`;
      expect.soft(answer.status, what).toBeLessThan(500);
      for (const mark of stage.marks) expect.soft(answer.text.includes(mark), what).toBe(false);
    }
  }
});
