import { Temporal } from "temporal-polyfill";
import { acceptDeeplinks } from "./deeplink";
import { fail, succeed, type TrueConfResult } from "./errors";
import { cleanDisplayName, isGuestId } from "./guest";
import type { Api } from "./transport/api";
import type { MintedLink } from "./types";
import { clientsAnswer, type SoftwareClient } from "./wire";

/** Minted links let nobody in after this long (TrueConf API: guest links, lifetime). */
const LINK_SECONDS = 60;

/** An account's id without the characters by which the `user` parameter tells guests from accounts. */
const ACCOUNT = /^[^\s*$\p{Cc}]{1,128}$/u;

/**
 * Checks a link that the server minted before anybody follows it: our origin, exactly the conference's page, and in the fragment one
 * `login` and one `token`. By the letter, and not as a parser would mend it: "https:/host" parses too, but inside a page of the
 * same scheme it is a path of that page's own site. After `JSON.parse` nothing in it needs replacing (TrueConf API: slashes and
 * backslashes).
 */
export function acceptWebUrl(
  webUrl: string,
  { webOrigin, conferenceId }: { webOrigin: string; conferenceId: string },
): boolean {
  const page = `${new URL(webOrigin).origin}/webrtc/${encodeURIComponent(conferenceId)}#`;
  if (!webUrl.startsWith(page) || /\p{Cc}/u.test(webUrl)) return false;
  const fragment = new URLSearchParams(webUrl.slice(page.length));
  return ["login", "token"].every((name) => fragment.getAll(name).length === 1 && fragment.get(name) !== "");
}

/** The web client among the programs that are offered. The widget has its type and platform too, and another path. */
const isWebClient = ({ type, platform }: SoftwareClient) => type === "web" && platform === "webrtc";

type Minting = { webOrigin: string; now: () => number };

/**
 * The ways in, minted by `GET /software/clients` with exactly one request, which is not repeated but where the server has not
 * read it. Nothing of what they return may be stored, cached, logged or mailed.
 *
 * Failures beside those of any request: `configuration` where the server offers no web client or one elsewhere, `invalid` for ids
 * that are none.
 */
export function linkMethods(api: Api, { webOrigin, now }: Minting) {
  async function mint(conferenceId: string, user: string, lang: string): Promise<TrueConfResult<MintedLink>> {
    // The server counts from its own moment of issue; ours, taken before, is never later.
    const askedAt = Temporal.Instant.fromEpochMilliseconds(Math.floor(now()));
    const answer = await api({
      method: "GET",
      route: "/software/clients",
      query: { call_id: conferenceId, case: "join_conference_button", user, lang },
      schema: clientsAnswer,
      repeat: "undone",
    });
    if (!answer.ok) return answer;
    const { clients, deeplinks } = answer.value;
    for (const client of clients.filter(isWebClient)) {
      if (!client.web_url || !acceptWebUrl(client.web_url, { webOrigin, conferenceId })) continue;
      return succeed({
        webUrl: client.web_url,
        expiresAt: askedAt.add({ seconds: LINK_SECONDS }),
        deeplinks: acceptDeeplinks(client.deeplinks ?? deeplinks),
      });
    }
    return fail("configuration", "never");
  }

  return {
    /** A way in for a guest under an id of ours (`2$id*name`). @see deriveGuestId */
    async mintGuestLink(guest: {
      conferenceId: string;
      guestId: string;
      displayName: string;
      lang: string;
    }): Promise<TrueConfResult<MintedLink>> {
      if (!isGuestId(guest.guestId)) return fail("invalid", "never");
      const user = `2$${guest.guestId}*${cleanDisplayName(guest.displayName)}`;
      return mint(guest.conferenceId, user, guest.lang);
    },

    /** A way in for a TrueConf account. */
    async mintUserLink(user: {
      conferenceId: string;
      trueconfId: string;
      lang: string;
    }): Promise<TrueConfResult<MintedLink>> {
      // Otherwise "2$somebody*else" would mint for a guest.
      if (!ACCOUNT.test(user.trueconfId)) return fail("invalid", "never");
      return mint(user.conferenceId, user.trueconfId, user.lang);
    },
  };
}
