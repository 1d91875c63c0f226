import fc from "fast-check";
import { startTestServer } from "@/tests/support/cluster";
import { expect, test } from "@/tests/support/fixtures";
import { type FieldValue, isAction, type PlainForm, plainForms } from "@/tests/support/plain-forms";
import { startPortal, type TestPortal } from "@/tests/support/portal";
import { READERS, type Row, type StorageState, sessionOf, stagePages } from "../pages";
import { accountOf } from "../steps";
import { searchOf } from "../strangers/doors";
import { type BuiltAction, builtActions, builtPages, builtRoutes } from "../strangers/inventory";
import { sumsOfRows } from "../strangers/rows";
import { type Answer, ask, type Question } from "./ask";
import { cookies, headers, nonsense, query, rawBody, segment, spoiled, structuredBody } from "./nonsense";
import { SHAPELESS, SHAPES, type Shape } from "./shapes";

/*
 * Nonsense at every page, machine's door and action: what no link of ours leads to and no page of ours asks. Whatever comes is answered
 * below 500 and without a word of the portal's inside; and what is refused leaves nothing behind. In a portal of its own, which nobody
 * else's test has to use afterwards, and without a worker, so that nothing else changes its rows.
 */

/** The same nonsense at every run; another number finds other nonsense. */
const SEED = Number(process.env.FUZZ_SEED ?? 20_261_123);
/** How many cases each door gets. */
const RUNS = Math.max(100, Number(process.env.FUZZ_RUNS ?? 100));
/** How many of those of a door or an action that took some of them are sent again without these. */
const AGAIN = 30;
/** How many doors are tried at a time. */
const AT_ONCE = 6;
/** Long enough for a small machine that has other tests to run as well. */
const PATIENCE_MS = 1_800_000 * Math.ceil(RUNS / 100);
const LEAST_OF_ALL = 10_000;

/** Whoever sees pages, and who keeps the clinic's time beside them. */
const WHO = [...READERS, "scheduler"] as const;
type Reader = (typeof WHO)[number];

let portal: TestPortal;
let stopServer: () => Promise<void>;
let rows: Row[] = [];
const sessions = new Map<Reader, StorageState>();
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
  const staged = await stagePages(browser, portal);
  rows = staged.rows;
  for (const [who, state] of staged.sessions) sessions.set(who, state);
  sessions.set("scheduler", await sessionOf(browser, portal, accountOf("scheduler")));
});

test.afterAll(async () => {
  await portal?.stop();
  await stopServer?.();
});

const cookieOf = (reader: Reader): string =>
  (sessions.get(reader)?.cookies ?? []).map(({ name, value }) => `${name}=${value}`).join("; ");

const reader = fc.constantFrom(...WHO);
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

/**
 * Several doors at a time, each with its cases one after another; so that one run names every door that broke. Each kind of door counts its
 * cases for itself: a test that is tried once more begins in another process.
 */
async function eachOf<T>(
  doors: readonly T[],
  atOnce: number,
  work: (door: T) => Promise<void>,
): Promise<void> {
  const left = [...doors];
  const before = asked;
  const failures: string[] = [];
  const workOn = async () => {
    for (let door = left.shift(); door !== undefined; door = left.shift())
      await work(door).catch((error: Error) => failures.push(`${error.message}\n${error.cause}`));
  };
  await Promise.all(Array.from({ length: atOnce }, workOn));
  expect(failures).toEqual([]);
  expect(asked - before, "cases").toBeGreaterThanOrEqual(doors.length * RUNS);
}

const check = <T>(cases: fc.Arbitrary<T>, work: (one: T) => Promise<unknown>) =>
  fc.assert(
    fc.asyncProperty(cases, async (one) => void (await work(one))),
    { numRuns: RUNS, seed: SEED },
  );

/** Nothing but what is asked changes rows here, so that nearly all are compared. */
const sums = () => sumsOfRows(portal, { hasWorker: false });

/** next-auth's own door stands for several. */
const NEXT_AUTH = ["callback/credentials", "session", "signout", "csrf", "signin/credentials", "providers"];

/** What stands in the place of a varying part on some page that shows it: a machine's door has the same ids. */
function rightPart(part: string, near: string): string | undefined {
  const withIt = rows.filter(({ route, status }) => status === undefined && route.split("/").includes(part));
  const row = withIt.find(({ route }) => route.split("/")[1] === near) ?? withIt[0];
  return row?.path.replace(/\?.*/, "").split("/")[row.route.split("/").indexOf(part)];
}

/** An address of a route: as a page of it stands in the table, or with nonsense where it varies. */
const pathOf = (route: string, parts: readonly (string | undefined)[], door = 0): string => {
  const known = rows.find((row) => row.route === route && row.status === undefined)?.path.replace(/\?.*/, "");
  const segments = route.split("/");
  const right = known?.split("/") ?? segments.map((part) => rightPart(part, segments[1] ?? "") ?? part);
  let at = 0;
  return route
    .split("/")
    .map((part, index) => {
      if (!part.startsWith("[")) return part;
      if (part === "[...nextauth]") return parts[0] ?? NEXT_AUTH[door];
      const other = parts[at];
      at += 1;
      return other ?? encodeURIComponent(right[index] ?? part);
    })
    .join("/");
};
const parts = fc.array(fc.option(segment, { nil: undefined }), { minLength: 3, maxLength: 3 });

