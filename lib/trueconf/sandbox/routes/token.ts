import { Hono } from "hono";
import { sameSecret } from "../domain/tokens";
import type { SandboxState } from "../state";
import { tokenRequestSchema } from "../wire";
import { type AppContext, type AppEnv, answer } from "./http";

/** `POST /oauth2/v1/token` with a form or JSON. Its errors are those of OAuth, not of the API. */
export function tokenRoutes(state: SandboxState): Hono<AppEnv> {
  return new Hono<AppEnv>().post("/oauth2/v1/token", async (c) => {
    const request = tokenRequestSchema.safeParse(await readFields(c));
    const { grant_type, client_id = "", client_secret = "" } = request.data ?? {};
    const fail = (error: string, description: string, status: 400 | 401) =>
      answer(c, { error, error_description: description }, status);

    if (grant_type === undefined)
      return fail("invalid_request", "The grant type was not specified in the request", 400);
    if (grant_type !== "client_credentials")
      return fail("unsupported_grant_type", `Grant type "${grant_type}" not supported`, 400);
    const known =
      sameSecret(client_id, state.options.clientId) && sameSecret(client_secret, state.options.clientSecret);
    if (!known)
      return fail("invalid_client", "The client credentials are invalid", state.switches.tokenFailureStatus);
    return answer(c, state.tokens.issue());
  });
}

async function readFields(c: AppContext): Promise<unknown> {
  const type = c.req.header("Content-Type") ?? "";
  if (/^application\/json\b/i.test(type)) return c.req.json().catch(() => undefined);
  if (/^application\/x-www-form-urlencoded\b/i.test(type)) return c.req.parseBody();
  return {};
}
