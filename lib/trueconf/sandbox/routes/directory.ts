import { Hono } from "hono";
import { z } from "zod";
import { Refusal } from "../domain/refusal";
import type { User } from "../domain/users";
import type { SandboxState } from "../state";
import { pageSchema, parse } from "../wire";
import { type AppContext, type AppEnv, answer, pathParameter, requireScope } from "./http";
import { viewAttendances, viewSession, viewUser } from "./views";

/** A page of a list that starts at 0 and ends with `next_page_id` -1; conferences count otherwise. */
function pageOf<Item>(c: AppContext, items: readonly Item[]): { next_page_id: number; page: Item[] } {
  const { page_id, page_size } = parse(pageSchema(0), c.req.query());
  const end = (page_id + 1) * page_size;
  return {
    next_page_id: end < items.length ? page_id + 1 : -1,
    page: items.slice(page_id * page_size, end),
  };
}

/** `/users` and `/groups` (TrueConf API: users). */
export function directoryRoutes(state: SandboxState): Hono<AppEnv> {
  const mayReadUsers = requireScope(state, "users", "users:read");
  const mayReadGroups = requireScope(state, "groups", "groups:read");
  const mayReadMembers = requireScope(state, "groups.users");
  const answerUsers = (c: AppContext, users: readonly User[]) => {
    const { next_page_id, page } = pageOf(c, users);
    return answer(c, { next_page_id, users: page.map((user) => viewUser(state, user)) });
  };

  return new Hono<AppEnv>()
    .get("/users", mayReadUsers, (c) => {
      const { login_name, display_name } = c.req.query();
      const found = state.users
        .list()
        .filter((user) => !login_name || user.id === login_name)
        .filter((user) => !display_name || user.displayName.includes(display_name));
      return answerUsers(c, found);
    })
    .get("/users/:id", mayReadUsers, (c) =>
      answer(c, { user: viewUser(state, state.users.require(pathParameter(c, "id"))) }),
    )
    .get("/groups", mayReadGroups, (c) => {
      const { next_page_id, page } = pageOf(c, state.users.groups);
      return answer(c, {
        next_page_id,
        groups: page.map(({ id, displayName }) => ({ id, display_name: displayName })),
      });
    })
    .get("/groups/:id/users", mayReadMembers, (c) => {
      const id = pathParameter(c, "id");
      const group = state.users.groups.find((one) => one.id === id);
      if (!group) throw new Refusal(404, "groupNotFound", `Group '${id}' is not found.`);
      return answerUsers(
        c,
        group.userIds.flatMap((userId) => state.users.find(userId) ?? []),
      );
    });
}

const callsSchema = pageSchema(1).extend({
  named_conf_id: z.string().optional(),
  sort_field: z.enum(["start_time", "end_time"]).default("start_time"),
  sort_order: z.enum(["0", "1"]).default("0"),
});

/** `/logs/calls`: what took place, and who was there. */
export function logRoutes(state: SandboxState): Hono<AppEnv> {
  const { sessions, clock } = state;
  return new Hono<AppEnv>()
    .get("/calls", requireScope(state, "logs.calls:read"), (c) => {
      const query = parse(callsSchema, c.req.query());
      const endOf = (endedAt: number | null) => endedAt ?? Number.MAX_SAFE_INTEGER;
      const direction = query.sort_order === "1" ? -1 : 1;
      const found = sessions
        .list()
        .filter((one) => query.named_conf_id === undefined || one.conferenceId === query.named_conf_id)
        .toSorted((a, b) => {
          const order =
            query.sort_field === "end_time" ? endOf(a.endedAt) - endOf(b.endedAt) : a.startedAt - b.startedAt;
          return order * direction;
        });
      const start = (query.page_id - 1) * query.page_size;
      const page = found.slice(start, start + query.page_size);
      return answer(c, { cnt: found.length, list: page.map((one) => viewSession(one, clock.seconds())) });
    })
    .get("/calls/:session/participants", requireScope(state, "logs.calls.participants:read"), (c) => {
      const id = pathParameter(c, "session");
      const session = sessions.find(id);
      if (!session) throw new Refusal(404, "callNotFound", `Call '${id}' is not found.`);
      const list = viewAttendances(session, clock.seconds());
      return answer(c, { cnt: list.length, list });
    });
}
