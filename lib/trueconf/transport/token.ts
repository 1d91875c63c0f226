import { parseJson } from "@/lib/core/json";
import { errorOf, fail, succeed, type TrueConfFailure, type TrueConfResult } from "../errors";
import { tokenAnswer } from "../wire";
import type { Send } from "./http";

export type ClientCredentials = { clientId: string; clientSecret: string };
export type Credentials = ClientCredentials | { secretKey: string };

export type Tokens = {
  get: () => Promise<TrueConfResult<string>>;
  /**
   * Drops a token that the server no longer takes; another one that was fetched meanwhile stays.
   *
   * @returns whether asking again gives another one
   */
  forget: (token: string) => boolean;
};

/** Renewed so long before its end, in milliseconds, that none ends on the way; of a short life, a tenth. */
const MARGIN_MS = 60_000;
const MARGIN_PART = 0.1;

const TOKEN_PATH = "/oauth2/v1/token";

type Means = { send: Send; now: () => number; timeoutMs: number };

/**
 * The access token: fetched once for all who wait for it and kept until shortly before its end. A secret key is used in its place
 * as it is (TrueConf API: token request, secret key).
 */
export function createTokens(credentials: Credentials, means: Means): Tokens {
  if ("secretKey" in credentials) {
    const key = succeed(credentials.secretKey);
    return { get: async () => key, forget: () => false };
  }
  let kept: { token: string; until: number } | undefined;
  let fetching: Promise<TrueConfResult<string>> | undefined;

  async function renew(): Promise<TrueConfResult<string>> {
    const issued = await requestToken(credentials as ClientCredentials, means);
    if (!issued.ok) return issued;
    const { access_token: token, expires_in } = issued.value;
    const lifeMs = expires_in * 1000;
    kept = { token, until: means.now() + lifeMs - Math.min(MARGIN_MS, lifeMs * MARGIN_PART) };
    return succeed(token);
  }

  return {
    async get() {
      if (kept && means.now() < kept.until) return succeed(kept.token);
      fetching ??= renew().finally(() => {
        fetching = undefined;
      });
      return fetching;
    },
    forget(token) {
      if (kept?.token === token) kept = undefined;
      return true;
    },
  };
}

async function requestToken({ clientId, clientSecret }: ClientCredentials, { send, timeoutMs }: Means) {
  const answer = await send({
    method: "POST",
    path: TOKEN_PATH,
    headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: clientId,
      client_secret: clientSecret,
    }).toString(),
    timeoutMs,
  });
  if (!answer.ok) return harmless(answer);
  const { status, text } = answer.value;
  if (status < 200 || status > 299) return refusal(status);
  const parsed = tokenAnswer.safeParse(parseJson(text));
  return parsed.success ? succeed(parsed.data) : fail("malformed", "safe");
}

/** Asking twice for a token does no harm, so no failure here leaves anything unclear. */
const harmless = ({ error }: TrueConfFailure): TrueConfFailure =>
  error.retry === "never" ? fail(error.kind, "never") : fail(error.kind, "safe");

function refusal(status: number): TrueConfFailure {
  // Which of these a server uses for a wrong secret is not documented; all three mean it here.
  if (status === 400 || status === 401 || status === 403) return fail("unauthorized", "never");
  // Never "not found": callers would take that for their conference's absence.
  if (status < 500 && status !== 429) return fail("configuration", "never");
  return harmless({ ok: false, error: errorOf(status, undefined) });
}
