"use server";

import { redirect } from "next/navigation";
import { env } from "@/lib/core/env";
import { parseJson } from "@/lib/core/json";
import { refuse } from "@/lib/core/result";
import { loadLocale } from "@/lib/i18n/viewer";
import { oidcClient } from "@/lib/oidc/client";
import { rememberDevice } from "@/lib/security/device";
import { countAttempt } from "@/lib/security/rate-limit";
import { clearSealedCookie, readSealedCookie, setSealedCookie } from "@/lib/security/sealed-cookie";
import { PENDING_COOKIE, PROVIDER_COOKIE, SIGN_IN_MINUTES } from "../constants";
import { recordProviderRefusal, signInWithProvider } from "../mutations/provider";
import { formAction } from "../pipeline";
import { homeOf, safePath } from "../rules";
import { beginProviderSchema, providerAnswerSchema, providerRequestSchema } from "../schema";
import { setSessionCookie } from "../session-cookie";

const LIMIT = { max: 60, windowSeconds: 900 };

const anybody = () => true;

/** Field `next`. Begins a sign-in with the clinic's own accounts: leads to the page that sends the browser on to the provider. */
export const beginProviderAction = formAction({
  name: "auth.begin-provider",
  schema: beginProviderSchema,
  limit: LIMIT,
  allow: anybody,
  run: async ({ input, now, origin }) => {
    const begun = (await oidcClient()?.begin()) ?? refuse("provider_unasked");
    if (!begun.ok) {
      await recordProviderRefusal(begun.reason, origin, now);
      return refuse("provider_refused");
    }
    const kept = JSON.stringify({ ...begun.value, next: safePath(input.next) });
    await setSealedCookie(PROVIDER_COOKIE, "", kept, { minutes: SIGN_IN_MINUTES, now });
    redirect("/sign-in/provider");
  },
});

/** Field `answer`: what the provider sent the browser back with. It is looked at once, in the browser that went there. */
export const finishProviderAction = formAction({
  name: "auth.finish-provider",
  schema: providerAnswerSchema,
  limit: LIMIT,
  allow: anybody,
  run: async ({ input, now, origin }) => {
    const kept = providerRequestSchema.safeParse(
      parseJson((await readSealedCookie(PROVIDER_COOKIE, "", now)) ?? ""),
    );
    await clearSealedCookie(PROVIDER_COOKIE);
    const client = oidcClient();
    // A cookie can be copied. Who used the request first has used it up, wherever the copy is.
    const isFirst =
      kept.success &&
      (await countAttempt(
        "auth.provider-state",
        kept.data.state,
        { max: 1, windowSeconds: SIGN_IN_MINUTES * 60 },
        now,
      )) === undefined;
    const proved =
      client && isFirst
        ? await client.finish(new URLSearchParams(input.answer), kept.data)
        : refuse("provider_unasked");
    if (!proved.ok) {
      await recordProviderRefusal(proved.reason, origin, now);
      return refuse("provider_refused");
    }
    const next = kept.success ? kept.data.next : undefined;
    const context = { mapping: env().OIDC_ROLES, locale: await loadLocale(), origin, now };
    const result = await signInWithProvider(proved.value, context);
    if (!result.ok && result.reason === "second_step") {
      const pending = JSON.stringify({ ...result.pending, next });
      await setSealedCookie(PENDING_COOKIE, "", pending, { minutes: SIGN_IN_MINUTES, now });
      redirect("/sign-in/code");
    }
    if (!result.ok) return result;
    await rememberDevice(result.value.email, now);
    await setSessionCookie(result.value.sessionId, result.value.expiresAt, now);
    redirect(safePath(next) ?? homeOf(result.value.roles));
  },
});
