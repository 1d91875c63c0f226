import "server-only";
import type { NextAuthOptions } from "next-auth";
import Credentials from "next-auth/providers/credentials";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { clientAddress } from "@/lib/security/address";
import { readDevice } from "@/lib/security/device";
import { returnCookieName, SESSION_LIMITS, sessionCookieName, sessionCookieOptions } from "./constants";
import { endSession } from "./mutations/sessions";
import { signInWithPassword } from "./mutations/sign-in";
import { signInSchema } from "./schema";

declare module "next-auth" {
  interface Session {
    /** The id of a row in our own table; everything else about a session is read from there. */
    sid: string | undefined;
  }
  interface User {
    id: string;
  }
}

declare module "next-auth/jwt" {
  interface JWT {
    sid?: string;
  }
}

/**
 * next-auth's configuration. A function, because a build has no configuration. The token holds the session row's id alone, and
 * the `update` trigger is ignored: a browser cannot write its own identity.
 */
export function authOptions(): NextAuthOptions {
  return {
    secret: env().AUTH_SECRET,
    session: { strategy: "jwt", maxAge: SESSION_LIMITS.patient.hours * 3600 },
    cookies: {
      sessionToken: {
        name: sessionCookieName(),
        options: sessionCookieOptions(),
      },
      // next-auth's own name for it does not keep other hosts of the domain from writing it.
      callbackUrl: { name: returnCookieName(), options: sessionCookieOptions() },
    },
    pages: { signIn: "/sign-in", error: "/sign-in" },
    providers: [
      Credentials({
        credentials: { email: {}, password: {} },
        async authorize(credentials, request) {
          const parsed = signInSchema.safeParse(credentials);
          if (!parsed.success) return null;
          const headers = new Headers(request.headers as Record<string, string> | undefined);
          const origin = {
            address: clientAddress(headers),
            userAgent: headers.get("user-agent") ?? undefined,
            device: await readDevice(parsed.data.email),
          };
          const result = await signInWithPassword(parsed.data, origin, systemNow());
          return result.ok ? { id: result.value.sessionId } : null;
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => (user ? { sid: user.id } : { sid: token.sid }),
      session: ({ session, token }) => ({ sid: token.sid, expires: session.expires }),
      redirect: ({ url, baseUrl }) =>
        url.startsWith("/") && !url.startsWith("//") ? `${baseUrl}${url}` : baseUrl,
    },
    events: {
      async signOut({ token }) {
        if (token.sid) await endSession(token.sid, systemNow());
      },
    },
  };
}
