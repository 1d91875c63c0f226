import { env } from "@/lib/core/env";

/**
 * True when a browser sent this request from one of the portal's own pages. A missing origin and `null` (sandboxed frames,
 * privacy redirects) are refused: everything of ours that posts sends one.
 */
export const isOwnOrigin = (headers: Headers): boolean =>
  headers.get("origin") === new URL(env().PORTAL_URL).origin;
