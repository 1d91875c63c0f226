import { env } from "@/lib/core/env";
import { logger } from "@/lib/core/logger";
import { callMethods } from "./calls";
import { checkServer } from "./check";
import { conferenceMethods } from "./conference";
import { ensureConference } from "./ensure";
import { succeed, type TrueConfResult } from "./errors";
import { linkMethods } from "./link";
import { type ApiConfig, createApi } from "./transport/api";
import { createSkewMeter } from "./transport/skew";
import type { NewConference, TrueConfUser } from "./types";
import { conferencesAnswer, userAnswer } from "./wire";

export type TrueConfConfig = ApiConfig & {
  /** The one origin where minted links may lead. */
  webOrigin: string;
};
export type TrueConf = ReturnType<typeof createTrueConf>;

/** A probe asks this little of somebody's patience. */
const PING_TIMEOUT_MS = 2_000;

/**
 * TrueConf Server's REST methods as the portal needs them (v3.11). Every method answers a {@link TrueConfResult}; nothing throws
 * for what a server can do.
 *
 * @throws {EnvError} for a configuration that cannot be used
 */
export function createTrueConf(config: TrueConfConfig) {
  const { url, webOrigin, now = Date.now, sleep } = config;
  const skew = createSkewMeter(config.log);
  const api = createApi({ ...config, skew });
  const origins = [new URL(url).origin, new URL(webOrigin).origin];
  const conferences = conferenceMethods(api, { origins, sleep });
  const links = linkMethods(api, { webOrigin, now });

  /** Whether such an account exists, and its status. `not_found`: it does not. */
  async function getUser(id: string): Promise<TrueConfResult<TrueConfUser>> {
    const answer = await api({ method: "GET", route: "/users/{id}", ids: { id }, schema: userAnswer });
    return answer.ok ? succeed({ id: answer.value.user.id, status: answer.value.user.status }) : answer;
  }

  /** Whether the server answers and takes our token: one request, not repeated, and soon given up. */
  async function ping(): Promise<TrueConfResult<undefined>> {
    const answer = await api({
      method: "GET",
      route: "/conferences",
      query: { page_size: "1" },
      schema: conferencesAnswer,
      repeat: "never",
      timeoutMs: PING_TIMEOUT_MS,
    });
    return answer.ok ? succeed(undefined) : answer;
  }

  return {
    ...conferences,
    ...links,
    ...callMethods(api),
    getUser,
    ping,
    /** Milliseconds by which the server's clock is notably off, as its last answer shows, positive when ahead; else zero. */
    clockSkewMs: skew.notableMs,
    /** @see ensureConference */
    ensureConference: (wanted: NewConference) => ensureConference(conferences, wanted),
    /** @see checkServer */
    checkServer: (owner: string) =>
      checkServer({ api, conferences, links, getUser, now, clockSkewMs: skew.notableMs }, owner),
  };
}

let shared: TrueConf | undefined;

/** This process's client, as the environment says. @throws {EnvError} */
export function trueconf(): TrueConf {
  shared ??= fromEnvironment();
  return shared;
}

function fromEnvironment(): TrueConf {
  const { TRUECONF_URL, TRUECONF_WEB_ORIGIN, TRUECONF_CA_FILE, ...given } = env();
  return createTrueConf({
    url: TRUECONF_URL,
    webOrigin: TRUECONF_WEB_ORIGIN,
    caFile: TRUECONF_CA_FILE,
    credentials: given.TRUECONF_SECRET_KEY
      ? { secretKey: given.TRUECONF_SECRET_KEY }
      : {
          clientId: given.TRUECONF_CLIENT_ID ?? "",
          clientSecret: given.TRUECONF_CLIENT_SECRET ?? "",
        },
    log: logger(),
  });
}
