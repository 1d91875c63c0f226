import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from "jose";
import { Temporal } from "temporal-polyfill";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginWithProvider, signInByAnswer } from "@/lib/auth/mutations/provider";
import { closeDb, db } from "@/lib/db/client";
import { createOidcClient } from "@/lib/oidc/client";
import {
  CLIENT,
  close,
  type IdentityProvider,
  passProvider,
  startIdentityProvider,
} from "@/tests/support/identity-provider";

/*
 * A provider that lies, and the portal that asks it: whatever is wrong, whoever signs in reads the same refusal, and the trail says why.
 */

const redirectUri = "http://localhost:3000/sign-in/provider/return";

/** What the provider answers in this test: everything right, but for what the test puts in its place. */
type Answers = {
  metadata?: (right: Record<string, unknown>) => unknown;
  token?: (right: JWTPayload) => Promise<unknown> | unknown;
  status?: number;
  /** Where nothing comes after the question, or nothing after the first half of the answer. */
  silentAt?: string;
  haltsAt?: string;
};
type Keys = Awaited<ReturnType<typeof generateKeyPair>>;

let server: Server;
let issuer: string;
let answers: Answers = {};
let nonce = "";
let [keys, otherKeys]: [Keys | undefined, Keys | undefined] = [undefined, undefined];

const sign = (payload: JWTPayload, pair = keys) => {
  if (!pair) throw new Error("no keys yet");
  return new SignJWT(payload).setProtectedHeader({ alg: "RS256", kid: "one" }).sign(pair.privateKey);
};

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1000) + seconds;

async function answer(path: string): Promise<unknown> {
  if (path === "/jwks") {
    if (!keys) throw new Error("no keys yet");
    return { keys: [{ ...(await exportJWK(keys.publicKey)), kid: "one", alg: "RS256", use: "sig" }] };
  }
  if (path === "/token") {
    const right = {
      iss: issuer,
      sub: "4711",
      aud: CLIENT.clientId,
      nonce,
      iat: inSeconds(0),
      exp: inSeconds(60),
      email: "ada@example.org",
      email_verified: true,
      groups: ["desk"],
    };
    const id_token = await (answers.token ?? sign)(right);
    return { access_token: "none", token_type: "bearer", id_token };
  }
  const right = {
    issuer,
    authorization_endpoint: `${issuer}/auth`,
    token_endpoint: `${issuer}/token`,
    jwks_uri: `${issuer}/jwks`,
    id_token_signing_alg_values_supported: ["RS256"],
    authorization_response_iss_parameter_supported: true,
  };
  return answers.metadata ? answers.metadata(right) : right;
}

