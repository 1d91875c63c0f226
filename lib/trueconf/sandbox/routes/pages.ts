import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Hono } from "hono";
import { callPage } from "../call/page";
import { statusPage } from "../pages/status";
import type { SandboxState } from "../state";
import { writeCalendarFile } from "./calendars";
import { viewState } from "./control";
import { type AppContext, type AppEnv, pathParameter } from "./http";

const FILES = { css: "text/css; charset=utf-8", js: "text/javascript; charset=utf-8" } as const;
const FILE_NAME = /^[a-z][a-z0-9-]*\.(css|js)$/;

/** A page that may load only what the sandbox itself serves, and be framed by those origins or by nobody. */
function protect(c: AppContext, framedBy: readonly string[]): void {
  const host = c.req.header("Host") ?? "";
  // Some browsers do not count a WebSocket to the page's own host as 'self'.
  const sockets = /^[A-Za-z0-9.:[\]-]+$/.test(host) ? ` ws://${host} wss://${host}` : "";
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self' data:",
    "media-src 'self' blob:",
    `connect-src 'self'${sockets}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${framedBy.join(" ") || "'none'"}`,
  ];
  c.header("Content-Security-Policy", policy.join("; "));
  c.header(
    "Permissions-Policy",
    "camera=(self), microphone=(self), display-capture=(self), autoplay=(self), fullscreen=(self)",
  );
  c.header("Referrer-Policy", "no-referrer");
  c.header("Cache-Control", "no-store");
}

/** A style sheet or script that lies beside the pages; 404 for any other name. */
async function serveFile(c: AppContext, folder: "call" | "pages"): Promise<Response> {
  const name = pathParameter(c, "file");
  const extension = FILE_NAME.exec(name)?.[1] as keyof typeof FILES | undefined;
  if (!extension) return c.notFound();
  const path = fileURLToPath(new URL(`../${folder}/${name}`, import.meta.url));
  const text = await readFile(path, "utf8").catch(() => undefined);
  if (text === undefined) return c.notFound();
  return c.body(text, 200, { "Content-Type": FILES[extension], "Cache-Control": "no-cache" });
}

/** Pages for people: the call, a conference's own address, the sandbox's state. */
export function pageRoutes(state: SandboxState): Hono<AppEnv> {
  const showCall = (c: AppContext) => {
    const conferenceId = pathParameter(c, "id");
    protect(c, state.portalOrigins);
    // The page opens for any id, as a real one does: what the fragment is worth shows when it connects.
    return c.html(
      callPage({ conferenceId, portalOrigins: state.portalOrigins, autojoin: state.switches.autojoin }),
    );
  };
  return new Hono<AppEnv>()
    .get("/", (c) => {
      protect(c, []);
      return c.html(statusPage(viewState(state)));
    })
    .get("/webrtc/:id", showCall)
    .get("/webrtc-widget/:id", showCall)
    .get("/c/:id{[A-Za-z0-9_]+\\.ics}", (c) => {
      const conference = state.conferences.require(pathParameter(c, "id").replace(/\.ics$/, ""));
      return c.body(writeCalendarFile(state, conference), 200, {
        "Content-Type": "text/calendar; charset=utf-8",
      });
    })
    .get("/c/:id", (c) => {
      const { id } = state.conferences.require(pathParameter(c, "id"));
      return c.redirect(`/webrtc/${encodeURIComponent(id)}`);
    })
    .get("/_call/:file", (c) => serveFile(c, "call"))
    .get("/_status/:file", (c) => serveFile(c, "pages"));
}
