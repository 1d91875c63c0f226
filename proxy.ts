import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { recordRefusal } from "@/lib/audit/mutations";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { embedOriginsOf, FILE_CSP, securityHeaders } from "@/lib/security/csp";
import { findFormFault } from "@/lib/security/form-body";
import { isOwnOrigin } from "@/lib/security/origin";
import { markUnattended } from "@/lib/security/unattended";

/**
 * Puts the security headers on every answer. They are built here, at run time, because the nonce belongs to one answer
 * and TrueConf's origin to one installation. Runs in Node.js, as every proxy of Next.js 16 does.
 *
 * It decides nothing about who may see what: that is done where data is read. Addresses and forms that cannot be read, what is too large, and forms of other
 * sites end here, since Next.js would answer them as failures of the portal. The last are refusals like those of every door, and stand in the trail.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { PORTAL_URL, EMBED_ORIGINS, TRUECONF_WEB_ORIGIN, NODE_ENV } = env();
  const headers = securityHeaders({
    nonce: randomBytes(16).toString("base64"),
    trueconfWebOrigin: TRUECONF_WEB_ORIGIN,
    https: PORTAL_URL.startsWith("https:"),
    embedOrigins: embedOriginsOf(request.nextUrl.pathname, EMBED_ORIGINS),
    dev: NODE_ENV === "development",
  });

  const refuse = (status: 400 | 403 | 413) => new NextResponse(String(status), { status, headers });
  if (!isReadablePath(request.nextUrl.pathname)) return refuse(400);
  if (isForeignForm(request)) {
    await recordRefusal({ actor: { kind: "anonymous" }, door: "form.foreign" }, systemNow());
    return refuse(403);
  }
  const fault = UPLOAD.test(request.nextUrl.pathname) ? undefined : await findFormFault(request);
  if (fault) return refuse(fault === "too_large" ? 413 : 400);

  /** Next.js reads the nonce for its own scripts from the policy among the request's headers. */
  const forwarded = new Headers(request.headers);
  forwarded.set("Content-Security-Policy", headers["Content-Security-Policy"] ?? "");
  // Next.js compares the origin with the host, which anybody can write: the portal's own address is the one that was looked at above.
  forwarded.set("x-forwarded-host", new URL(PORTAL_URL).host);
  markUnattended(forwarded, request.nextUrl.pathname);
  const response = NextResponse.next({ request: { headers: forwarded } });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  // What is set here outweighs what a route says.
  if (SENT_FILE.test(request.nextUrl.pathname)) response.headers.set("Content-Security-Policy", FILE_CSP);
  return response;
}

/** A path that cannot be decoded names nothing; Next.js would fail over it. */
function isReadablePath(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

/** Files go to a route handler, which bounds and reads the form itself and says what is wrong with it. */
const UPLOAD = /^\/api\/conversations\/[^/]+\/files$/;

/** What people have sent each other, by account and by personal link. */
const SENT_FILE = /^\/(api|v\/[^/]+)\/files\/[^/]+$/;

/**
 * A form that another site's page sends, or that does not say from where: every browser says so of a form. Machines' doors look at the
 * origin themselves and say more; actions look once more, but for those that change nothing but this browser's own cookies.
 */
const isForeignForm = ({ method, headers, nextUrl }: NextRequest): boolean =>
  method === "POST" && !nextUrl.pathname.startsWith("/api/") && !isOwnOrigin(headers);

/** Everything but the build's own files, whose names change with their content and which anybody may keep. */
export const config = { matcher: "/((?!_next/static/|icon\\.svg$).*)" };
