"use server";

import { redirect } from "next/navigation";
import { asUser, isUser } from "../ability";
import { changePassword } from "../mutations/password";
import { proveOwner } from "../mutations/proof";
import { formAction } from "../pipeline";
import { changePasswordSchema } from "../schema";
import { enterBrowser } from "../session-cookie";

/** Fields `ownPassword` and `code` where there are such, `password`, `repeat`. Ends every other session. */
export const changePasswordAction = formAction({
  name: "auth.change-password",
  schema: changePasswordSchema,
  limit: { max: 30, windowSeconds: 900 },
  allow: isUser,
  run: async ({ actor, input, now, origin }) => {
    const user = asUser(actor);
    const proved = await proveOwner(user, { password: input.ownPassword, code: input.code }, now);
    if (!proved.ok) return proved;
    const changed = await changePassword(user, input.password, origin, now);
    if (!changed.ok) return changed;
    await enterBrowser(changed.value.session, now);
    redirect("/account?changed=password");
  },
});
