import { setTimeout as delay } from "node:timers/promises";
import type { z } from "zod";
import { InvariantError } from "@/lib/core/errors";
import { parseJson } from "@/lib/core/json";
import type { Logger } from "@/lib/core/logger";
import { type Complaint, errorOf, fail, succeed, type TrueConfResult } from "../errors";
import { API, errorAnswer } from "../wire";
import { createBreaker } from "./breaker";
import { createSend, type HttpAnswer, type Method, type Send } from "./http";
import { type Repeat, repeatAfterMs } from "./retry";
import type { SkewMeter } from "./skew";
import { type Credentials, createTokens, type Tokens } from "./token";

export type ApiConfig = {
  url: string;
  caFile?: string | undefined;
  credentials: Credentials;
  /** For one request, from connecting to the last byte. */
  timeoutMs?: number;
  /** Epoch milliseconds. */
  now?: () => number;
  /** In [0, 1), as `Math.random`. */
  random?: () => number;
  sleep?: (ms: number) => Promise<unknown>;
  log?: Pick<Logger, "debug" | "warn">;
  /** Told of every answer. */
  skew?: Pick<SkewMeter, "note">;
};

export type ApiCall<S extends z.ZodType> = {
  method: Method;
  /** The route as it may be logged, with `{id}` in the place of ids. */
  route: string;
  ids?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
  body?: unknown;
  /** What the answer must hold; none for answers that may be empty, and are JSON where they are not. */
  schema?: S;
  /** By default reading is repeated `always`, and writing only if it was `undone`. */
  repeat?: Repeat;
  timeoutMs?: number;
};

export type Api = <S extends z.ZodType>(call: ApiCall<S>) => Promise<TrueConfResult<z.output<S>>>;

const DEFAULT_TIMEOUT_MS = 5_000;
/** What says that the server is down, and not merely that it refuses. */
const DOWN: ReadonlySet<string> = new Set(["unreachable", "timeout", "server_error"]);

/**
 * One caller of TrueConf's REST methods: token, time limits, bounded repeats with jitter of what is safe to repeat, a circuit
 * breaker, validated answers. Logs method, route, status, duration and kind of failure; never an address, a token or a body.
 *
 * @throws {EnvError} for an address or a certificate file that cannot be used
 */
export function createApi(config: ApiConfig): Api {
  const {
    now = Date.now,
    random = Math.random,
    sleep = delay,
    timeoutMs = DEFAULT_TIMEOUT_MS,
    log,
    skew,
  } = config;
  const send = createSend(config);
  const tokens = createTokens(config.credentials, { send: logged(send, "/oauth2/v1/token"), now, timeoutMs });
  const breaker = createBreaker();

  /** Sends, and notes how it went under a name that gives nothing away. */
  function logged(sender: Send, route: string): Send {
    return async (request) => {
      const began = now();
      const answer = await sender(request);
      const outcome = answer.ok ? { status: answer.value.status } : { kind: answer.error.kind };
      const received = now();
      log?.debug({ method: request.method, route, ms: received - began, ...outcome }, "trueconf");
      if (answer.ok) skew?.note({ date: answer.value.date, sentAt: began, receivedAt: received });
      return answer;
    };
  }

  return async <S extends z.ZodType>(call: ApiCall<S>): Promise<TrueConfResult<z.output<S>>> => {
    const { method, route } = call;
    const repeat = call.repeat ?? (method === "GET" ? "always" : "undone");
    // Before the breaker is asked: who is let through by it must report back, and a wrong id throws.
    const path = pathOf(call);
    const means = { send: logged(send, route), tokens, path, timeoutMs: call.timeoutMs ?? timeoutMs };
    const began = now();
    for (let attempt = 1; ; attempt += 1) {
      if (!breaker.mayTry(now())) return fail("circuit_open", "safe");
      const result = await authorized(call, means);
      breaker.record(result.ok || !DOWN.has(result.error.kind), now());
      if (result.ok) return result;
      const { error } = result;
      const waitMs = repeatAfterMs(error, { repeat, attempt, elapsedMs: now() - began, random });
      if (waitMs === undefined) {
        if (error.kind !== "not_found") log?.warn({ method, route, attempt, ...error }, "trueconf: failed");
        // Reading changes nothing, however it failed.
        const isHarmless = method === "GET" && error.retry === "unclear";
        return isHarmless ? { ok: false, error: { ...error, retry: "safe" } } : result;
      }
      await sleep(waitMs);
    }
  };
}

type Means = { send: Send; tokens: Tokens; path: string; timeoutMs: number };

/** Sends once, and once more with a fresh token where the old one was refused: v3 servers say so by 403, v4 ones by 401. */
async function authorized<S extends z.ZodType>(
  call: ApiCall<S>,
  means: Means,
): Promise<TrueConfResult<z.output<S>>> {
  for (let renewed = false; ; renewed = true) {
    const token = await means.tokens.get();
    if (!token.ok) return token;
    const answer = await exchange(call, token.value, means);
    if (answer.ok || answer.error.kind !== "unauthorized" || renewed) return answer;
    if (!means.tokens.forget(token.value)) return answer;
  }
}

async function exchange<S extends z.ZodType>(
  call: ApiCall<S>,
  token: string,
  { send, path, timeoutMs }: Means,
): Promise<TrueConfResult<z.output<S>>> {
  const content: Record<string, string> =
    call.body === undefined ? {} : { "Content-Type": "application/json" };
  const answer = await send({
    method: call.method,
    path,
    headers: { Accept: "application/json", Authorization: `Bearer ${token}`, ...content },
    body: call.body === undefined ? undefined : JSON.stringify(call.body),
    timeoutMs,
  });
  return answer.ok ? readAnswer(answer.value, call.schema) : answer;
}

function pathOf({ route, ids = {}, query }: ApiCall<z.ZodType>): string {
  const path = route.replace(/\{(\w+)\}/g, (_match, name: string) => segment(ids[name]));
  // URLSearchParams writes "+" for a blank, which not every server reads back in a query.
  const search = query ? `?${new URLSearchParams(query).toString().replaceAll("+", "%20")}` : "";
  return `${API}${path}${search}`;
}

/** One segment of a path. Nothing, or dots, would address another method than the one meant. */
function segment(id = ""): string {
  if (/^\.{0,2}$/.test(id)) throw new InvariantError("no id for a TrueConf path");
  return encodeURIComponent(id);
}

function readAnswer<S extends z.ZodType>(
  { status, text }: HttpAnswer,
  schema: S | undefined,
): TrueConfResult<z.output<S>> {
  if (status < 200 || status > 299) return { ok: false, error: errorOf(status, readComplaint(text)) };
  const json = parseJson(text);
  if (!schema) {
    // A page of a proxy that says "200" must not make anybody believe that something was stopped or deleted.
    const isAnswer = text.trim() === "" || json !== undefined;
    return isAnswer ? succeed(undefined as z.output<S>) : fail("malformed", "unclear");
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? succeed(parsed.data) : fail("malformed", "unclear");
}

function readComplaint(text: string): Complaint | undefined {
  const parsed = errorAnswer.safeParse(parseJson(text));
  return parsed.success ? parsed.data : undefined;
}