beforeAll(async () => {
  keys = await generateKeyPair("RS256", { extractable: true });
  otherKeys = await generateKeyPair("RS256", { extractable: true });
  server = createServer(async (request, response) => {
    if (answers.silentAt === request.url) return;
    const body = await answer(request.url ?? "");
    response.statusCode = (request.url === "/token" && answers.status) || 200;
    response.setHeader("content-type", "application/json");
    const text = typeof body === "string" ? body : JSON.stringify(body);
    if (answers.haltsAt === request.url) response.write(text.slice(0, text.length / 2));
    else response.end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await close(server);
  await closeDb();
});

const newClient = (address = issuer, timeoutMs?: number) =>
  createOidcClient(
    { ...CLIENT, issuer: address, redirectUri, scope: "openid email", acr: undefined, groupsClaim: "groups" },
    timeoutMs,
  );

const now = Temporal.Instant.from("2026-11-23T08:00:00Z");
const origin = { address: "192.0.2.1", userAgent: "test" };
/** Who is believed has an account by it. */
const context = { mapping: [{ group: "desk", role: "scheduler" }] as const, locale: "en", origin, now };

/** A sign-in at a provider that answers like this. @param query what the browser brings back in the place of what is right */
async function signIn(lies: Answers, query: Record<string, string> = {}, client = newClient()) {
  answers = lies;
  const begun = await beginWithProvider(client, origin, now);
  if (!begun.ok) return begun;
  nonce = begun.value.nonce;
  const right = { code: "a-code", state: begun.value.state, iss: issuer };
  const answer = new URLSearchParams({ ...right, ...query });
  return signInByAnswer(client, { answer, kept: begun.value }, context);
}

const count = async () => ({
  sessions: await db().session.count(),
  users: await db().user.count(),
  refusals: await db().auditEvent.count({ where: { action: "session.refused" } }),
});

/** Refused in the one neutral way, with one event that says why, and with nothing else. */
async function expectRefused(attempt: () => Promise<unknown>, reason: string): Promise<void> {
  const before = await count();
  expect(await attempt()).toEqual({ ok: false, reason: "provider_refused" });
  expect(await count()).toEqual({ ...before, refusals: before.refusals + 1 });
  const event = await db().auditEvent.findFirst({
    where: { action: "session.refused" },
    orderBy: { id: "desc" },
  });
  expect(event).toMatchObject({
    details: { reason },
    outcome: "refused",
    actorKind: "anonymous",
    subjectPseudonym: null,
    address: origin.address,
  });
}

describe("a provider", () => {
  it("that tells the truth is believed", async () => {
    expect(await signIn({})).toMatchObject({ ok: true, value: { email: "ada@example.org" } });
  });

  it.each<[string, Answers]>([
    ["is another issuer", { token: (right) => sign({ ...right, iss: "https://evil.example" }) }],
    ["speaks to another audience", { token: (right) => sign({ ...right, aud: "somebody" }) }],
    [
      "speaks to several and not by our order",
      { token: (right) => sign({ ...right, aud: [CLIENT.clientId, "other"], azp: "other" }) },
    ],
    ["answers another request", { token: (right) => sign({ ...right, nonce: "another" }) }],
    ["answers no request", { token: ({ nonce: _nonce, ...right }) => sign(right) }],
    ["is late", { token: (right) => sign({ ...right, exp: inSeconds(-600) }) }],
    ["names no end", { token: ({ exp: _exp, ...right }) => sign(right) }],
    ["names nobody", { token: ({ sub: _sub, ...right }) => sign(right) }],
    ["is signed by somebody else", { token: (right) => sign(right, otherKeys) }],
    ["is signed by nobody", { token: (right) => new UnsecuredJWT(right).encode() }],
    [
      "is signed by nobody, which it says is its way",
      {
        metadata: (right) => ({ ...right, id_token_signing_alg_values_supported: ["none"] }),
        token: (right) => new UnsecuredJWT(right).encode(),
      },
    ],
    [
      "is signed by what both know",
      {
        metadata: (right) => ({ ...right, id_token_signing_alg_values_supported: ["HS256"] }),
        token: (right) =>
          new SignJWT(right)
            .setProtectedHeader({ alg: "HS256" })
            .sign(new TextEncoder().encode(CLIENT.clientSecret)),
      },
    ],
    ["is changed on the way", { token: async (right) => (await sign(right)).replace(/\.[^.]+\./, ".e30.") }],
    ["is nothing of the kind", { token: () => "nonsense" }],
    ["is missing", { token: () => undefined }],
    ["fails", { status: 500 }],
    ["is refused", { status: 400 }],
    [
      "comes from who says to be somebody else",
      { metadata: (right) => ({ ...right, issuer: "https://evil.example" }) },
    ],
    ["comes from who says nothing", { metadata: () => "<html>" }],
    ["comes from who has no keys", { metadata: ({ jwks_uri: _uri, ...right }) => right }],
  ])("whose answer %s is not", async (_what, lies) => {
    await expectRefused(() => signIn(lies), "provider_answer");
  });

  it.each<Record<string, string>>([
    { state: "another" },
    { iss: "https://evil.example" },
    { error: "access_denied" },
    { response: "nonsense" },
    { code: "" },
  ])("is not asked about %j", async (query) => {
    await expectRefused(() => signIn({}, query), "provider_answer");
  });

  it("that is not there is told from one that lies", async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, "127.0.0.1", resolve));
    const { port } = gone.address() as AddressInfo;
    await close(gone);
    await expectRefused(() => signIn({}, {}, newClient(`http://127.0.0.1:${port}`)), "provider_unreachable");
  });

  it.each(["/.well-known/openid-configuration", "/token", "/jwks"])(
    "that is silent at %s, or halts in its answer, is not waited for without end",
    async (path) => {
      const impatient = () => newClient(issuer, 1_000);
      await expectRefused(() => signIn({ silentAt: path }, {}, impatient()), "provider_unreachable");
      await expectRefused(() => signIn({ haltsAt: path }, {}, impatient()), "provider_unreachable");
    },
  );

  it("is not asked where the browser was not sent there, nor twice by one request, in two browsers at once either", async () => {
    answers = {};
    const client = newClient();
    const answer = (state = "") => new URLSearchParams({ code: "a-code", state, iss: issuer });
    await expectRefused(
      () => signInByAnswer(client, { answer: answer(), kept: undefined }, context),
      "provider_unasked",
    );
    await expectRefused(() => beginWithProvider(undefined, origin, now), "provider_unasked");

    const begun = await beginWithProvider(client, origin, now);
    if (!begun.ok) throw new Error(begun.reason);
    nonce = begun.value.nonce;
    const finish = () =>
      signInByAnswer(client, { answer: answer(begun.value.state), kept: begun.value }, context);
    const results = await Promise.all([finish(), finish(), finish()]);
    expect(results.map(({ ok }) => ok).toSorted()).toEqual([false, false, true]);
    await expectRefused(finish, "provider_unasked");
  });
});

