import { type APIRequestContext, type APIResponse, expect, type Page } from "@playwright/test";
import { newId, newToken } from "@/lib/core/ids";
import { test } from "@/tests/support/fixtures";
import { openAccount, openPractice, stageVisit, withRows } from "./practice";
import { accountOf, signIn } from "./steps";

type Call = "join" | "start" | "end" | "arrive";
type CallOptions = { token?: string | undefined; origin?: string | null; body?: string };

/** Calls as the portal's own pages do, unless an option says otherwise; `origin: null` sends none. */
const callerOf =
  (portalUrl: string) =>
  (
    request: APIRequestContext,
    appointmentId: string,
    call: Call,
    { token, origin = portalUrl, body = JSON.stringify({ token }) }: CallOptions = {},
  ): Promise<APIResponse> =>
    request.post(`${portalUrl}/api/visits/${appointmentId}/${call}`, {
      headers: { "content-type": "application/json", ...(origin === null ? {} : { origin }) },
      data: Buffer.from(body),
    });

async function expectAnswer(answer: Promise<APIResponse>, status: number, reason: string, what = "") {
  const response = await answer;
  expect([response.status(), await response.text()], what).toEqual([status, JSON.stringify({ reason })]);
  expect(response.headers()["cache-control"], what).toContain("no-store");
}

const requestOf = (page: Page): APIRequestContext => page.context().request;

