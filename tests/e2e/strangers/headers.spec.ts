import { readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { newId } from "@/lib/core/ids";
import { runningPortal } from "@/tests/support/browser-setup";
import { expect, test } from "@/tests/support/fixtures";
import { type HttpsWeb, startHttpsWeb } from "@/tests/support/https-web";
import { isAction, type PlainForm, plainForms, postPlainly } from "@/tests/support/plain-forms";
import { withRows } from "../practice";
import { accountOf } from "../steps";
import { type May, PAGES, ROUTES } from "./doors";
import { builtActions } from "./inventory";
import { openStage, type Person, pathOf, type Stage } from "./people";
import { sumsOfRows } from "./rows";

/*
 * The headers and cookies of every door of the inventory, as a portal with an https address sends them; and that a door which is only
 * looked at, or knocked at from another site, does nothing.
 */

let stage: Stage;
let web: HttpsWeb;
test.beforeAll(async () => {
  stage = await openStage(runningPortal());
  web = await startHttpsWeb(runningPortal(), { EMBED_ORIGINS: "https://www.example.org" });
});
test.afterAll(() => web?.stop());

const DOORS: [route: string, who: May][] = [...Object.entries(PAGES), ...Object.entries(ROUTES)];
/** Files of the build: the proxy leaves them alone, and anybody may keep them. */
const BUILT = ["/icon.svg"];
/** Calendars ask again and again, and are told that nothing is new. */
const MAY_BE_KEPT: Readonly<Record<string, RegExp>> = { "/calendar/[token]/feed.ics": /^private, no-/ };
/** See `EMBED_ORIGINS`: what needs no account. */
const EMBEDDABLE = /^\/(practitioners|book|waitlist|now|check|lost-link|v|w|q)?(\/|$)/;

const addressOf = (route: string) =>
  `${web.url}${pathOf(route, stage).replace("[attachmentId]", newId()).replace("[...nextauth]", "session")}`;

/** With an https address, cookies have another name. */
const cookieOf = (person: Person) =>
  (stage.cookies.get(person) ?? "").replaceAll(/(^|; )(?=[\w-]+=)/g, "$1__Host-");

const ownerOf = (who: May): Person =>
  typeof who === "string" ? "anonymous" : (who.find((person) => !person.startsWith("other")) ?? "anonymous");

type Wanted = [header: string, value: RegExp];
const csp = (framedBy: string) =>
  new RegExp(
    `script-src 'self' 'nonce-[\\w+/=]{20,}' 'strict-dynamic';.* object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors ${framedBy};`,
  );
/** Of a file that somebody has sent: not even a page. */
const FILE = /\/files\/\[attachmentId\]$/;
const POLICY_OF_FILES = /^sandbox; default-src 'none'; .*frame-ancestors 'none'/;

function wantedOf(route: string): Wanted[] {
  const always: Wanted[] = [
    ["x-content-type-options", /^nosniff$/],
    ["cross-origin-resource-policy", /^same-origin$/],
    ["referrer-policy", /^same-origin$/],
  ];
  if (BUILT.includes(route)) return [...always, ["content-security-policy", /frame-ancestors 'none'/]];
  const framedBy = EMBEDDABLE.test(route) ? "https://www\\.example\\.org" : "'none'";
  return [
    ...always,
    ["content-security-policy", FILE.test(route) ? POLICY_OF_FILES : csp(framedBy)],
    ["strict-transport-security", /^max-age=31536000; includeSubDomains$/],
    ["permissions-policy", /camera=\(self "[^"*]+"\).*geolocation=\(\), payment=\(\), usb=\(\)/],
    ["cross-origin-opener-policy", /^same-origin$/],
    ["cache-control", MAY_BE_KEPT[route] ?? /^private, no-store$/],
  ];
}

/** What is wrong with an answer's headers. */
function faultsOf(route: string, { headers }: Response): string[] {
  const faults = wantedOf(route).flatMap(([name, value]) =>
    value.test(headers.get(name) ?? "") ? [] : [`${name}: ${headers.get(name)}`],
  );
  const type = headers.get("content-type");
  if (type && /^text\/|json/.test(type) && !/json|charset=utf-8/i.test(type)) faults.push(type);
  for (const name of ["x-powered-by", "server", "access-control-allow-origin"])
    if (headers.has(name)) faults.push(`${name}: ${headers.get(name)}`);
  return faults;
}

test("every door's answer has every header, and looking changes nothing", async () => {
  test.setTimeout(240_000);
  const before = await sumsOfRows(runningPortal());
  let asked = 0;
  for (const [route, who] of DOORS) {
    for (const person of new Set<Person>([ownerOf(who), "anonymous"])) {
      for (const method of ["GET", "HEAD"]) {
        const answer = await fetch(addressOf(route), {
          method,
          headers: { cookie: cookieOf(person) },
          redirect: "manual",
        });
        const what = `${method} ${route} for ${person}: ${answer.status}`;
        expect.soft(answer.status, what).toBeLessThan(500);
        expect.soft(faultsOf(route, answer), what).toEqual([]);
        const html = await answer.text();
        const nonce = /'nonce-([^']+)'/.exec(answer.headers.get("content-security-policy") ?? "")?.[1];
        for (const script of html.match(/<script[^>]*>/g) ?? [])
          expect.soft(script, what).toContain(`nonce="${nonce}"`);
        asked += 1;
      }
    }
  }
  expect(await sumsOfRows(runningPortal())).toEqual(before);
  expect(asked).toBeGreaterThan(2 * DOORS.length);
});