describe("a sign-in that was to be a new one", () => {
  const anew = async (token: Answers["token"]) => {
    answers = token ? { token } : {};
    const client = newClient();
    const begun = await client.begin({ anew: true });
    if (!begun.ok) throw new Error(begun.reason);
    nonce = begun.value.nonce;
    const { searchParams } = new URL(begun.value.url);
    expect([searchParams.get("prompt"), searchParams.get("max_age")]).toEqual(["login", "0"]);
    const right = new URLSearchParams({ code: "a-code", state: begun.value.state, iss: issuer });
    const result = await client.finish(right, begun.value);
    return result.ok ? "believed" : result.reason;
  };

  it("is one where the provider says so", async () => {
    expect(await anew((right) => sign({ ...right, auth_time: inSeconds(0) }))).toBe("believed");
  });

  it.each<[string, NonNullable<Answers["token"]>]>([
    ["says nothing of when it was", (right) => sign(right)],
    ["lets in by one from before", (right) => sign({ ...right, auth_time: inSeconds(-600) })],
    ["says when in no number", (right) => sign({ ...right, auth_time: "now" })],
  ])("is none where the provider %s", async (_what, token) => {
    expect(await anew(token)).toBe("provider_answer");
  });
});

describe("a real provider", () => {
  let provider: IdentityProvider;
  // Not within the test: it says on the console what it is not meant for.
  beforeAll(async () => {
    const staff = { ada: { email: "ada@example.org", email_verified: true } };
    provider = await startIdentityProvider(redirectUri, staff);
  });
  afterAll(() => provider.stop());

  it("gives out a code once, and to nobody without the verifier", async () => {
    const client = newClient(provider.issuer);
    const begin = async () => {
      const begun = await client.begin();
      if (!begun.ok) throw new Error(begun.reason);
      const { searchParams } = await passProvider(begun.value.url, redirectUri, { account: "ada" });
      return { kept: begun.value, searchParams };
    };
    const { kept, searchParams } = await begin();
    expect((await client.finish(searchParams, kept)).ok).toBe(true);
    expect(await client.finish(searchParams, kept)).toEqual({ ok: false, reason: "provider_answer" });

    const [mine, other] = [await begin(), await begin()];
    const swapped = { ...mine.kept, verifier: other.kept.verifier };
    expect(await client.finish(mine.searchParams, swapped)).toEqual({ ok: false, reason: "provider_answer" });
  });
});
