import { Hono } from "hono";
import { z } from "zod";
import type { SandboxState } from "../state";
import { pageSchema, parse } from "../wire";
import { viewCalendars } from "./calendars";
import { type AppEnv, answer, pathParameter, readJson, requireScope } from "./http";
import { viewConference } from "./views";

const listSchema = pageSchema(1).extend({
  state: z.enum(["running", "stopped"]).optional(),
  tag: z.string().optional(),
});

/** `/conferences` and what is done to one of them (TrueConf API: conference methods). */
export function conferenceRoutes(state: SandboxState): Hono<AppEnv> {
  const { conferences } = state;
  const mayRead = requireScope(state, "conferences", "conferences:read");
  const mayWrite = requireScope(state, "conferences", "conferences:write");

  return new Hono<AppEnv>()
    .get("/", mayRead, (c) => {
      const query = parse(listSchema, c.req.query());
      const found = conferences
        .list()
        .filter((one) => query.state === undefined || one.state === query.state)
        .filter((one) => query.tag === undefined || one.tags.includes(query.tag));
      const start = (query.page_id - 1) * query.page_size;
      const page = found.slice(start, start + query.page_size);
      return answer(c, { cnt: found.length, conferences: page.map((one) => viewConference(state, one)) });
    })
    .post("/", mayWrite, async (c) =>
      answer(c, { conference: viewConference(state, conferences.create(await readJson(c))) }),
    )
    .get("/:id", mayRead, (c) =>
      answer(c, { conference: viewConference(state, conferences.require(pathParameter(c, "id"))) }),
    )
    .put("/:id", mayWrite, async (c) => {
      const id = conferences.require(pathParameter(c, "id")).id;
      return answer(c, { conference: viewConference(state, conferences.replace(id, await readJson(c))) });
    })
    .delete("/:id", mayWrite, (c) => {
      const id = pathParameter(c, "id");
      conferences.remove(id);
      return state.switches.deleteStatus === 204 ? c.body(null, 204) : answer(c, { id });
    })
    .post("/:id/run", mayWrite, (c) => answer(c, { state: conferences.run(pathParameter(c, "id")).state }))
    .post("/:id/stop", mayWrite, (c) => answer(c, { state: conferences.stop(pathParameter(c, "id")).state }))
    .get("/:id/calendars", mayRead, (c) =>
      answer(c, { calendars: viewCalendars(state, conferences.require(pathParameter(c, "id"))) }),
    );
}
