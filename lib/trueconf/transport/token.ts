import { errorOf, fail, succeed, type TrueConfResult } from "./errors";
import type { Send } from "./http";
import { tokenAnswer } from "./wire";

export type Credentials = { clientId: string; clientSecret: string } | { secretKey: string };

export type Tokens = {
  get: () => Promise<TrueConfResult<string>>;
  /** Drops a token that the server no longer takes; another one that was fetched meanwhile stays. */
  forget: (token: string) => void;
};

/** Renewed so long before it ends, in milliseconds, that none ends on the way. */
const MARGIN_MS = 60_000;

/**
 * The access token: fetched once for all who wait for it and kept until shortly before its end. A secret key is used in its place
 * as it is (TrueConf API: token request, secret key).
 */
export function createTokens(
  credentials: Credentials,
  { send, now, timeoutMs }: { send: Send; now: () => number; timeoutMs: number },
): Tokens {
  if ("secretKey" in credentials) {
    const key = succeed(credentials.secretKey);
    return { get: async () => key, forget: () => undefined };
  }
  let kept: { token: string; until: number } | undefined;
  let fetching: Promise<TrueConfResult<string>> | undefined;

  async function fetchToken(): Promise<TrueConfResult<string>> {
    const { clientId, clientSecret } = credentials as { clientId: string; clientSecret: string };
    const answer = await send({
      method: "POST",
      path: "/oauth2/v1/token",
      headers: { "Content-Type": "application/x-www-form-urlencoded", Accept: "application/json" },
      body: new URLSearchParams({
        grant_type: "client_credentials",
        client_id: clientId,
        client_secret: clientSecret,
      }).toString(),
      timeoutMs,
    });
    // Asking twice for a token does no harm, so no failure here leaves anything unclear.
    if (!answer.ok) return fail(answer.error.kind, "safe");
    const { status, text } = answer.value;
    // Which of these a server uses for a wrong secret is not documented; all three mean it here.
    if (status === 400 || status === 401 || status === 403) return fail("unauthorized", "never");
    if (status < 200 || status > 299) return fail(errorOf(status, undefined).kind, "safe");
    const parsed = tokenAnswer.safeParse(parseJson(text));
    if (!parsed.success) return fail("malformed", "safe");
    kept = { token: parsed.data.access_token, until: now() + parsed.data.expires_in * 1000 - MARGIN_MS };
    return succeed(kept.token);
  }

  return {
    async get() {
      if (kept && now() < kept.until) return succeed(kept.token);
      fetching ??= fetchToken().finally(() => {
        fetching = undefined;
      });
      return fetching;
    },
    forget(token) {
      if (kept?.token === token) kept = undefined;
    },
  };
}

/** JSON, or `undefined` for what is none: an error page in HTML, half an answer. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
