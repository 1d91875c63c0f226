import NextAuth from "next-auth";
import { refuseForeign } from "@/app/api/door";
import { sessionCookieName } from "@/lib/auth/constants";
import { loadSession } from "@/lib/auth/loaders";
import { endSession } from "@/lib/auth/mutations/sessions";
import { authOptions } from "@/lib/auth/options";
import { systemNow } from "@/lib/core/clock";

type Context = { params: Promise<{ nextauth: string[] }> };

const handle = (request: Request, context: Context): Promise<Response> =>
  NextAuth(authOptions())(request, context);

/**
 * next-auth has a token of its own against forged posts; the origin is looked at as at every other door. Whoever was signed in in a browser
 * no longer is once somebody signs in there, as at our own forms.
 */
async function handlePost(request: Request, context: Context): Promise<Response> {
  const foreign = await refuseForeign("auth", request);
  if (foreign) return foreign;
  const { nextauth } = await context.params;
  const former = nextauth.join("/") === "callback/credentials" ? await loadSession() : undefined;
  const answer = await handle(request, context);
  const begins = (cookie: string) =>
    cookie.startsWith(`${sessionCookieName()}=`) && !cookie.startsWith(`${sessionCookieName()}=;`);
  if (former && answer.headers.getSetCookie().some(begins))
    await endSession(former.actor.sessionId, systemNow(), former.actor.address);
  return answer;
}

export { handle as GET, handlePost as POST };