/** The doors that take a POST, as their sources say. */
const POSTED = Object.keys(ROUTES).filter(
  (route) =>
    route.startsWith("/api/") &&
    /export \{[^}]*as POST|export (const|(async )?function) POST/.test(
      readFileSync(join(import.meta.dirname, "../../../app", route, "route.ts"), "utf8"),
    ),
);

/** How many forms of other sites were ever refused: those of this hour are counted, those of earlier ones stand in the trail. */
const refusedForms = () =>
  withRows(runningPortal(), async (database) => {
    const [row] = await database.$queryRaw<{ count: number }[]>`
      SELECT coalesce(sum("count"), 0)::int AS "count" FROM (
        SELECT "count" FROM "refusal_tally" WHERE "door" = 'form.foreign'
        UNION ALL
        SELECT ("details"->>'count')::int FROM "audit_event" WHERE "details"->>'door' = 'form.foreign'
      ) AS refused`;
    return row?.count ?? 0;
  });

test("no door listens to another site, or to a page that does not say where it is, and who tried is counted", async () => {
  test.setTimeout(120_000);
  const before = await sumsOfRows(runningPortal());
  const refusedBefore = await refusedForms();
  let forms = 0;
  expect(POSTED.length).toBeGreaterThan(15);
  for (const origin of ["null", "https://elsewhere.example.org", undefined]) {
    const from: Record<string, string> = origin === undefined ? {} : { origin };
    for (const route of POSTED) {
      const answer = await fetch(addressOf(route), {
        method: "POST",
        headers: {
          ...from,
          cookie: cookieOf(ownerOf(ROUTES[route] ?? "all")),
          "content-type": "application/json",
        },
        body: "{}",
      });
      expect.soft(answer.status, `${route} from ${origin}`).toBe(403);
      expect.soft(faultsOf(route, answer), route).toEqual([]);
      await answer.body?.cancel();
    }
    for (const route of Object.keys(PAGES)) {
      const body = new FormData();
      body.append("0", "[]");
      const headers = { ...from, cookie: cookieOf(ownerOf(PAGES[route] ?? "all")) };
      const answer = await fetch(addressOf(route), { method: "POST", headers, body });
      expect.soft(answer.status, `${route} from ${origin}`).toBe(403);
      expect.soft(faultsOf(route, answer), route).toEqual([]);
      await answer.body?.cancel();
      forms += 1;
    }
  }
  expect(await sumsOfRows(runningPortal())).toEqual(before);
  // Other tests send such forms as well.
  expect((await refusedForms()) - refusedBefore).toBeGreaterThanOrEqual(forms);
});

/** What a TRACE brings back, which `fetch` does not send (RFC 9110 §9.3.8). */
const trace = (address: string, said: string) =>
  new Promise<{ status: number; text: string }>((resolve, reject) => {
    const asked = request(address, { method: "TRACE", headers: { "x-said": said } }, async (answer) => {
      const text = (await answer.setEncoding("utf8").toArray()).join("");
      resolve({ status: answer.statusCode ?? 0, text: text + JSON.stringify(answer.headers) });
    });
    asked.on("error", reject).end();
  });

