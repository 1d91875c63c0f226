import { env } from "@/lib/core/env";
import type { Theme } from "./types";

/**
 * What a browser remembers of its visitor without an account; each is one cookie that holds nothing else. `timezone` is
 * the device's, kept up to date by a script; `timezone-choice` is the visitor's own word and outweighs it.
 */
export type Preference = "locale" | "timezone" | "timezone-choice" | "theme";

const THEMES: readonly Theme[] = ["system", "light", "dark"];
export const isTheme = (value: unknown): value is Theme => THEMES.some((theme) => theme === value);

export const PREFERENCE_SECONDS = 365 * 24 * 60 * 60;

const portalIsHttps = () => env().PORTAL_URL.startsWith("https:");

/** The cookie's name: `__Host-` where the portal is https, plain on http loopback, where browsers refuse that prefix. */
export const preferenceCookie = (preference: Preference): string =>
  portalIsHttps() ? `__Host-${preference}` : preference;

/**
 * Attributes of what the portal sets; `timezone` alone is written by a script. `lax`, so that a link in a mail opens in the visitor's
 * language.
 */
export const preferenceCookieOptions = () => ({
  path: "/",
  maxAge: PREFERENCE_SECONDS,
  sameSite: "lax" as const,
  secure: portalIsHttps(),
  httpOnly: true,
});

/**
 * Where a preference's form leads back to: the path of the page that sent it, if that page is ours, else the front page.
 * Only path and query are kept, and leading slashes become one, so the answer can never lead to another site.
 *
 * @param referer the request's `Referer` (complete for our own pages: `Referrer-Policy: same-origin`)
 * @param host the request's `Host`
 */
export function returnPath(referer: string | null, host: string | null): string {
  if (!referer || !host || !URL.canParse(referer)) return "/";
  const url = new URL(referer);
  if (url.host !== host) return "/";
  return `/${url.pathname.replace(/^[/\\]+/, "")}${url.search}`;
}