const METHODS = ["GET", "GET", "GET", "GET", "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

test("no page breaks on what no link of ours leads to", async () => {
  test.setTimeout(PATIENCE_MS);
  const before = await sums();
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
  expect(await sums()).toEqual(before);
});

/** Doors of a cookie or a stream take what is theirs: they are no forms that could be refused as a whole. */
const ORIGINS = fc.constantFrom("own", "own", "own", "null", "https://elsewhere.example.org", "");

/** Only reads, also where it is asked for what is there; or speaks of what nobody has here, a hold or a stream. */
const CHANGES_NOTHING = /\/(search|earlier|live|here|leave|return)$/;

/** How many of the cases of a door that takes something have its shape, one in so many. */
const SHAPED = 3;
/** And how many of those the door must have listened to, one in so many: headers and addresses spoil some. */
const READ = 4;

type Sent = {
  one: Case;
  parts: readonly (string | undefined)[];
  query: string;
  origin: string;
  door: number;
  method: string;
  body: { body: string; type: string };
  isShaped: boolean;
};

const spoiledCall: fc.Arbitrary<Sent> = fc.record({
  one: anyCase,
  parts,
  query,
  origin: ORIGINS,
  door: fc.nat(NEXT_AUTH.length - 1),
  method: fc.constantFrom("POST", "POST", "POST", ...METHODS),
  body: fc.oneof(rawBody, structuredBody, structuredBody),
  isShaped: fc.constant(false),
});

/** What a page of ours might send there, but for what is inside; mostly to what is there, and half of them by whoever has it. */
const shapedCall = ({ body, by }: Shape): fc.Arbitrary<Sent> =>
  fc.record({
    one: fc.record({
      who: fc.oneof(fc.constant(by), reader),
      from: address,
      more: headers,
      spoiled: cookies,
    }),
    parts: fc.oneof({ weight: 3, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: parts }),
    query,
    origin: fc.constant("own"),
    door: fc.constant(0),
    method: fc.constant("POST"),
    body,
    isShaped: fc.constant(true),
  });

/**
 * Sends a machine's door its cases.
 *
 * @param skipped those of them, by number, that were taken before
 * @param most how many of the others are sent
 * @returns those that were taken, and to how many of its own shape the door listened
 */
async function tryDoor(
  route: string,
  { skipped = new Set(), most = RUNS }: { skipped?: ReadonlySet<number>; most?: number } = {},
): Promise<{ taken: Set<number>; shaped: number; read: number }> {
  const taken = new Set<number>();
  let [number, sent, shaped, read] = [0, 0, 0, 0];
  const shape = SHAPES[route];
  const calls = shape
    ? fc.oneof({ weight: SHAPED - 1, arbitrary: spoiledCall }, { weight: 1, arbitrary: shapedCall(shape) })
    : spoiledCall;
  await check(calls, async ({ one, parts: wrong, query: search, origin, door, method, body, isShaped }) => {
    number += 1;
    if (skipped.has(number) || sent === most) return;
    sent += 1;
    const isRead = method === "GET" || method === "HEAD";
    const { status } = await expectCalm(
      {
        method,
        path: `${pathOf(route, wrong, door)}${searchOf(route) || "?"}&${search}`,
        headers: {
          ...headersOf(one, origin === "own" ? portal.url : origin),
          ...(isRead || !body.type ? {} : { "content-type": body.type }),
        },
        ...(isRead ? {} : { body: body.body }),
      },
      route,
    );
    if (isShaped) shaped += 1;
    if (isShaped && !shape?.unread.includes(status)) read += 1;
    if (!isRead && status < 300 && !CHANGES_NOTHING.test(route)) taken.add(number);
  });
  return { taken, shaped, read };
}

test("no machine's door breaks on a body of nonsense", async () => {
  test.setTimeout(PATIENCE_MS);
  expect(builtRoutes().filter((route) => route.startsWith("/api/") && !SHAPELESS.test(route))).toEqual(
    Object.keys(SHAPES).toSorted(),
  );
  await eachOf(builtRoutes(), 1, async (route) => {
    const before = await sums();
    const { taken, shaped, read } = await tryDoor(route);
    if (SHAPES[route]) {
      expect(shaped, `${route}: cases of its shape`).toBeGreaterThan(RUNS / SHAPED / 2);
      expect(read, `${route}: cases that its schema let in`).toBeGreaterThan(shaped / READ);
    }
    const what = `${route} refused everything and left rows`;
    if (taken.size === 0) {
      expect(await sums(), what).toEqual(before);
      return;
    }
    // With an id that is right, from whoever may, some of it is none: what was refused beside it is sent once more, by itself.
    const between = await sums();
    const again = await tryDoor(route, { skipped: taken, most: AGAIN });
    if (again.taken.size === 0) expect(await sums(), what).toEqual(between);
  });
});

/** The forms of the portal's pages by the action that each belongs to, with whoever sees it. */
async function formsByAction(): Promise<Map<string, { form: PlainForm; who: Reader }>> {
  const forms = new Map<string, { form: PlainForm; who: Reader }>();
  for (const { path, reader: who, status } of rows) {
    if (status !== undefined) continue;
    const answer = await fetch(`${portal.url}${path}`, { headers: { cookie: cookieOf(who) } });
    for (const form of plainForms(await answer.text(), `${portal.url}${path}`)) {
      const id = isAction(form) ? idOf(form) : undefined;
      if (id !== undefined && !forms.has(id)) forms.set(id, { form, who });
    }
  }
  return forms;
}

/** Next.js writes the action's id into the form: in a field's name, or in what is bound to it. */
const idOf = ({ fields }: PlainForm): string | undefined =>
  fields
    .map(
      ([name, value]) => /^\$ACTION_ID_([0-9a-f]+)$/.exec(name)?.[1] ?? /"id":"([0-9a-f]+)"/.exec(value)?.[1],
    )
    .find((id) => id !== undefined);

/** Actions that would end the sessions with which the others are tried: by nobody's cookie alone. */
const ENDS_SESSIONS = /^(signOut|endSession|endOtherSessions|changePassword|setSecondStep)/;
/** As actions say that they took what was sent: one click is taken where its own field is left as it was. */
const IS_DONE = /"status":"(done|made|accepted|saved)"|NEXT_REDIRECT/;
const isDone = ({ status, text, headers: sent }: Answer) =>
  status === 303 || sent["x-action-redirect"] !== undefined || IS_DONE.test(text);

/** A call of an action as React writes it, with a form's fields. */
async function encoded(
  fields: readonly FieldValue[],
  state: string,
): Promise<{ body: Buffer; type: string }> {
  const form = new FormData();
  for (const [name, value] of fields) if (!name.startsWith("$")) form.append(`1_${name}`, value);
  form.append("0", JSON.stringify([state, "$K1"]));
  const request = new Request("http://localhost/", { method: "POST", body: form });
  return {
    body: Buffer.from(await request.arrayBuffer()),
    type: request.headers.get("content-type") ?? "",
  };
}

const ONE_FIELD: PlainForm = {
  id: "",
  action: "",
  method: "post",
  fields: [],
  types: new Map([
    ["token", "hidden"],
    ["id", "hidden"],
    ["email", "email"],
    ["code", "text"],
  ]),
  buttons: [],
};

/**
 * Sends an action its cases.
 *
 * @param skipped those of them, by number, that were taken before
 * @param most how many of the others are sent
 * @returns those that were taken: an empty optional field is nothing wrong
 */
async function tryAction(
  { id, name }: BuiltAction,
  known: { form: PlainForm; who: Reader } | undefined,
  { skipped = new Set(), most = RUNS }: { skipped?: ReadonlySet<number>; most?: number } = {},
): Promise<Set<number>> {
  const taken = new Set<number>();
  let [number, sent] = [0, 0];
  await check(
    fc.record({
      one: anyCase,
      isOwner: fc.boolean(),
      fields: spoiled(known?.form ?? ONE_FIELD),
      state: fc.oneof(fc.constant("$undefined"), nonsense),
      raw: fc.oneof({ weight: 3, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: rawBody }),
    }),
    async ({ one, isOwner, fields, state, raw }) => {
      number += 1;
      if (skipped.has(number) || sent === most) return;
      sent += 1;
      const { body, type } = raw ?? (await encoded(fields, state));
      const who = ENDS_SESSIONS.test(name) ? "anybody" : isOwner ? (known?.who ?? one.who) : one.who;
      const answer = await expectCalm(
        {
          method: "POST",
          path: "/lost-link",
          headers: { ...headersOf({ ...one, who }, portal.url), "next-action": id, "content-type": type },
          body,
        },
        name,
      );
      if (isDone(answer)) taken.add(number);
    },
  );
  return taken;
}

test("no action breaks on what no form of ours would send", async () => {
  test.setTimeout(PATIENCE_MS);
  const forms = await formsByAction();
  expect(forms.size).toBeGreaterThan(30);
  await eachOf(builtActions(), 1, async (action) => {
    const [before, known] = [await sums(), forms.get(action.id)];
    const taken = await tryAction(action, known);
    const what = `${action.name} refused everything and left rows`;
    if (taken.size === 0) {
      expect(await sums(), what).toEqual(before);
      return;
    }
    // What was refused beside it is sent once more, by itself.
    const between = await sums();
    const again = await tryAction(action, known, { skipped: taken, most: AGAIN });
    if (again.size === 0) expect(await sums(), what).toEqual(between);
  });
});

test("that is enough of it", () => {
  const doors = builtPages().length + builtRoutes().length + builtActions().length;
  expect(doors * RUNS).toBeGreaterThanOrEqual(LEAST_OF_ALL);
});