test.describe("the way into a visit", () => {
  test("is shut before the start, made anew for each who joins, and shut after the end", async ({
    visitor,
    portal,
    request,
  }) => {
    const call = callerOf(portal.url);
    const practice = await openPractice(portal);
    const { appointmentId, token } = await stageVisit(portal, practice, { starts: { minutes: 0 } });
    const practitioner = await visitor("desktop");
    await signIn(practitioner, practice.account);
    const theirs = requestOf(practitioner);

    await expectAnswer(call(request, appointmentId, "join", { token }), 409, "not_started");
    await expectAnswer(call(theirs, appointmentId, "join"), 409, "not_started");
    await expectAnswer(call(theirs, appointmentId, "end"), 409, "not_started");

    const started = await call(theirs, appointmentId, "start");
    expect(started.status()).toBe(200);
    const joined = await call(request, appointmentId, "join", { token });
    expect(joined.status()).toBe(200);
    expect(joined.headers()["cache-control"]).toContain("no-store");
    const answer = await joined.json();
    expect(answer).toStrictEqual({
      iframe: {
        src: expect.stringContaining(`${portal.sandboxUrl}/`),
        allow: expect.stringContaining("camera"),
        allowFullscreen: true,
        title: practice.name,
      },
      webUrl: answer.iframe.src,
      // Off until an administrator turns them on.
      appLinks: null,
      expiresAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    });
    const lifetimeMs = Date.parse(answer.expiresAt) - Date.now();
    expect(lifetimeMs).toBeGreaterThan(30_000);
    expect(lifetimeMs).toBeLessThanOrEqual(61_000);

    const again = await (await call(request, appointmentId, "join", { token })).json();
    expect(again.webUrl).not.toBe(answer.webUrl);
    expect((await call(theirs, appointmentId, "join")).status()).toBe(200);

    expect((await call(theirs, appointmentId, "end")).status()).toBe(200);
    await expectAnswer(call(request, appointmentId, "join", { token }), 409, "ended");
    await expectAnswer(call(theirs, appointmentId, "start"), 409, "ended");
  });

  test("is not there for anybody else, nor the calls of the practitioner for the patient", async ({
    visitor,
    portal,
    request,
  }) => {
    const call = callerOf(portal.url);
    const practice = await openPractice(portal);
    const owner = await openAccount(portal);
    const { appointmentId, token } = await stageVisit(portal, practice, {
      starts: { minutes: 0 },
      patientId: owner.patientId,
    });
    const other = await stageVisit(portal, practice, { starts: { hours: 3 } });
    const practitioner = await visitor("desktop");
    await signIn(practitioner, practice.account);
    expect((await call(requestOf(practitioner), appointmentId, "start")).status()).toBe(200);

    const patient = await visitor("desktop");
    await signIn(patient, owner);
    expect((await call(requestOf(patient), appointmentId, "join")).status()).toBe(200);

    const strangers: [string, APIRequestContext, string, string?][] = [
      ["anonymous", request, appointmentId],
      ["another visit's link", request, appointmentId, other.token],
      ["a link that never was", request, appointmentId, newToken()],
      ["no token at all", request, appointmentId, "x"],
      ["an unknown visit", request, newId(), token],
      ["an unknown visit, signed in", requestOf(patient), newId()],
      ["garbage for an id", request, "%27%20or%201=1", token],
      ["garbage for an id, signed in", requestOf(patient), "1"],
      ["no character for an id, signed in", requestOf(practitioner), "%00"],
    ];
    for (const account of [accountOf("patient"), accountOf("practitioner"), accountOf("administrator")]) {
      const page = await visitor("desktop");
      await signIn(page, account);
      strangers.push([account.email, requestOf(page), appointmentId]);
    }
    for (const [who, from, id, theirToken] of strangers) {
      for (const name of ["join", "start", "end", "arrive"] as const)
        await expectAnswer(call(from, id, name, { token: theirToken }), 404, "not_found", `${name}: ${who}`);
    }
    for (const name of ["start", "end"] as const) {
      await expectAnswer(call(request, appointmentId, name, { token }), 404, "not_found", name);
      await expectAnswer(call(requestOf(patient), appointmentId, name), 404, "not_found", name);
    }
    expect((await call(request, appointmentId, "join", { token })).status(), "nothing ended it").toBe(200);
  });

  test("opens for the portal's own pages and well-formed requests alone", async ({ portal, request }) => {
    const call = callerOf(portal.url);
    const practice = await openPractice(portal);
    const { appointmentId, token } = await stageVisit(portal, practice, { starts: { minutes: 0 } });
    for (const origin of ["https://foreign.example", portal.sandboxUrl, "null", "", null])
      await expectAnswer(
        call(request, appointmentId, "join", { token, origin }),
        403,
        "forbidden",
        String(origin),
      );
    for (const body of ["{", "[]", '"text"', '{"token":5}', JSON.stringify({ token: "x".repeat(101) })])
      await expectAnswer(call(request, appointmentId, "join", { body }), 400, "invalid", body);
    const body = JSON.stringify({ token, more: "x".repeat(5_000) });
    await expectAnswer(call(request, appointmentId, "join", { body }), 413, "invalid");

    for (const name of ["join", "start", "entry", "seats", "end", "arrive", "check"]) {
      for (const method of ["GET", "PUT", "DELETE"]) {
        const answer = await request.fetch(`${portal.url}/api/visits/${appointmentId}/${name}`, { method });
        expect(answer.status(), `${method} ${name}`).toBe(405);
      }
    }
    await withRows(portal, async (database) => {
      const { status, arrivedAt } = await database.encounter.findUniqueOrThrow({ where: { appointmentId } });
      expect([status, arrivedAt]).toEqual(["planned", null]);
    });
  });

  test("cannot be opened long before the start, nor long after the end", async ({
    visitor,
    portal,
    request,
  }) => {
    const call = callerOf(portal.url);
    const practice = await openPractice(portal);
    const early = await stageVisit(portal, practice, { starts: { minutes: 45 } });
    const late = await stageVisit(portal, practice, { starts: { hours: -3 } });
    const practitioner = await visitor("desktop");
    await signIn(practitioner, practice.account);
    const theirs = requestOf(practitioner);
    await expectAnswer(call(theirs, early.appointmentId, "start"), 409, "too_early");
    await expectAnswer(call(theirs, late.appointmentId, "start"), 409, "too_late");
    await expectAnswer(
      call(request, early.appointmentId, "join", { token: early.token }),
      409,
      "not_started",
    );
    await expectAnswer(call(request, late.appointmentId, "join", { token: late.token }), 409, "ended");
  });
});

