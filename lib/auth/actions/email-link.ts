"use server";

import { setTimeout as delay } from "node:timers/promises";
import { redirect } from "next/navigation";
import type { Temporal } from "temporal-polyfill";
import { systemNow } from "@/lib/core/clock";
import { newToken } from "@/lib/core/ids";
import { ok, type Result } from "@/lib/core/result";
import { loadViewer } from "@/lib/i18n/viewer";
import { SIGN_IN_LINK_MINUTES, SIGN_IN_REQUEST_MINUTES } from "@/lib/security/access-link";
import { readDevice } from "@/lib/security/device";
import { readSealedCookie, setSealedCookie } from "@/lib/security/sealed-cookie";
import { hashToken } from "@/lib/security/tokens";
import { asUser, isUser } from "../ability";
import { LINK_COOKIE, PENDING_COOKIE, SIGN_IN_MINUTES } from "../constants";
import { requestProofByMail, requestSignInLink, signInWithLink } from "../mutations/email-link";
import { formAction } from "../pipeline";
import { homeOf, safePath } from "../rules";
import { proveByMailSchema, registrationSchema, requestLinkSchema, signInLinkSchema } from "../schema";
import { enterBrowser } from "../session-cookie";

/** Longer than the work takes, so that the time of the answer does not tell either whether a mailbox has had its mails for now. */
const ANSWERS_AFTER_MS = 700;
const LIMIT = { max: 10, windowSeconds: 3600 };
/** Of an address, which a whole clinic's waiting room or a mobile network may share; mailboxes have bounds of their own. */
const ASKING = { max: 60, windowSeconds: 3600 };

/** A browser that the account knows asks for itself, whoever shares its address. */
const isKnown = async ({ email }: { email: string }) => (await readDevice(email)) !== undefined;

const anybody = () => true;

/** What this browser is known by again when the link comes. */
async function rememberBrowser(now: Temporal.Instant) {
  const browser = (await readSealedCookie(LINK_COOKIE, "", now)) ?? newToken();
  // Until the mail has come, which may be late, and its link has ended.
  const minutes = SIGN_IN_REQUEST_MINUTES + SIGN_IN_LINK_MINUTES;
  await setSealedCookie(LINK_COOKIE, "", browser, { minutes, now });
  return hashToken(browser);
}

/** Field `email`. Always answers the same, at the same time, whoever's address it is. */
export const requestSignInLinkAction = formAction({
  name: "auth.request-link",
  schema: requestLinkSchema,
  limit: ASKING,
  spares: isKnown,
  allow: anybody,
  run: async ({ input: { email }, now, origin }): Promise<Result<undefined>> => {
    const browserHash = await rememberBrowser(now);
    const device = await readDevice(email);
    await Promise.all([
      requestSignInLink({ email, browserHash }, { ...origin, device }, now),
      delay(ANSWERS_AFTER_MS),
    ]);
    return ok();
  },
});

/** Fields `name`, `email`. Always answers the same, at the same time, whoever's address it is: who has an account gets a link to sign in. */
export const registerAction = formAction({
  name: "auth.register",
  schema: registrationSchema,
  limit: ASKING,
  spares: isKnown,
  allow: anybody,
  run: async ({ input: { name, email }, now, origin }): Promise<Result<undefined>> => {
    const { locale, timeZone } = await loadViewer();
    const browserHash = await rememberBrowser(now);
    const registration = { name, locale, timeZone };
    const device = await readDevice(email);
    await Promise.all([
      requestSignInLink({ email, browserHash, registration }, { ...origin, device }, now),
      delay(ANSWERS_AFTER_MS),
    ]);
    return ok();
  },
});

/** Field `next`. Sends a link to the asker's own address, for whoever has no password to show that it is they. */
export const proveByMailAction = formAction({
  name: "auth.prove-by-mail",
  schema: proveByMailSchema,
  limit: LIMIT,
  allow: isUser,
  run: async ({ actor, input: { next }, now, origin }): Promise<Result<undefined>> => {
    const browserHash = await rememberBrowser(now);
    await requestProofByMail(asUser(actor).userId, { browserHash, next }, origin, now);
    return ok();
  },
});

/** Field `token`, of a mail's link. Signs in, or leads to the page that asks for the code. */
export const signInWithLinkAction = formAction({
  name: "auth.sign-in-link",
  schema: signInLinkSchema,
  limit: { max: 30, windowSeconds: 900 },
  // Who asked for a link from this browser waits for nobody who shares their address; what is pressed without it opens nothing.
  spares: async () => (await readSealedCookie(LINK_COOKIE, "", systemNow())) !== undefined,
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
    await enterBrowser(result.value, now);
    redirect(safePath(result.value.next) ?? homeOf(result.value.roles));
  },
});
