import NextAuth from "next-auth";
import { sessionCookieName } from "@/lib/auth/constants";
import { loadSession } from "@/lib/auth/loaders";
import { endSession } from "@/lib/auth/mutations/sessions";
import { authOptions } from "@/lib/auth/options";
import { systemNow } from "@/lib/core/clock";
import { privateJson } from "@/lib/security/api-request";
import { isOwnOrigin } from "@/lib/security/origin";

type Context = { params: Promise<{ nextauth: string[] }> };

const handle = (request: Request, context: Context): Promise<Response> =>
  NextAuth(authOptions())(request, context);

/**
 * next-auth has a token of its own against forged posts; the origin is looked at as at every other door. Whoever was signed in in a browser
 * no longer is once somebody signs in there, as at our own forms.
 */
async function handlePost(request: Request, context: Context): Promise<Response> {
  if (!isOwnOrigin(request.headers)) return privateJson({ reason: "forbidden" }, 403);
  const { nextauth } = await context.params;
  const former = nextauth.join("/") === "callback/credentials" ? await loadSession() : undefined;
  const answer = await handle(request, context);
  const begins = (cookie: string) =>
    cookie.startsWith(`${sessionCookieName()}=`) && !cookie.startsWith(`${sessionCookieName()}=;`);
  if (former && answer.headers.getSetCookie().some(begins))
    await endSession(former.actor.sessionId, systemNow());
  return answer;
}

export { handle as GET, handlePost as POST };
