/**
 * The headers that say what a page of the portal may load, embed and use. Pure: `proxy.ts` knows the request and the
 * configuration, this knows the rules.
 */

export type CspInput = {
  /** Fresh random base64 for each answer. */
  nonce: string;
  /** Where visits are embedded from: the one origin that may be framed, asked, and given camera and microphone. */
  trueconfWebOrigin: string;
  /** True when the portal is reached by https, so that nothing of it may go in the clear. */
  https: boolean;
  /** Other sites that may frame this answer; none is the rule. */
  embedOrigins?: readonly string[];
  /** True under `next dev`, whose tooling evaluates strings, adds styles of its own and talks over a WebSocket. */
  dev: boolean;
};

/**
 * The content security policy of one answer (W3C CSP Level 3).
 *
 * Scripts run only with the nonce, or when one with the nonce loads them; `'self'` is for browsers that do not know
 * `'strict-dynamic'`. Style elements need the nonce too. Style attributes are allowed, because positions computed from
 * data (an agenda's rows) are written as such on the server; an attribute can neither run code nor, with `img-src` and
 * `font-src` as below, send anything away.
 */
export function buildCsp({ nonce, trueconfWebOrigin, https, embedOrigins = [], dev }: CspInput): string {
  const directives: Record<string, string[]> = {
    "default-src": ["'self'"],
    "script-src": ["'self'", `'nonce-${nonce}'`, "'strict-dynamic'", ...(dev ? ["'unsafe-eval'"] : [])],
    "style-src": ["'self'", dev ? "'unsafe-inline'" : `'nonce-${nonce}'`],
    "style-src-attr": ["'unsafe-inline'"],
    "img-src": ["'self'", "data:", "blob:"],
    "font-src": ["'self'"],
    "media-src": ["'self'", "blob:", "mediastream:"],
    // The check before a visit asks whether the video server can be reached.
    "connect-src": ["'self'", trueconfWebOrigin, ...(dev ? ["ws:", "wss:"] : [])],
    "frame-src": [trueconfWebOrigin],
    "worker-src": ["'self'"],
    "manifest-src": ["'self'"],
    "object-src": ["'none'"],
    "base-uri": ["'none'"],
    "form-action": ["'self'"],
    "frame-ancestors": embedOrigins.length > 0 ? embedOrigins.slice() : ["'none'"],
    ...(https ? { "upgrade-insecure-requests": [] } : {}),
  };
  return Object.entries(directives)
    .map(([name, sources]) => [name, ...sources].join(" "))
    .join("; ");
}

/** The nonce of an answer's policy, for a script of ours in its page. */
export const nonceOf = (policy: string | null): string | undefined => policy?.match(/'nonce-([^']+)'/)?.[1];

/**
 * What somebody without an account goes through, from the front page to the visit. Signing in, and everything that needs it, is in a window
 * of the portal's own: in a frame nobody can see to whom they give a password.
 */
const EMBEDDABLE = /^\/(?:$|(?:practitioners|book|waitlist|now|check|lost-link|v|w|q)(?:\/|$))/;

/** Which of the configured sites may frame the page at this path (`EMBED_ORIGINS`). */
export const embedOriginsOf = (pathname: string, configured: readonly string[]): readonly string[] =>
  EMBEDDABLE.test(pathname) ? configured : [];

/**
 * The policy of files that people send each other: should a browser take one for a page, it has no origin, and nothing in it runs or
 * loads anything.
 */
export const FILE_CSP = "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'";

/** What a visit needs is for us and the video's origin; what the portal never asks for is for nobody. */
export function buildPermissionsPolicy(trueconfWebOrigin: string): string {
  const shared = ["camera", "microphone", "display-capture", "autoplay", "fullscreen"];
  const refused = ["geolocation", "payment", "usb"];
  return [
    ...shared.map((feature) => `${feature}=(self "${trueconfWebOrigin}")`),
    ...refused.map((feature) => `${feature}=()`),
  ].join(", ");
}

/**
 * All headers of one answer, for pages and for `/api` alike.
 *
 * `Referrer-Policy` is `same-origin`: a personal link's address is a secret that other sites must not see, while
 * `no-referrer` would make browsers send `Origin: null` with our own forms. Answers are private and never stored,
 * unless a route says otherwise by a header of its own.
 */
export function securityHeaders(input: CspInput): Record<string, string> {
  return {
    "Content-Security-Policy": buildCsp(input),
    "Permissions-Policy": buildPermissionsPolicy(input.trueconfWebOrigin),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "private, no-store",
    ...(input.https ? { "Strict-Transport-Security": "max-age=31536000; includeSubDomains" } : {}),
  };
}
