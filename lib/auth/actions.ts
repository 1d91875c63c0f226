"use server";

import { redirect } from "next/navigation";
import { systemNow } from "@/lib/core/clock";
import { readDevice, rememberDevice } from "@/lib/security/device";
import { loadSession } from "./loaders";
import { acceptInvitation, endSession, signInWithPassword } from "./mutations";
import { formAction } from "./pipeline";
import { homeOf, safePath } from "./rules";
import { newPasswordSchema, signInSchema } from "./schema";
import { clearSessionCookie, setSessionCookie } from "./session-cookie";

const anybody = () => true;

/** Fields `email`, `password`, `next`. Leads on to `next` or to the user's own first page. */
export const signInAction = formAction({
  name: "auth.sign-in",
  schema: signInSchema,
  limit: { max: 60, windowSeconds: 900 },
  allow: anybody,
  run: async ({ input, now, origin }) => {
    const device = await readDevice(input.email);
    const result = await signInWithPassword(input, { ...origin, device }, now);
    if (!result.ok) return result;
    await rememberDevice(input.email, now);
    await setSessionCookie(result.value.sessionId, result.value.expiresAt, now);
    redirect(safePath(input.next) ?? homeOf(result.value.roles));
  },
});

/** Fields `token`, `password`, `repeat`. Sets an invited user's first password and signs in. */
export const acceptInvitationAction = formAction({
  name: "auth.accept-invitation",
  schema: newPasswordSchema,
  limit: { max: 20, windowSeconds: 900 },
  allow: anybody,
  run: async ({ input, now, origin }) => {
    const result = await acceptInvitation(input, origin, now);
    if (!result.ok) return result;
    await setSessionCookie(result.value.sessionId, result.value.expiresAt, now);
    redirect(homeOf(result.value.roles));
  },
});

/** Ends the session in the database and in the browser. */
export const signOutAction = async (): Promise<void> => {
  const session = await loadSession();
  if (session) await endSession(session.actor.sessionId, systemNow());
  await clearSessionCookie();
  redirect("/");
};
