"use server";

import { setTimeout as delay } from "node:timers/promises";
import { redirect } from "next/navigation";
import { newToken } from "@/lib/core/ids";
import { ok, type Result } from "@/lib/core/result";
import { rememberDevice } from "@/lib/security/device";
import { readSealedCookie, setSealedCookie } from "@/lib/security/sealed-cookie";
import { hashToken } from "@/lib/security/tokens";
import { LINK_COOKIE, PENDING_COOKIE, SIGN_IN_LINK_MINUTES, SIGN_IN_MINUTES } from "../constants";
import { requestSignInLink, signInWithLink } from "../mutations/email-link";
import { formAction } from "../pipeline";
import { homeOf } from "../rules";
import { requestLinkSchema, signInLinkSchema } from "../schema";
import { setSessionCookie } from "../session-cookie";

/** Longer than the work takes, so that the time of the answer does not tell either whether there was any. */
const ANSWERS_AFTER_MS = 700;

const anybody = () => true;

/** Field `email`. Always answers the same, at the same time, whoever's address it is; and the browser is known again when the link comes. */
export const requestSignInLinkAction = formAction({
  name: "auth.request-link",
  schema: requestLinkSchema,
  limit: { max: 10, windowSeconds: 3600 },
  allow: anybody,
  run: async ({ input: { email }, now, origin }): Promise<Result<undefined>> => {
    const browser = (await readSealedCookie(LINK_COOKIE, "", now)) ?? newToken();
    await setSealedCookie(LINK_COOKIE, "", browser, { minutes: SIGN_IN_LINK_MINUTES, now });
    const browserHash = hashToken(browser);
    await Promise.all([requestSignInLink({ email, browserHash }, origin, now), delay(ANSWERS_AFTER_MS)]);
    return ok();
  },
});

/** Field `token`, of a mail's link. Signs in, or leads to the page that asks for the code. */
export const signInWithLinkAction = formAction({
  name: "auth.sign-in-link",
  schema: signInLinkSchema,
  limit: { max: 30, windowSeconds: 900 },
  allow: anybody,
  run: async ({ input: { token }, now, origin }) => {
    const browser = await readSealedCookie(LINK_COOKIE, "", now);
    const browserHash = browser === undefined ? undefined : hashToken(browser);
    const result = await signInWithLink({ token, browserHash }, origin, now);
    if (!result.ok && result.reason === "second_step") {
      const pending = JSON.stringify(result.pending);
      await setSealedCookie(PENDING_COOKIE, "", pending, { minutes: SIGN_IN_MINUTES, now });
      redirect("/sign-in/code");
    }
    if (!result.ok) return result;
    await rememberDevice(result.value.email, now);
    await setSessionCookie(result.value.sessionId, result.value.expiresAt, now);
    redirect(homeOf(result.value.roles));
  },
});
