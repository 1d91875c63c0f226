"use server";

import { redirect } from "next/navigation";
import type { Temporal } from "temporal-polyfill";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { parseJson } from "@/lib/core/json";
import { refuse } from "@/lib/core/result";
import { loadLocale } from "@/lib/i18n/viewer";
import { oidcClient } from "@/lib/oidc/client";
import { clearSealedCookie, readSealedCookie, setSealedCookie } from "@/lib/security/sealed-cookie";
import { asUser, isUser } from "../ability";
import { PENDING_COOKIE, PROVIDER_COOKIE, PROVIDER_PROOF_COOKIE, SIGN_IN_MINUTES } from "../constants";
import { proveByAnswer } from "../mutations/proof";
import { beginWithProvider, signInByAnswer } from "../mutations/provider";
import { formAction } from "../pipeline";
import { homeOf, safePath } from "../rules";
import { beginProviderSchema, providerAnswerSchema, providerRequestSchema } from "../schema";
import { enterBrowser } from "../session-cookie";
import type { ErrandRefusal } from "../types";

const LIMIT = { max: 60, windowSeconds: 900 };
/** Of an address, behind which a whole clinic may begin its day. */
const BEGINNING = { max: 600, windowSeconds: 900 };

const anybody = () => true;

/** What this browser has kept since it was sent to the provider, which is good for one answer. */
async function takeKept(cookie: string, owner: string, now: Temporal.Instant) {
  const kept = await readSealedCookie(cookie, owner, now);
  await clearSealedCookie(cookie);
  return providerRequestSchema.safeParse(parseJson(kept ?? "")).data;
}

/** Field `next`. Begins a sign-in with the clinic's own accounts: leads to the page that sends the browser on to the provider. */
export const beginProviderAction = formAction({
  name: "auth.begin-provider",
  schema: beginProviderSchema,
  limit: BEGINNING,
  allow: anybody,
  run: async ({ input, now, origin }) => {
    const begun = await beginWithProvider(oidcClient(), origin, now);
    if (!begun.ok) return begun;
    const kept = JSON.stringify({ ...begun.value, next: safePath(input.next) });
    await clearSealedCookie(PROVIDER_PROOF_COOKIE);
    await setSealedCookie(PROVIDER_COOKIE, "", kept, { minutes: SIGN_IN_MINUTES, now });
    redirect("/sign-in/provider");
  },
});

/** Field `answer`: what the provider sent the browser back with. It is looked at once, in the browser that went there. */
export const finishProviderAction = formAction<typeof providerAnswerSchema, ErrandRefusal>({
  name: "auth.finish-provider",
  schema: providerAnswerSchema,
  limit: LIMIT,
  // Who was sent there from this browser waits for nobody who shares their address.
  spares: async () => (await readSealedCookie(PROVIDER_COOKIE, "", systemNow())) !== undefined,
  allow: anybody,
  run: async ({ input, now, origin }) => {
    const kept = await takeKept(PROVIDER_COOKIE, "", now);
    const result = await signInByAnswer(
      oidcClient(),
      { answer: new URLSearchParams(input.answer), kept },
      { mapping: env().OIDC_ROLES, locale: await loadLocale(), origin, now },
    );
    if (!result.ok && result.reason === "second_step") {
      const pending = JSON.stringify({ ...result.pending, next: kept?.next });
      await setSealedCookie(PENDING_COOKIE, "", pending, { minutes: SIGN_IN_MINUTES, now });
      redirect("/sign-in/code");
    }
    if (!result.ok) return result;
    await enterBrowser(result.value, now);
    redirect(safePath(kept?.next) ?? homeOf(result.value.roles));
  },
});

/**
 * Field `next`. Sends whoever is signed in to the clinic's own provider once more, to sign in there anew: the proof of those who have no
 * password here. One errand at a time: a sign-in that was begun in this browser is forgotten.
 */
export const beginProofAction = formAction({
  name: "auth.begin-proof",
  schema: beginProviderSchema,
  limit: LIMIT,
  allow: isUser,
  run: async ({ actor, input, now, origin }) => {
    const begun = await beginWithProvider(oidcClient(), origin, now, { anew: true });
    if (!begun.ok) return refuse("proof_refused");
    const kept = JSON.stringify({ ...begun.value, next: safePath(input.next) });
    await clearSealedCookie(PROVIDER_COOKIE);
    await setSealedCookie(PROVIDER_PROOF_COOKIE, asUser(actor).sessionId, kept, {
      minutes: SIGN_IN_MINUTES,
      now,
    });
    redirect("/sign-in/provider");
  },
});

/** Field `answer`. Takes the new sign-in as a proof of the session that asked for it, and leads back to where it was asked for. */
export const finishProofAction = formAction<typeof providerAnswerSchema, ErrandRefusal>({
  name: "auth.finish-proof",
  schema: providerAnswerSchema,
  limit: LIMIT,
  allow: isUser,
  run: async ({ actor, input, now, origin }) => {
    const user = asUser(actor);
    const kept = await takeKept(PROVIDER_PROOF_COOKIE, user.sessionId, now);
    const answer = new URLSearchParams(input.answer);
    const proved = await proveByAnswer(oidcClient(), { answer, kept }, user, origin, now);
    if (!proved.ok) return proved;
    redirect(safePath(kept?.next) ?? "/account");
  },
});
