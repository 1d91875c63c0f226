"use server";

import { setTimeout as delay } from "node:timers/promises";
import { redirect } from "next/navigation";
import { asUser, isUser } from "../ability";
import { changeEmail, requestEmailChange } from "../mutations/email-change";
import { proveOwner } from "../mutations/proof";
import { formAction } from "../pipeline";
import { changeEmailSchema, signInLinkSchema } from "../schema";
import { enterBrowser } from "../session-cookie";

/** Longer than the work takes, so that the time of the answer does not tell whether a mailbox has had its mails for now. */
const ANSWERS_AFTER_MS = 700;

/** Fields `email`, and `ownPassword` and `code` where there are such. Sends a link to the new address, whoever's it is. */
export const requestEmailChangeAction = formAction({
  name: "auth.request-email-change",
  schema: changeEmailSchema,
  limit: { max: 10, windowSeconds: 3600 },
  allow: isUser,
  run: async ({ actor, input, now, origin }) => {
    const user = asUser(actor);
    const proved = await proveOwner(user, { password: input.ownPassword, code: input.code }, now);
    if (!proved.ok) return proved;
    const [asked] = await Promise.all([
      requestEmailChange(user, input.email, origin, now),
      delay(ANSWERS_AFTER_MS),
    ]);
    return asked;
  },
});

/** Field `token`, of the mail's link. The address is the account's from then on, and every other session ends. */
export const changeEmailAction = formAction({
  name: "auth.change-email",
  schema: signInLinkSchema,
  limit: { max: 30, windowSeconds: 900 },
  allow: isUser,
  run: async ({ actor, input: { token }, now, origin }) => {
    const changed = await changeEmail(asUser(actor), token, origin, now);
    if (!changed.ok) return changed;
    await enterBrowser(changed.value.session, now);
    redirect("/account?changed=email");
  },
});