test.describe("a personal link", () => {
  test("that expired, is cut, was changed or never was leads to one neutral page", async ({
    page,
    portal,
    expectNoise,
  }) => {
    expectNoise(/404/);
    const practice = await openPractice(portal);
    const expired = await stageVisit(portal, practice, { starts: { hours: -40 * 24 }, status: "fulfilled" });
    const { token } = await stageVisit(portal, practice, { starts: { hours: 2 } });
    const changed = (token.startsWith("A") ? "B" : "A") + token.slice(1);
    const pages = new Set<string>();
    for (const each of [expired.token, changed, token.slice(0, -1), newToken(), "x", "%00"]) {
      const answer = await page.goto(`/v/${each}`);
      expect(answer?.status(), each).toBe(404);
      expect((await page.request.get(`/v/${each}/calendar.ics`)).status(), each).toBe(404);
      pages.add(`${await page.title()}\n${await page.getByRole("main").innerHTML()}`);
    }
    expect([...pages]).toHaveLength(1);
    await page.goto("/an-address-that-never-was");
    expect(`${await page.title()}\n${await page.getByRole("main").innerHTML()}`).toBe([...pages][0]);
  });

  test("can be read for some days after the visit", async ({ page, portal }) => {
    const practice = await openPractice(portal);
    const { token } = await stageVisit(portal, practice, { starts: { hours: -5 * 24 }, status: "fulfilled" });
    expect((await page.goto(`/v/${token}`))?.status()).toBe(200);
    await expect(page.getByText("Your visit has ended")).toBeVisible();
    await expect(page.getByRole("button", { name: /Join|Rejoin/ })).toHaveCount(0);
  });

  test("signs nobody in, and a scanner that follows it is no patient who arrived", async ({
    visitor,
    portal,
    request,
  }) => {
    const practice = await openPractice(portal);
    const { appointmentId, token } = await stageVisit(portal, practice, { starts: { minutes: 5 } });
    const arrivedAt = () =>
      withRows(
        portal,
        async (database) =>
          (await database.encounter.findUniqueOrThrow({ where: { appointmentId } })).arrivedAt,
      );
    for (const method of ["GET", "HEAD", "GET"]) {
      const answer = await request.fetch(`${portal.url}/v/${token}`, { method });
      expect(answer.status()).toBe(200);
      expect(answer.headersArray().filter(({ name }) => name.toLowerCase() === "set-cookie")).toEqual([]);
    }
    expect(await arrivedAt()).toBeNull();

    const patient = await visitor("phone");
    await patient.goto(`/v/${token}`);
    await expect(patient.getByText(`Waiting for ${practice.name}`)).toBeVisible();
    await expect.poll(arrivedAt).not.toBeNull();
    const cookies = (await patient.context().cookies()).map(({ name }) => name);
    expect(cookies.filter((name) => !/^(timezone|locale|theme)/.test(name))).toEqual([]);
  });
});

test.describe("the headers of every answer", () => {
  const policyOf = (answer: APIResponse) =>
    new Map(
      (answer.headers()["content-security-policy"] ?? "").split("; ").map((directive) => {
        const [name = "", ...sources] = directive.split(" ");
        return [name, sources.join(" ")];
      }),
    );

  test("let a page load, embed and use what it must, and nothing else", async ({ portal, request }) => {
    const practice = await openPractice(portal);
    const { token } = await stageVisit(portal, practice, { starts: { minutes: 0 } });
    for (const path of ["/", "/sign-in", `/v/${token}`, "/nowhere", "/api/health/live", "/api/nowhere"]) {
      const answer = await request.get(`${portal.url}${path}`);
      const headers = answer.headers();
      const policy = policyOf(answer);
      expect(policy.get("script-src"), path).toMatch(/^'self' 'nonce-[\w+/=]{20,}' 'strict-dynamic'$/);
      expect(policy.get("style-src"), path).toMatch(/^'self' 'nonce-[\w+/=]{20,}'$/);
      expect(policy.get("frame-src"), path).toBe(portal.sandboxUrl);
      for (const name of ["frame-ancestors", "object-src", "base-uri"])
        expect(policy.get(name), `${name} ${path}`).toBe("'none'");
      for (const name of ["default-src", "form-action"])
        expect(policy.get(name), `${name} ${path}`).toBe("'self'");
      expect(policy.get("connect-src"), path).toBe(`'self' ${portal.sandboxUrl}`);
      for (const feature of ["camera", "microphone", "display-capture"])
        expect(headers["permissions-policy"], path).toContain(`${feature}=(self "${portal.sandboxUrl}")`);
      expect(headers, path).toMatchObject({
        "referrer-policy": "same-origin",
        "x-content-type-options": "nosniff",
      });
      expect(headers["cache-control"], path).toContain("no-store");
      expect(headers, path).not.toHaveProperty("x-powered-by");
    }
  });

  test("carry a nonce of their own, which every script of the page has", async ({ portal, request }) => {
    const nonces = new Set<string>();
    for (const path of ["/", "/"]) {
      const answer = await request.get(`${portal.url}${path}`);
      const nonce = /'nonce-([^']+)'/.exec(policyOf(answer).get("script-src") ?? "")?.[1] ?? "";
      const scripts = (await answer.text()).match(/<script[^>]*>/g) ?? [];
      expect(scripts.length).toBeGreaterThan(0);
      for (const script of scripts) expect(script).toContain(`nonce="${nonce}"`);
      nonces.add(nonce);
    }
    expect(nonces.size).toBe(2);
  });
});
