import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { Refusal, toEnvelope } from "./domain/refusal";
import { conferenceRoutes } from "./routes/conferences";
import { controlRoutes } from "./routes/control";
import { directoryRoutes, logRoutes } from "./routes/directory";
import { type AppContext, type AppEnv, answer } from "./routes/http";
import { pageRoutes } from "./routes/pages";
import { peopleRoutes } from "./routes/people";
import { softwareRoutes } from "./routes/software";
import { strike } from "./routes/strike";
import { tokenRoutes } from "./routes/token";
import type { SandboxState } from "./state";

/** Versions are path segments; this is the one the portal is written for, and the others are not here. */
const API = "/api/v3.11";

const refuse = (c: AppContext, refusal: Refusal): Response => answer(c, toEnvelope(refusal), refusal.status);

/** The sandbox's HTTP side. A slash at a path's end is tolerated, as the real server does. */
export function createApp(state: SandboxState): Hono<AppEnv> {
  const app = new Hono<AppEnv>({ strict: false });

  app.use(async (c, next) => {
    c.header("X-TrueConf-Sandbox", "1");
    c.header("X-Content-Type-Options", "nosniff");
    c.header("Date", new Date(state.clock.now()).toUTCString());
    state.conferences.startDue();
    await next();
  });
  app.use(strike(state));

  app.route("/", tokenRoutes(state));
  app.route(`${API}/conferences`, conferenceRoutes(state));
  app.route(`${API}/conferences`, peopleRoutes(state));
  app.route(`${API}/software`, softwareRoutes(state));
  app.route(API, directoryRoutes(state));
  app.route(`${API}/logs`, logRoutes(state));
  app.get("/api/v4/server", (c) =>
    answer(c, {
      product: {
        display_name: "TrueConf Server (sandbox)",
        id: "sandbox",
        name: "sandbox",
        version: "5.5.5",
        platform: process.platform,
      },
      links: { documentation: state.url, site_url: state.url },
      web_config: { url: state.url },
    }),
  );
  app.route("/_sandbox", controlRoutes(state));
  app.route("/", pageRoutes(state));

  app.notFound((c) => refuse(c, new Refusal(404, "routeNotFound", `${c.req.path} is not found.`)));
  app.onError((error, c) => {
    if (error instanceof Refusal) return refuse(c, error);
    if (error instanceof HTTPException) return error.getResponse();
    return answer(c, { error: { code: 500, message: "Internal Server Error", errors: [] } }, 500);
  });
  return app;
}
