import type { HttpBindings } from "@hono/node-server";
import type { Context, MiddlewareHandler } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";
import { Refusal } from "../domain/refusal";
import type { SandboxState } from "../state";
import { stringify } from "../wire";

export type AppEnv = {
  Bindings: HttpBindings;
  Variables: {
    /** Set when a fault wants guest links to name another server. */
    foreignWebOrigin: string | undefined;
  };
};
export type AppContext = Context<AppEnv>;

/** Answers with JSON in TrueConf's manner of writing it. */
export const answer = (c: AppContext, value: unknown, status: ContentfulStatusCode = 200): Response =>
  c.body(stringify(value), status, { "Content-Type": "application/json; charset=utf-8" });

/** @throws Refusal 400 `invalidBody` when the body is no JSON object of that content type */
export async function readJson(c: AppContext): Promise<Record<string, unknown>> {
  const isJson = /^application\/json\b/i.test(c.req.header("Content-Type") ?? "");
  const value: unknown = isJson ? await c.req.json().catch(() => undefined) : undefined;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw new Refusal(400, "invalidBody", "A JSON object is expected");
  return value as Record<string, unknown>;
}

/** The token from either place where v3 takes it. */
export function readToken(c: AppContext): string | undefined {
  const bearer = /^Bearer (.+)$/i.exec(c.req.header("Authorization") ?? "")?.[1];
  return bearer ?? c.req.query("access_token");
}

/** Lets only callers through who hold one of these scopes. */
export const requireScope =
  (state: SandboxState, ...anyOf: string[]): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    state.tokens.require(readToken(c), anyOf);
    await next();
  };

/** A parameter of the matched path; the router has decoded it. */
export const pathParameter = (c: AppContext, name: string): string => c.req.param(name) ?? "";
