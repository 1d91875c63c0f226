import fc from "fast-check";
import { startTestServer } from "@/tests/support/cluster";
import { expect, test } from "@/tests/support/fixtures";
import { startPortal, type TestPortal } from "@/tests/support/portal";
import { READERS, type Reader, type Row, type StorageState, stagePages } from "../pages";
import { builtPages, builtRoutes } from "../strangers/inventory";
import { sumsOfRows } from "../strangers/rows";
import { type Answer, ask, type Question } from "./ask";
import { cookies, headers, query, rawBody, segment, structuredBody } from "./nonsense";

/*
 * Nonsense at every page and every machine's door: what no link of ours leads to and no page of ours asks. Whatever comes is answered
 * below 500 and without a word of the portal's inside; and what is refused leaves nothing behind. In a portal of its own, which nobody
 * else's test has to use afterwards, and without a worker, so that nothing else changes its rows.
 */

/** The same nonsense at every run; another number finds other nonsense. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_123);
/** How many cases each door gets. */
const RUNS = Math.max(100, Number(process.env.FUZZ_RUNS ?? 100));
/** How many doors are tried at a time. */
const AT_ONCE = 6;
const LEAST_OF_ALL = 10_000;

let portal: TestPortal;
let stopServer: () => Promise<void>;
let rows: Row[] = [];
let sessions = new Map<Reader, StorageState>();
let asked = 0;

test.beforeAll(async ({ browser }) => {
  test.setTimeout(240_000);
  const { server, stop } = await startTestServer();
  stopServer = stop;
  portal = await startPortal(server, {
    seeded: true,
    withWorker: false,
    // Each case comes from an address of its own, so that none is turned away for those before it.
    env: { TRUSTED_PROXIES: "127.0.0.1,::1", TRUECONF_GUEST_SEATS: "200" },
  });
  ({ rows, sessions } = await stagePages(browser, portal));
});

test.afterAll(async () => {
  await portal?.stop();
  await stopServer?.();
});

const cookieOf = (reader: Reader): string =>
  (sessions.get(reader)?.cookies ?? []).map(({ name, value }) => `${name}=${value}`).join("; ");

const reader = fc.constantFrom(...READERS);
const address = fc.ipV4();

type Case = { who: Reader; from: string; more: Record<string, string>; spoiled: string };
const anyCase: fc.Arbitrary<Case> = fc.record({
  who: reader,
  from: address,
  more: headers,
  spoiled: cookies,
});

/** Where it comes from, and with whose cookies; what is spoiled outweighs the rest. */
const headersOf = ({ who, from, more, spoiled }: Case, origin?: string): Record<string, string> => ({
  host: new URL(portal.url).host,
  cookie: [cookieOf(who), spoiled].filter(Boolean).join("; "),
  "x-forwarded-for": from,
  ...(origin && { origin }),
  ...more,
});

/** What an answer must never say: where in the portal something went wrong, or with what. */
const INSIDE =
  /\n\s+at [^\n]+\(?[^\n]+:\d+:\d+|node_modules|PrismaClient|\.next\/server|SELECT .+ FROM|P20\d\d/;

async function expectCalm(question: Question, what: string): Promise<Answer> {
  asked += 1;
  const answer = await ask(portal.url, question);
  if (answer.status >= 500 || INSIDE.test(answer.text))
    throw new Error(`${what}: ${answer.status} ${answer.text.slice(0, 300)}\n${JSON.stringify(question)}`);
  return answer;
}

/** Several doors at a time, each with its cases one after another; so that one run names every door that broke. */
async function eachOf<T>(
  doors: readonly T[],
  atOnce: number,
  work: (door: T) => Promise<void>,
): Promise<void> {
  const left = [...doors];
  const failures: string[] = [];
  const workOn = async () => {
    for (let door = left.shift(); door !== undefined; door = left.shift())
      await work(door).catch((error: Error) => failures.push(`${error.message}\n${error.cause}`));
  };
  await Promise.all(Array.from({ length: atOnce }, workOn));
  expect(failures).toEqual([]);
}

const check = <T>(cases: fc.Arbitrary<T>, work: (one: T) => Promise<unknown>) =>
  fc.assert(
    fc.asyncProperty(cases, async (one) => void (await work(one))),
    { numRuns: RUNS, seed: SEED },
  );

/** An address of a route: as a page of it stands in the table, or with nonsense where it varies. */
const pathOf = (route: string, parts: readonly (string | undefined)[]): string => {
  const known = rows.find((row) => row.route === route && row.status === undefined)?.path.replace(/\?.*/, "");
  const right = (known ?? route).split("/");
  let at = 0;
  return route
    .split("/")
    .map((part, index) => {
      if (!part.startsWith("[")) return part;
      const other = parts[at];
      at += 1;
      return other ?? encodeURIComponent(right[index] ?? part);
    })
    .join("/");
};
const parts = fc.array(fc.option(segment, { nil: undefined }), { minLength: 3, maxLength: 3 });

const METHODS = ["GET", "GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

test("no page breaks on what no link of ours leads to", async () => {
  test.setTimeout(600_000);
  const before = await sumsOfRows(portal);
  await eachOf(builtPages(), AT_ONCE, (route) =>
    check(
      fc.record({ one: anyCase, parts, query, method: fc.constantFrom(...METHODS), body: rawBody }),
      ({ one, parts: wrong, query: search, method, body }) =>
        expectCalm(
          {
            method,
            path: `${pathOf(route, wrong)}?${search}`,
            headers: {
              ...headersOf(one, portal.url),
              ...(method === "GET" || method === "HEAD" ? {} : { "content-type": body.type }),
            },
            ...(method === "GET" || method === "HEAD" ? {} : { body: body.body }),
          },
          route,
        ),
    ),
  );
  expect(await sumsOfRows(portal)).toEqual(before);
});

/** Doors of a cookie or a stream take what is theirs: they are no forms that could be refused as a whole. */
const ORIGINS = fc.constantFrom("own", "own", "own", "null", "https://elsewhere.example.org", "");

test("no machine's door breaks on a body of nonsense", async () => {
  test.setTimeout(600_000);
  const before = await sumsOfRows(portal);
  await eachOf(builtRoutes(), AT_ONCE, (route) =>
    check(
      fc.record({
        one: anyCase,
        parts,
        query,
        origin: ORIGINS,
        method: fc.constantFrom("POST", "POST", "POST", ...METHODS),
        body: fc.oneof(rawBody, structuredBody, structuredBody),
      }),
      ({ one, parts: wrong, query: search, origin, method, body }) => {
        const isRead = method === "GET" || method === "HEAD";
        return expectCalm(
          {
            method,
            path: `${pathOf(route, wrong)}?${search}`,
            headers: {
              ...headersOf(one, origin === "own" ? portal.url : origin),
              ...(isRead || !body.type ? {} : { "content-type": body.type }),
            },
            ...(isRead ? {} : { body: body.body }),
          },
          route,
        );
      },
    ),
  );
  expect(await sumsOfRows(portal)).toEqual(before);
});

test("that was enough of it", () => {
  const doors = builtPages().length + builtRoutes().length;
  console.log(`      ${asked} cases at ${doors} doors`);
  expect(asked).toBeGreaterThanOrEqual(Math.max(LEAST_OF_ALL, doors * RUNS));
});
