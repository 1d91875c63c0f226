import { createHmac } from "node:crypto";

/**
 * The id under which somebody enters one visit: an HMAC, so it says nothing about them, differs from visit to visit, and is the same
 * however often it is derived (TrueConf API: the caller must keep guest ids unique; `[a-z0-9_]`).
 *
 * @param personId the patient's or the practitioner's row id
 */
export const deriveGuestId = ({
  key,
  personId,
  encounterId,
}: {
  key: Uint8Array;
  personId: string;
  encounterId: string;
}): string =>
  `g_${createHmac("sha256", key).update(`${encounterId}:${personId}`).digest("hex").slice(0, 40)}`;

/** `*` and `$` are the grammar of the `user` parameter; controls and direction marks have no place in a name. */
const UNWANTED = /[*$\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu;
const NAME_MAX_LENGTH = 80;

/** A display name as it may stand in a guest's credential: never empty, never longer than a tile shows. */
export function cleanDisplayName(name: string): string {
  const cleaned = name.replace(UNWANTED, " ").replace(/\s+/g, " ").trim();
  return [...cleaned].slice(0, NAME_MAX_LENGTH).join("").trim() || "Guest";
}

/** A frame to be built by us: an element's attributes, never the server's HTML. */
export type IframeDescription = { src: string; allow: string; allowFullscreen: true; title: string };

/** The element that shows a minted link, delegating devices to that one origin only. */
export function buildIframe(webUrl: string, title: string): IframeDescription {
  const { origin } = new URL(webUrl);
  const allow = ["microphone", "camera", "autoplay", "display-capture"].map(
    (feature) => `${feature} ${origin}`,
  );
  return { src: webUrl, allow: allow.join("; "), allowFullscreen: true, title };
}

/**
 * Checks a link that the server minted before anybody follows it: our origin, exactly the conference's page, and in the fragment one
 * `login` and one `token`. After `JSON.parse` nothing in it needs replacing (TrueConf API: slashes and backslashes).
 */
export function acceptWebUrl(
  webUrl: string,
  { webOrigin, conferenceId }: { webOrigin: string; conferenceId: string },
): boolean {
  // By the letter too: "https:/host" parses, but inside a page of the same scheme it is a path of that page's own site.
  if (!webUrl.startsWith(`${new URL(webOrigin).origin}/`) || !URL.canParse(webUrl)) return false;
  const url = new URL(webUrl);
  if (url.origin !== new URL(webOrigin).origin || url.username || url.password || url.search) return false;
  if (url.pathname !== `/webrtc/${encodeURIComponent(conferenceId)}`) return false;
  const fragment = new URLSearchParams(url.hash.slice(1));
  return ["login", "token"].every((name) => fragment.getAll(name).length === 1 && fragment.get(name) !== "");
}
