"use server";

import { redirect } from "next/navigation";
import type { Temporal } from "temporal-polyfill";
import type { UserActor } from "@/lib/access/types";
import { type Result, refuse } from "@/lib/core/result";
import { clearSealedCookie, readSealedCookie, setSealedCookie } from "@/lib/security/sealed-cookie";
import { newTotpSecret } from "@/lib/security/totp";
import { asUser, isUser } from "../ability";
import { CODES_COOKIE, ENROLMENT_COOKIE, ENROLMENT_MINUTES, SHOWN_CODES_MINUTES } from "../constants";
import { proveOwner } from "../mutations/proof";
import { removeSecondStep, renewRecoveryCodes, setSecondStep } from "../mutations/second-step";
import { formAction } from "../pipeline";
import {
  beginSecondStepSchema,
  changeSecondStepSchema,
  noFieldsSchema,
  setSecondStepSchema,
} from "../schema";
import { enterBrowser } from "../session-cookie";

const PAGE = "/account/second-step";
const LIMIT = { max: 60, windowSeconds: 900 };

/** Hands this browser a secret to prove. Nothing is stored before a code has shown that the app has it. */
const offerSecret = ({ sessionId }: UserActor, now: Temporal.Instant) =>
  setSealedCookie(ENROLMENT_COOKIE, sessionId, newTotpSecret(), { minutes: ENROLMENT_MINUTES, now });

/** Shows the codes in this browser for some minutes: stored are their hashes alone. */
const showCodes = ({ userId }: UserActor, codes: readonly string[], now: Temporal.Instant) =>
  setSealedCookie(CODES_COOKIE, userId, codes.join(" "), { minutes: SHOWN_CODES_MINUTES, now });

/** Field `password`, where there is one. Begins to set up a second step for an account that has none. */
export const beginSecondStepAction = formAction({
  name: "auth.begin-second-step",
  schema: beginSecondStepSchema,
  limit: LIMIT,
  allow: isUser,
  run: async ({ actor, input, now }) => {
    const user = asUser(actor);
    const proved = await proveOwner(user, { password: input.password, code: undefined }, now);
    if (!proved.ok) return proved;
    await offerSecret(user, now);
    redirect(PAGE);
  },
});

/** Field `code`. Ends the set-up: the app has shown that it knows the secret. */
export const setSecondStepAction = formAction({
  name: "auth.set-second-step",
  schema: setSecondStepSchema,
  limit: LIMIT,
  allow: isUser,
  run: async ({ actor, input, now, origin }) => {
    const user = asUser(actor);
    const secret = await readSealedCookie(ENROLMENT_COOKIE, user.sessionId, now);
    if (secret === undefined) return refuse("expired");
    const result = await setSecondStep(user, { secret, code: input.code }, origin, now);
    if (!result.ok) return result;
    await clearSealedCookie(ENROLMENT_COOKIE);
    await enterBrowser(result.value.session, now);
    await showCodes(user, result.value.codes, now);
    redirect(PAGE);
  },
});

/** Fields `what`, `code`, and `password` where there is one. Another app, new recovery codes, or no second step any more. */
export const changeSecondStepAction = formAction({
  name: "auth.change-second-step",
  schema: changeSecondStepSchema,
  limit: LIMIT,
  allow: isUser,
  run: async ({ actor, input, now, origin }) => {
    const user = asUser(actor);
    const proved = await proveOwner(user, input, now);
    if (!proved.ok) return proved;
    if (input.what === "app") await offerSecret(user, now);
    if (input.what === "codes") {
      const renewed = await renewRecoveryCodes(user, now);
      if (!renewed.ok) return renewed;
      await showCodes(user, renewed.value.codes, now);
    }
    if (input.what === "off") {
      const removed = await removeSecondStep(user, origin, now);
      if (!removed.ok) return removed;
      await enterBrowser(removed.value.session, now);
    }
    redirect(PAGE);
  },
});

/** Takes the recovery codes off the screen: they have been copied. */
export const hideCodesAction = formAction({
  name: "auth.hide-codes",
  schema: noFieldsSchema,
  limit: LIMIT,
  allow: isUser,
  run: async (): Promise<Result<undefined>> => {
    await clearSealedCookie(CODES_COOKIE);
    redirect("/account");
  },
});
