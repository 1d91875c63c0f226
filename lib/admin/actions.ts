"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { auditActor } from "@/lib/access/rules";
import { formAction } from "@/lib/auth/pipeline";
import { setSessionCookie } from "@/lib/auth/session-cookie";
import { replaceWeeklyHours } from "@/lib/availability/mutations/weekly-hours";
import { weeklyHoursSchema } from "@/lib/availability/schema/weekly-hours";
import type { Result } from "@/lib/core/result";
import {
  createPractitioner,
  createVisitType,
  resendInvitation,
  updatePractitioner,
  updateVisitType,
} from "@/lib/directory/mutations";
import {
  newPractitionerSchema,
  newVisitTypeSchema,
  practitionerIdSchema,
  practitionerSchema,
  visitTypeSchema,
} from "@/lib/directory/schema";
import { loadLocale } from "@/lib/i18n/viewer";
import { canAdminister } from "./ability";
import { createFirstAdministrator } from "./mutations";
import { firstAdministratorSchema } from "./schema";

/** An administrator's forms are many and small; this only stops a script that has run away. */
const LIMIT = { max: 300, windowSeconds: 900 };

/** What is on screen shows the change at once. */
function shown<R extends Result<unknown, string>>(result: R): R {
  if (result.ok) revalidatePath("/admin", "layout");
  return result;
}

/** Invites a practitioner, then leads on to the page where hours are set. */
export const createPractitionerAction = formAction({
  name: "admin.create-practitioner",
  schema: newPractitionerSchema,
  limit: LIMIT,
  allow: canAdminister,
  run: async ({ actor, input, now }) => {
    const result = await createPractitioner(input, auditActor(actor), now);
    if (!result.ok) return result;
    redirect(`/admin/practitioners/${result.value.practitionerId}?added=1#hours`);
  },
});

export const updatePractitionerAction = formAction({
  name: "admin.update-practitioner",
  schema: practitionerSchema,
  limit: LIMIT,
  allow: canAdminister,
  run: async ({ actor, input, now }) => shown(await updatePractitioner(input, auditActor(actor), now)),
});

export const resendInvitationAction = formAction({
  name: "admin.resend-invitation",
  schema: practitionerIdSchema,
  limit: { max: 20, windowSeconds: 900 },
  allow: canAdminister,
  run: ({ actor, input, now }) => resendInvitation(input, auditActor(actor), now),
});

export const replaceWeeklyHoursAction = formAction({
  name: "admin.replace-hours",
  schema: weeklyHoursSchema,
  limit: LIMIT,
  allow: canAdminister,
  run: async ({ actor, input, now }) => shown(await replaceWeeklyHours(input, auditActor(actor), now)),
});

export const createVisitTypeAction = formAction({
  name: "admin.create-visit-type",
  schema: newVisitTypeSchema,
  limit: LIMIT,
  allow: canAdminister,
  run: async ({ actor, input, now }) => {
    const result = await createVisitType(input, auditActor(actor), now);
    if (!result.ok) return result;
    redirect("/admin/visit-types");
  },
});

export const updateVisitTypeAction = formAction({
  name: "admin.update-visit-type",
  schema: visitTypeSchema,
  limit: LIMIT,
  allow: canAdminister,
  run: async ({ actor, input, now }) => shown(await updateVisitType(input, auditActor(actor), now)),
});

/** Fields `token`, `name`, `email`, `password`, `repeat`. Makes the first administrator and signs them in. */
export const createFirstAdministratorAction = formAction({
  name: "admin.set-up",
  schema: firstAdministratorSchema,
  limit: { max: 20, windowSeconds: 900 },
  allow: () => true,
  run: async ({ input, now, origin }) => {
    const result = await createFirstAdministrator({ ...input, locale: await loadLocale() }, origin, now);
    if (!result.ok) return result;
    await setSessionCookie(result.value.sessionId, result.value.expiresAt, now);
    redirect("/admin");
  },
});
