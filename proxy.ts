import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { env } from "@/lib/core/env";
import { securityHeaders } from "@/lib/security/csp";
import { isReadableForm } from "@/lib/security/form-body";

/**
 * Puts the security headers on every answer. They are built here, at run time, because the nonce belongs to one answer
 * and TrueConf's origin to one installation. Runs in Node.js, as every proxy of Next.js 16 does.
 *
 * It decides nothing about who may see what: that is done where data is read. Forms that cannot be read end here, since behind it
 * they would count as failures of the portal.
 */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { PORTAL_URL, TRUECONF_WEB_ORIGIN, NODE_ENV } = env();
  const headers = securityHeaders({
    nonce: randomBytes(16).toString("base64"),
    trueconfWebOrigin: TRUECONF_WEB_ORIGIN,
    https: PORTAL_URL.startsWith("https:"),
    dev: NODE_ENV === "development",
  });

  if (!(await isReadableForm(request))) return new NextResponse("400", { status: 400, headers });

  /** Next.js reads the nonce for its own scripts from the policy among the request's headers. */
  const forwarded = new Headers(request.headers);
  forwarded.set("Content-Security-Policy", headers["Content-Security-Policy"] ?? "");
  const response = NextResponse.next({ request: { headers: forwarded } });
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}

/** Everything but the build's own files, whose names change with their content and which anybody may keep. */
export const config = { matcher: "/((?!_next/static/|_next/image|icon\\.svg$).*)" };
