import { newToken } from "@/lib/core/ids";
import { runningPortal } from "@/tests/support/browser-setup";
import { expect, test } from "@/tests/support/fixtures";
import { type May, PAGES } from "./doors";
import { builtActions, builtPages, builtRoutes } from "./inventory";
import { NOBODY, openStage, PEOPLE, type Person, pathOf, type Stage } from "./people";
import { HEADERS, WAYS } from "./ways";

/*
 * Everybody at every page, by every way in which a page can be asked for. What is not somebody's is answered like what is not there, and
 * nothing that is the patient's alone is in any answer to anybody else.
 */

let stage: Stage;
test.beforeAll(async () => {
  stage = await openStage(runningPortal());
});

async function ask(path: string, person: Person, way: string) {
  const { headers = {}, suffix = "" } = WAYS[way] ?? {};
  const cookie = stage.cookies.get(person) ?? "";
  const fetchFrom = (address: string) =>
    fetch(new URL(address, runningPortal().url), {
      headers: { ...headers, ...(cookie && { cookie }) },
      redirect: "manual",
    });
  const [before, search] = path.split("?");
  const address = `${before}${suffix}${search === undefined ? "" : `?${search}`}`;
  const first = await fetchFrom(address);
  const named = first.headers.get("location") ?? "";
  // The router's requests carry a number made of their headers, and are sent on to the right one.
  const isNumbered = named.startsWith(`${before}${suffix}?`) && /[?&]_rsc/.test(named);
  const answer = isNumbered ? await fetchFrom(named) : first;
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

/** Whose visit it is: they alone read why the patient comes. */
const OF_THE_TWO: readonly Person[] = ["patient", "practitioner"];

const may = (person: Person, who: May) => who === "all" || who === "holder" || who.includes(person);

test("every page has a row in the table", () => {
  expect(builtPages()).toEqual(Object.keys(PAGES).toSorted());
  // And whoever comes with the personal link of another visit.
  const people = PEOPLE.length + 1;
  const [pages, routes, actions] = [builtPages().length, builtRoutes().length, builtActions().length];
  const ways = `${Object.keys(WAYS).length} ways for pages, ${HEADERS.length} for the others`;
  console.log(
    `      ${pages} pages, ${routes} machines' doors, ${actions} actions; ${people} people; ${ways}`,
  );
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
        if (!OF_THE_TWO.includes(person))
          expect.soft(answer.text.includes(stage.clinical), `${what} says why the patient comes`).toBe(false);
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
