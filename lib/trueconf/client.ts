import { Temporal } from "temporal-polyfill";
import { env } from "@/lib/core/env";
import { newConferenceId } from "@/lib/core/ids";
import { logger } from "@/lib/core/logger";
import { type Api, createApi, type TrueConfConfig } from "./api";
import { conferenceMethods } from "./conference";
import { fail, succeed, type TrueConfErrorKind, type TrueConfResult } from "./errors";
import { acceptWebUrl, cleanDisplayName } from "./guest";
import { clientsAnswer, userAnswer } from "./wire";

/** Minted links let nobody in after this long (TrueConf API: guest links, lifetime). */
const LINK_SECONDS = 60;

export type MintedLink = {
  /** A credential: handed to one browser, then forgotten. */
  webUrl: string;
  expiresAt: Temporal.Instant;
  /** Open TrueConf's own app. They name the server's inner addresses. */
  deeplinks: { default?: string | undefined; android?: string | undefined };
};

export type ServerCheck = {
  name: "token" | "owner" | "guests" | "web_client";
  ok: boolean;
  kind?: TrueConfErrorKind;
};
export type TrueConf = ReturnType<typeof createTrueConf>;

/**
 * TrueConf Server's REST methods as the portal needs them (v3.11). Every method answers a {@link TrueConfResult}; nothing throws
 * for what a server can do.
 */
export function createTrueConf(config: TrueConfConfig) {
  const api = createApi(config);
  const conferences = conferenceMethods(api);
  const { webOrigin, now = Date.now } = config;

  /** Exactly one request: a fresh way in for whom `user` names. */
  async function mint(conferenceId: string, user: string, lang: string): Promise<TrueConfResult<MintedLink>> {
    // The server counts from its own moment of issue; ours, taken before, is never later.
    const askedAt = Temporal.Instant.fromEpochMilliseconds(Math.floor(now()));
    const query = { call_id: conferenceId, case: "join_conference_button", user, lang };
    const answer = await api({ method: "GET", route: "/software/clients", query, schema: clientsAnswer });
    if (!answer.ok) return answer;
    const web = answer.value.clients.filter(({ type, platform }) => type === "web" && platform === "webrtc");
    const entry = web.find(({ web_url }) => web_url && acceptWebUrl(web_url, { webOrigin, conferenceId }));
    if (!entry?.web_url) return fail("configuration", "never");
    return succeed({
      webUrl: entry.web_url,
      expiresAt: askedAt.add({ seconds: LINK_SECONDS }),
      deeplinks: entry.deeplinks ?? answer.value.deeplinks ?? {},
    });
  }

  const client = {
    ...conferences,

    /** A way in for a guest under an id of ours (`2$id*name`). */
    mintGuestLink: (guest: { conferenceId: string; guestId: string; displayName: string; lang: string }) =>
      mint(guest.conferenceId, `2$${guest.guestId}*${cleanDisplayName(guest.displayName)}`, guest.lang),

    /** A way in for a TrueConf account. */
    mintUserLink: (user: { conferenceId: string; trueconfId: string; lang: string }) =>
      mint(user.conferenceId, user.trueconfId, user.lang),

    /** Whether such an account exists, and its status: 0 offline, 1 online, 2 busy, 5 in a conference of its own. */
    async getUser(id: string): Promise<TrueConfResult<{ id: string; status: number | undefined }>> {
      const answer = await api({ method: "GET", route: "/users/{id}", ids: { id }, schema: userAnswer });
      return answer.ok ? succeed({ id: answer.value.user.id, status: answer.value.user.status }) : answer;
    },
  };
  return { ...client, checkServer: (owner: string) => checkServer(api, client, owner) };
}

/**
 * What a clinic's server must have before patients rely on it, each by name: a token is given, the owner exists, a public conference
 * can be made, and a guest's link names the web client. A conference for a far day is made for it and deleted.
 */
async function checkServer(
  api: Api,
  client: Omit<ReturnType<typeof createTrueConf>, "checkServer">,
  owner: string,
): Promise<ServerCheck[]> {
  const named = (name: ServerCheck["name"], result: TrueConfResult<unknown>): ServerCheck =>
    result.ok ? { name, ok: true } : { name, ok: false, kind: result.error.kind };

  // Only credentials that are not accepted answer so; a missing scope is the next checks' matter.
  const conference = await api({ method: "GET", route: "/conferences", query: { page_size: "1" } });
  const hasToken = conference.ok || conference.error.kind === "forbidden";
  const checks = [named("token", hasToken ? succeed(undefined) : conference)];
  if (!hasToken) return checks;

  const user = await client.getUser(owner);
  // Reading users is a scope of its own, which the portal can do without: the creation below tells as well.
  const made = await client.createConference({
    id: newConferenceId(),
    topic: "Portal check",
    owner,
    schedule: { startAt: Temporal.Now.instant().add({ hours: 24 * 300 }), durationMinutes: 10 },
    maxParticipants: 2,
    tags: ["portal", "portal-check"],
  });
  const ownerExists = user.ok || (user.error.kind === "forbidden" && made.ok);
  checks.push(named("owner", ownerExists ? succeed(undefined) : user), named("guests", made));
  if (!made.ok) return checks;
  const link = await client.mintGuestLink({
    conferenceId: made.value.id,
    guestId: "portal_check",
    displayName: "Check",
    lang: "en",
  });
  checks.push(named("web_client", link));
  await client.deleteConference(made.value.id);
  return checks;
}

let shared: TrueConf | undefined;

/** This process's client, as the environment says. */
export function trueconf(): TrueConf {
  const {
    TRUECONF_URL,
    TRUECONF_WEB_ORIGIN,
    TRUECONF_CA_FILE,
    TRUECONF_SECRET_KEY,
    TRUECONF_CLIENT_ID,
    TRUECONF_CLIENT_SECRET,
  } = env();
  shared ??= createTrueConf({
    url: TRUECONF_URL,
    webOrigin: TRUECONF_WEB_ORIGIN,
    caFile: TRUECONF_CA_FILE,
    credentials: TRUECONF_SECRET_KEY
      ? { secretKey: TRUECONF_SECRET_KEY }
      : { clientId: TRUECONF_CLIENT_ID ?? "", clientSecret: TRUECONF_CLIENT_SECRET ?? "" },
    log: logger(),
  });
  return shared;
}
