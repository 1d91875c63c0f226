import { setTimeout as sleep } from "node:timers/promises";
import { RESPONSE_ALREADY_SENT } from "@hono/node-server/utils/response";
import type { MiddlewareHandler } from "hono";
import type { Fault } from "../faults";
import type { SandboxState } from "../state";
import type { AppContext, AppEnv } from "./http";

const FOREIGN_ORIGIN = "https://elsewhere.invalid";
const HTML_500 =
  "<!doctype html><html><head><title>500 Internal Server Error</title></head><body><h1>Internal Server Error</h1></body></html>";

/** Controls and pages for people are out of the faults' reach, or nobody could take them back. */
const isSpared = (path: string): boolean =>
  path === "/" || path.startsWith("/_sandbox/") || path.startsWith("/_status/");

/** What came as JSON, which the routes can read again; the client's secret is not looked at. */
const bodyOf = (c: AppContext): Promise<string> =>
  /^application\/json\b/i.test(c.req.header("Content-Type") ?? "") && c.req.path.startsWith("/api/")
    ? c.req.text().catch(() => "")
    : Promise.resolve("");

/** Lets the ordered faults strike, and notes every request that is not a control. */
export const strike =
  (state: SandboxState): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const { method, path } = c.req;
    if (isSpared(path)) return next();
    const entry = state.requests.begin({ method, path, query: c.req.query(), body: await bodyOf(c) });
    for (const fault of state.faults.strike(method, path)) {
      if (fault.kind === "latency") await sleep(fault.ms, undefined, { ref: false });
      else {
        const response = await suffer(c, fault, next);
        if (response !== RESPONSE_ALREADY_SENT) entry.status = response.status;
        return response;
      }
    }
    await next();
    entry.status = c.res.status;
  };

async function suffer(
  c: AppContext,
  fault: Exclude<Fault, { kind: "latency" }>,
  next: () => Promise<void>,
): Promise<Response> {
  switch (fault.kind) {
    case "html500":
      return c.html(HTML_500, 500);
    case "hang":
      // Ends when the client gives up or the server stops.
      await new Promise((resolve) => c.env.outgoing.once("close", resolve));
      return RESPONSE_ALREADY_SENT;
    case "reset":
      return breakConnection(c);
    case "loseAnswer":
      await next();
      return breakConnection(c);
    case "malformed": {
      await next();
      const { status, headers } = c.res;
      const text = await c.res.text();
      // Otherwise Hono merges the new response into the old one, whose body is spent.
      c.res = undefined;
      c.res = new Response(text.slice(0, Math.ceil(text.length / 2)), {
        status: text === "" ? 200 : status,
        headers: [...headers],
      });
      return c.res;
    }
    case "foreignWebUrl":
      c.set("foreignWebOrigin", FOREIGN_ORIGIN);
      await next();
      return c.res;
  }
}

/** A TCP reset, so that the client sees ECONNRESET and not a clean end. */
function breakConnection(c: AppContext): Response {
  c.env.incoming.socket.resetAndDestroy();
  return RESPONSE_ALREADY_SENT;
}
