import { setTimeout as delay } from "node:timers/promises";
import type { z } from "zod";
import type { Logger } from "@/lib/core/logger";
import { createBreaker } from "./breaker";
import { errorOf, fail, succeed, type TrueConfError, type TrueConfResult } from "./errors";
import { createSend, type HttpAnswer, type Send } from "./http";
import { type Credentials, createTokens, parseJson, type Tokens } from "./token";
import { API, errorAnswer } from "./wire";

export type TrueConfConfig = {
  url: string;
  /** Where minted links may lead. */
  webOrigin: string;
  caFile?: string | undefined;
  credentials: Credentials;
  timeoutMs?: number;
  /** Epoch milliseconds. */
  now?: () => number;
  random?: () => number;
  log?: Pick<Logger, "debug" | "warn">;
};

export type ApiCall<S extends z.ZodType> = {
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** The route as it may be logged, with `{id}` in the place of ids. */
  route: string;
  ids?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  body?: unknown;
  /** What the answer must hold; none for answers that may be empty. */
  schema?: S;
  /** May be sent again after an unclear answer, because doing it twice is the same as once. Reading always may. */
  repeatable?: boolean;
};

export type Api = <S extends z.ZodType>(call: ApiCall<S>) => Promise<TrueConfResult<z.output<S>>>;

const DEFAULT_TIMEOUT_MS = 5_000;
const MAX_ATTEMPTS = 3;
const BASE_DELAY_MS = 150;
const PASSING: ReadonlySet<string> = new Set(["unreachable", "timeout", "server_error", "malformed"]);
const DOWN: ReadonlySet<string> = new Set(["unreachable", "timeout", "server_error"]);

/**
 * One caller of TrueConf's REST methods: token, time limits, bounded repeats with jitter of what is safe to repeat, a circuit
 * breaker, validated answers. Logs method, route, status class and duration; never an address, a token or a body.
 */
export function createApi(config: TrueConfConfig): Api {
  const { now = Date.now, random = Math.random, timeoutMs = DEFAULT_TIMEOUT_MS, log } = config;
  const send = createSend(config);
  const tokens = createTokens(config.credentials, { send, now, timeoutMs });
  const breaker = createBreaker();

  return async <S extends z.ZodType>(call: ApiCall<S>): Promise<TrueConfResult<z.output<S>>> => {
    const repeatable = call.method === "GET" || call.repeatable === true;
    for (let attempt = 1; ; attempt += 1) {
      if (!breaker.mayTry(now())) return fail("circuit_open", "safe");
      const began = now();
      const result = await once(call, { send, tokens, timeoutMs });
      breaker.record(result.ok || !DOWN.has(result.error.kind), now());
      log?.debug(
        {
          method: call.method,
          route: call.route,
          ms: now() - began,
          outcome: result.ok ? "ok" : result.error.kind,
        },
        "trueconf",
      );
      if (result.ok) return result;
      const again = PASSING.has(result.error.kind) && (repeatable || result.error.retry === "safe");
      if (!again || attempt >= MAX_ATTEMPTS) {
        if (result.error.kind !== "not_found")
          log?.warn({ method: call.method, route: call.route, ...result.error }, "trueconf: failed");
        return result;
      }
      await delay(BASE_DELAY_MS * 2 ** attempt * (0.5 + random() / 2));
    }
  };
}

type Means = { send: Send; tokens: Tokens; timeoutMs: number };

/** Sends once, and once more with a fresh token where the old one was refused: v3 servers say so by 403, v4 ones by 401. */
async function once<S extends z.ZodType>(
  call: ApiCall<S>,
  means: Means,
): Promise<TrueConfResult<z.output<S>>> {
  for (const renewed of [false, true]) {
    const token = await means.tokens.get();
    if (!token.ok) return token;
    const answer = await means.send({
      method: call.method,
      path: pathOf(call),
      headers: {
        Accept: "application/json",
        Authorization: `Bearer ${token.value}`,
        ...(call.body === undefined ? {} : { "Content-Type": "application/json" }),
      },
      body: call.body === undefined ? undefined : JSON.stringify(call.body),
      timeoutMs: means.timeoutMs,
    });
    if (!answer.ok) return answer;
    const read = readAnswer(answer.value, call.schema);
    if (read.ok || read.error.kind !== "unauthorized" || renewed) return read;
    means.tokens.forget(token.value);
  }
  return fail("unauthorized", "never");
}

function pathOf({ route, ids = {}, query }: ApiCall<z.ZodType>): string {
  const path = route.replace(/\{(\w+)\}/g, (_match, name: string) => encodeURIComponent(ids[name] ?? ""));
  // URLSearchParams writes "+" for a blank, which not every server reads back in a query.
  const search = query ? `?${new URLSearchParams(query).toString().replaceAll("+", "%20")}` : "";
  return `${API}${path}${search}`;
}

function readAnswer<S extends z.ZodType>(
  { status, text }: HttpAnswer,
  schema: S | undefined,
): TrueConfResult<z.output<S>> {
  if (status < 200 || status > 299) return { ok: false, error: readError(status, text) };
  if (!schema) return succeed(undefined as z.output<S>);
  const parsed = schema.safeParse(parseJson(text));
  return parsed.success ? succeed(parsed.data) : fail("malformed", "unclear");
}

function readError(status: number, text: string): TrueConfError {
  const parsed = errorAnswer.safeParse(parseJson(text));
  const reason = parsed.success ? parsed.data.error.errors?.[0]?.reason : undefined;
  return errorOf(status, reason);
}