test("no door brings back what a TRACE has said", async () => {
  const said = `said-${newId()}`;
  for (const [route] of DOORS) {
    const { status, text } = await trace(addressOf(route), said);
    expect.soft(status, route).toBeGreaterThanOrEqual(400);
    expect.soft(text, route).not.toContain(said);
  }
});

test("no door takes a body without a bound", async () => {
  test.setTimeout(120_000);
  const headers = { origin: web.origin, cookie: cookieOf("practitioner") };
  const json = JSON.stringify({ token: "x".repeat(1_000_000) });
  for (const route of POSTED) {
    const answer = await fetch(addressOf(route), {
      method: "POST",
      headers: { ...headers, "content-type": "application/json" },
      body: json,
    });
    expect.soft([400, 404, 413, 415], `${route}: ${answer.status}`).toContain(answer.status);
    await answer.body?.cancel();
  }
  const [action] = builtActions();
  for (const kB of [300, 12_000]) {
    const body = new FormData();
    body.append("0", "x".repeat(kB * 1_000));
    const answer = await fetch(web.url, {
      method: "POST",
      headers: { ...headers, "next-action": action?.id ?? "" },
      body,
    });
    expect.soft([400, 413], `${kB} kB: ${answer.status}`).toContain(answer.status);
    await answer.body?.cancel();
  }
});

test("every cookie is the portal's alone, unreadable to scripts and never sent in the clear", async () => {
  const formAt = async (path: string, which: (form: PlainForm) => boolean): Promise<PlainForm> => {
    const answer = await fetch(`${web.url}${path}`);
    const form = plainForms(await answer.text(), `${web.url}${path}`).find(
      (one) => isAction(one) && which(one),
    );
    if (!form) throw new Error(`${path} has no such form`);
    return form;
  };
  const { email, password } = accountOf("patient");
  const values: Readonly<Record<string, string>> = {
    email,
    password,
    locale: "ru",
    theme: "dark",
    timeZone: "Asia/Tokyo",
  };
  const forms = [
    await formAt(
      "/",
      ({ types, buttons }) => types.has("locale") || buttons.some(({ field }) => field?.[0] === "locale"),
    ),
    await formAt("/sign-in", ({ types }) => types.has("password")),
    await formAt("/sign-in/link", ({ types }) => types.has("email")),
    await formAt(`/practitioners/${stage.practice.practitionerId}`, ({ buttons }) =>
      buttons.some(({ text }) => /\d\d:\d\d/.test(text)),
    ),
  ];
  const cookies: string[] = [];
  for (const form of forms) {
    const button = form.buttons.find(({ text, field }) => field && /\d\d:\d\d|./.test(text))?.field;
    const fields = [
      ...form.fields.filter(([name]) => name.startsWith("$") || !(name in values)),
      ...(button ? [button] : []),
    ];
    for (const name of form.types.keys()) if (name in values) fields.push([name, values[name] ?? ""]);
    const answer = await postPlainly(form, fields, { origin: web.origin });
    const set = answer.headers.getSetCookie();
    expect.soft(set.length, form.id).toBeGreaterThan(0);
    cookies.push(...set);
  }
  for (const path of ["csrf", "providers", "signin", "signout"]) {
    const answer = await fetch(`${web.url}/api/auth/${path}`, { redirect: "manual" });
    cookies.push(...answer.headers.getSetCookie());
  }
  for (const cookie of cookies) {
    const name = cookie.split("=")[0] ?? "";
    expect.soft(name).toMatch(/^__Host-/);
    expect.soft(cookie, name).toMatch(/; Path=\/(;|$)/i);
    expect.soft(cookie, name).toMatch(/; Secure(;|$)/i);
    expect.soft(cookie, name).toMatch(/; HttpOnly(;|$)/i);
    expect.soft(cookie, name).toMatch(/; SameSite=Lax(;|$)/i);
    expect.soft(cookie, name).not.toMatch(/; Domain=/i);
  }
  expect(new Set(cookies.map((cookie) => cookie.split("=")[0])).size).toBeGreaterThan(5);
});
