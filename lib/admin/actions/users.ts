"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import type { Temporal } from "temporal-polyfill";
import { accountScope } from "@/lib/access/rules";
import type { Actor, UserActor } from "@/lib/access/types";
import { asUser } from "@/lib/auth/ability";
import { proveOwner } from "@/lib/auth/mutations/proof";
import { formAction } from "@/lib/auth/pipeline";
import { type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { canAdminister } from "../ability";
import { findAccountByEmail } from "../data/users";
import {
  changeRoles,
  endSessionsOfUser,
  inviteUser,
  resendUserInvitation,
  resetSecondStep,
  sendPasswordReset,
  setStanding,
  unlinkProvider,
} from "../mutations/users";
import {
  changeRolesSchema,
  confirmedUserSchema,
  findAccountSchema,
  inviteUserSchema,
  standingSchema,
  userIdSchema,
} from "../schema/users";
import type { AccountRefusal } from "../types/users";

const LIMIT = { max: 60, windowSeconds: 900 };
/** So that the form does not become a list of who has an account. */
const FIND_LIMIT = { max: 30, windowSeconds: 900 };

type Given = { ownPassword: string; code?: string | undefined };

/** Asks the administrator to show that it is they, before somebody else's account is changed. */
async function confirmed(
  actor: Actor,
  { ownPassword, code }: Given,
  now: Temporal.Instant,
  change: (administrator: UserActor) => Promise<Result<undefined, AccountRefusal>>,
) {
  const administrator = asUser(actor);
  const proved = await proveOwner(administrator, { password: ownPassword, code }, now);
  if (!proved.ok) return proved;
  const result = await change(administrator);
  if (result.ok) revalidatePath("/admin/users", "layout");
  return result;
}

/** Fields `name`, `email`, `locale`, `ownPassword`, `code`, and a box for each role. Leads on to the new account. */
export const inviteUserAction = formAction<typeof inviteUserSchema, AccountRefusal>({
  name: "admin.invite-user",
  schema: inviteUserSchema,
  limit: LIMIT,
  allow: canAdminister,
  run: async ({ actor, input: { ownPassword, code, ...input }, now }) => {
    const proved = await proveOwner(asUser(actor), { password: ownPassword, code }, now);
    if (!proved.ok) return proved;
    const invited = await inviteUser(asUser(actor), input, now);
    if (!invited.ok) return invited;
    redirect(`/admin/users/${invited.value.userId}`);
  },
});

/** Field `userId`. */
export const resendUserInvitationAction = formAction<typeof userIdSchema, AccountRefusal>({
  name: "admin.resend-user-invitation",
  schema: userIdSchema,
  limit: LIMIT,
  allow: canAdminister,
  run: ({ actor, input, now }) => resendUserInvitation(asUser(actor), input.userId, now),
});

/** Fields `userId`, `ownPassword`, `code`, and a box for each role. */
export const changeRolesAction = formAction<typeof changeRolesSchema, AccountRefusal>({
  name: "admin.change-roles",
  schema: changeRolesSchema,
  limit: LIMIT,
  allow: canAdminister,
  run: ({ actor, input, now }) =>
    confirmed(actor, input, now, (administrator) => changeRoles(administrator, input, now)),
});

/** Fields `userId`, `standing`, `ownPassword`, `code`. */
export const setStandingAction = formAction<typeof standingSchema, AccountRefusal>({
  name: "admin.set-standing",
  schema: standingSchema,
  limit: LIMIT,
  allow: canAdminister,
  run: ({ actor, input, now }) =>
    confirmed(actor, input, now, (administrator) => setStanding(administrator, input, now)),
});

/** Fields `userId`, `ownPassword`, `code`. */
export const resetSecondStepAction = formAction<typeof confirmedUserSchema, AccountRefusal>({
  name: "admin.reset-second-step",
  schema: confirmedUserSchema,
  limit: LIMIT,
  allow: canAdminister,
  run: ({ actor, input, now }) =>
    confirmed(actor, input, now, (administrator) => resetSecondStep(administrator, input.userId, now)),
});

/** Fields `userId`, `ownPassword`, `code`. */
export const sendPasswordResetAction = formAction<typeof confirmedUserSchema, AccountRefusal>({
  name: "admin.send-password-reset",
  schema: confirmedUserSchema,
  limit: LIMIT,
  allow: canAdminister,
  run: ({ actor, input, now }) =>
    confirmed(actor, input, now, (administrator) => sendPasswordReset(administrator, input.userId, now)),
});

/** Fields `userId`, `ownPassword`, `code`. */
export const unlinkProviderAction = formAction<typeof confirmedUserSchema, AccountRefusal>({
  name: "admin.unlink-provider",
  schema: confirmedUserSchema,
  limit: LIMIT,
  allow: canAdminister,
  run: ({ actor, input, now }) =>
    confirmed(actor, input, now, (administrator) => unlinkProvider(administrator, input.userId, now)),
});

/** Field `userId`. */
export const endSessionsOfUserAction = formAction<typeof userIdSchema, AccountRefusal>({
  name: "admin.end-sessions",
  schema: userIdSchema,
  limit: LIMIT,
  allow: canAdminister,
  run: async ({ actor, input, now }) => {
    const ended = await endSessionsOfUser(asUser(actor), input.userId, now);
    if (ended.ok) revalidatePath("/admin/users", "layout");
    return ended;
  },
});

/** Field `email`. Leads on to the account of exactly this address, a patient's too; the address stays out of the page's own. */
export const findAccountAction = formAction<typeof findAccountSchema, AccountRefusal>({
  name: "admin.find-account",
  schema: findAccountSchema,
  limit: FIND_LIMIT,
  allow: canAdminister,
  run: async ({ actor, input }) => {
    const userId = await findAccountByEmail(db(), accountScope(actor), input.email);
    if (!userId) return refuse("not_found");
    redirect(`/admin/users/${userId}`);
  },
});
