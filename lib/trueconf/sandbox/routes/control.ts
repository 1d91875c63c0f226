import { Hono, type MiddlewareHandler } from "hono";
import { z } from "zod";
import { Refusal } from "../domain/refusal";
import { faultSchema } from "../faults";
import { LINK_TTL_MS } from "../links";
import type { SandboxState } from "../state";
import { switchesPatchSchema } from "../switches";
import { parse } from "../wire";
import { type AppEnv, answer, pathParameter, readJson } from "./http";

const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);
const userSchema = z.strictObject({
  status: z.literal([0, 1, 2, 5]).optional(),
  displayName: z.string().min(1).optional(),
});

/**
 * Keeps other sites' pages out of the controls: no request from a foreign origin, none under a name that a stranger could point at
 * this machine, and no write that a plain form could send.
 */
const guardControl: MiddlewareHandler<AppEnv> = async (c, next) => {
  const host = c.req.header("Host") ?? "";
  const origin = c.req.header("Origin");
  const name = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : "";
  if (!LOOPBACK.has(name)) throw new Refusal(403, "foreignHost", "Only for this machine");
  const isOwn = origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
  if (!isOwn) throw new Refusal(403, "foreignOrigin", "Only for the sandbox's own pages");
  const writes = c.req.method !== "GET" && c.req.method !== "HEAD";
  if (writes && !/^application\/json\b/i.test(c.req.header("Content-Type") ?? ""))
    throw new Refusal(400, "invalidBody", "Content-Type must be application/json");
  await next();
};

/** Everything there is to see, credentials left out. Instants in epoch milliseconds. */
export function viewState(state: SandboxState) {
  const now = state.clock.now();
  const people = state.rooms.list();
  return {
    now,
    skewMs: state.clock.skewMs,
    switches: state.switches,
    faults: state.faults.list(),
    users: state.users.list(),
    conferences: state.conferences.list().map((conference) => ({
      id: conference.id,
      topic: conference.topic,
      owner: conference.owner,
      state: conference.state,
      schedule: conference.schedule,
      recording: conference.recording,
      allowGuests: conference.allow_guests,
      tags: conference.tags,
      participants: people
        .filter(({ conferenceId }) => conferenceId === conference.id)
        .map(({ person, joinedAt, media, channel, origin }) => ({
          kind: person.kind,
          id: person.id,
          name: person.displayName,
          joinedAt: joinedAt * 1000,
          connected: channel !== undefined || origin === "answered",
          ...media,
        })),
    })),
    links: state.links.list().map(({ conferenceId, person, issuedAt, used }) => ({
      conferenceId,
      kind: person.kind,
      id: person.id,
      name: person.displayName,
      issuedAt,
      expiresAt: issuedAt + LINK_TTL_MS,
      secondsLeft: Math.ceil((issuedAt + LINK_TTL_MS - now) / 1000),
      used,
    })),
  };
}

/** `/_sandbox`: what no real server has. */
export function controlRoutes(state: SandboxState): Hono<AppEnv> {
  return new Hono<AppEnv>()
    .use(guardControl)
    .get("/state", (c) => answer(c, viewState(state)))
    .get("/switches", (c) => answer(c, state.switches))
    .put("/switches", async (c) => {
      state.switches = { ...state.switches, ...parse(switchesPatchSchema, await readJson(c)) };
      return answer(c, state.switches);
    })
    .get("/faults", (c) => answer(c, { faults: state.faults.list() }))
    .post("/faults", async (c) =>
      answer(c, { fault: state.faults.add(parse(faultSchema, await readJson(c))) }),
    )
    .delete("/faults", (c) => {
      state.faults.clear();
      return c.body(null, 204);
    })
    .delete("/faults/:id", (c) => {
      const removed = state.faults.remove(Number(pathParameter(c, "id")));
      if (!removed) throw new Refusal(404, "faultNotFound", "There is no such fault");
      return c.body(null, 204);
    })
    .put("/users/:id", async (c) => {
      const id = pathParameter(c, "id");
      const change = parse(userSchema, await readJson(c));
      const known = state.users.find(id) ?? { id, displayName: id, status: 0 as const };
      const user = {
        ...known,
        status: change.status ?? known.status,
        displayName: change.displayName ?? known.displayName,
      };
      state.users.set(user);
      return answer(c, { user });
    })
    .delete("/users/:id", (c) => {
      state.users.remove(pathParameter(c, "id"));
      return c.body(null, 204);
    })
    .post("/reset", (c) => {
      state.reset();
      return c.body(null, 204);
    })
    .post("/clock", async (c) => {
      const { skewMs } = parse(z.strictObject({ skewMs: z.int() }), await readJson(c));
      state.clock.skewMs = skewMs;
      state.conferences.startDue();
      return answer(c, { now: state.clock.now(), skewMs });
    })
    .post("/tokens/expire", (c) => {
      state.tokens.expireAll();
      return c.body(null, 204);
    })
    .post("/connections/drop", (c) => {
      for (const { channel } of state.rooms.list()) channel?.terminate();
      return c.body(null, 204);
    })
    .get("/requests", (c) => answer(c, { requests: state.requests.list() }))
    .delete("/requests", (c) => {
      state.requests.clear();
      return c.body(null, 204);
    });
}
