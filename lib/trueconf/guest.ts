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

/** True for what TrueConf takes as a guest's id, so that it cannot change the meaning of the parameter that carries it. */
export const isGuestId = (value: string): boolean => /^[a-z0-9_]{1,100}$/.test(value);

/** `*` and `$` are the grammar of the `user` parameter; controls and direction marks have no place in a name. */
const UNWANTED = /[*$\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}\ufeff]/gu;
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
