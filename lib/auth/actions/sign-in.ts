"use server";

import { redirect } from "next/navigation";
import { systemNow } from "@/lib/core/clock";
import { parseJson } from "@/lib/core/json";
import { refuse } from "@/lib/core/result";
import { readDevice } from "@/lib/security/device";
import { clearSealedCookie, readSealedCookie, setSealedCookie } from "@/lib/security/sealed-cookie";
import { PENDING_COOKIE, SIGN_IN_MINUTES } from "../constants";
import { hasPendingSignIn, loadSession, opensInvitation, opensPasswordReset } from "../loaders";
import { acceptInvitation } from "../mutations/invitation";
import { resetPassword } from "../mutations/password-reset";
import { endSession } from "../mutations/sessions";
import { signInWithCode, signInWithPassword } from "../mutations/sign-in";
import { formAction } from "../pipeline";
import { homeOf, safePath } from "../rules";
import { newPasswordSchema, pendingSignInSchema, signInCodeSchema, signInSchema } from "../schema";
import { clearSessionCookie, enterBrowser } from "../session-cookie";

const anybody = () => true;

/** Fields `email`, `password`, `next`. Leads on to `next`, to the user's own first page, or to the page that asks for the code. */
export const signInAction = formAction({
  name: "auth.sign-in",
  schema: signInSchema,
  limit: { max: 60, windowSeconds: 900 },
  spares: async ({ email }) => (await readDevice(email)) !== undefined,
  allow: anybody,
  run: async ({ input, now, origin }) => {
    const device = await readDevice(input.email);
    const result = await signInWithPassword(input, { ...origin, device }, now);
    if (!result.ok && result.reason === "second_step") {
      const pending = JSON.stringify({ ...result.pending, next: safePath(input.next) });
      await setSealedCookie(PENDING_COOKIE, "", pending, { minutes: SIGN_IN_MINUTES, now });
      redirect("/sign-in/code");
    }
    if (!result.ok) return result;
    await enterBrowser(result.value, now);
    redirect(safePath(input.next) ?? homeOf(result.value.roles));
  },
});

/** Field `code`. The second step of a sign-in: whose it is, the sealed cookie of the first one says. */
export const signInCodeAction = formAction({
  name: "auth.sign-in-code",
  schema: signInCodeSchema,
  limit: { max: 60, windowSeconds: 900 },
  // Their codes are counted for their account.
  spares: () => hasPendingSignIn(),
  allow: anybody,
  run: async ({ input, now, origin }) => {
    const kept = await readSealedCookie(PENDING_COOKIE, "", now);
    const pending = pendingSignInSchema.safeParse(parseJson(kept ?? ""));
    if (!pending.success) return refuse("sign_in_again");
    const { next, email } = pending.data;
    const device = await readDevice(email);
    const result = await signInWithCode(pending.data, input.code, { ...origin, device }, now);
    if (!result.ok) return result;
    await clearSealedCookie(PENDING_COOKIE);
    await enterBrowser(result.value, now);
    redirect(safePath(next) ?? homeOf(result.value.roles));
  },
});

/** Fields `token`, `password`, `repeat`. Sets an invited user's first password and signs in. */
export const acceptInvitationAction = formAction({
  name: "auth.accept-invitation",
  schema: newPasswordSchema,
  limit: { max: 20, windowSeconds: 900 },
  // A link that works was guessed by nobody.
  spares: ({ token }) => opensInvitation(token),
  allow: anybody,
  run: async ({ input, now, origin }) => {
    const result = await acceptInvitation(input, origin, now);
    if (!result.ok) return result;
    await enterBrowser(result.value, now);
    redirect(homeOf(result.value.roles));
  },
});

/** Fields `token`, `password`, `repeat`. Sets another password by an administrator's link, and signs in or asks for the code. */
export const resetPasswordAction = formAction({
  name: "auth.reset-password",
  schema: newPasswordSchema,
  limit: { max: 20, windowSeconds: 900 },
  spares: ({ token }) => opensPasswordReset(token),
  allow: anybody,
  run: async ({ input, now, origin }) => {
    const result = await resetPassword(input, origin, now);
    if (!result.ok && result.reason === "second_step") {
      const pending = JSON.stringify(result.pending);
      await setSealedCookie(PENDING_COOKIE, "", pending, { minutes: SIGN_IN_MINUTES, now });
      redirect("/sign-in/code");
    }
    if (!result.ok) return result;
    await enterBrowser(result.value, now);
    redirect(homeOf(result.value.roles));
  },
});

/** Ends the session in the database and in the browser. */
export const signOutAction = async (): Promise<void> => {
  const session = await loadSession();
  if (session) await endSession(session.actor.sessionId, systemNow(), session.actor.address);
  await clearSessionCookie();
  redirect("/");
};
