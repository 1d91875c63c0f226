"use server";

import { revalidatePath } from "next/cache";
import { redirect } from "next/navigation";
import { auditActor } from "@/lib/access/rules";
import { asUser } from "@/lib/auth/ability";
import { proveOwner } from "@/lib/auth/mutations/proof";
import { type DetailedRefusal, formAction } from "@/lib/auth/pipeline";
import { enterBrowser } from "@/lib/auth/session-cookie";
import { describeStranded } from "@/lib/availability/format/schedule";
import type { StrandedDto } from "@/lib/availability/types";
import { publishConsentText } from "@/lib/booking/mutations/consent-texts";
import {
  archiveIntakeQuestion,
  moveIntakeQuestion,
  saveIntakeQuestion,
} from "@/lib/booking/mutations/intake-questions";
import {
  consentTextSchema,
  intakeQuestionIdSchema,
  intakeQuestionSchema,
  moveQuestionSchema,
} from "@/lib/booking/schema/intake-questions";
import { type Result, refuse } from "@/lib/core/result";
import {
  changePractitionerEntry,
  createPractitioner,
  createVisitType,
  resendInvitation,
  updateVisitType,
} from "@/lib/directory/mutations";
import {
  newPractitionerSchema,
  newVisitTypeSchema,
  practitionerEntrySchema,
  practitionerIdSchema,
  practitionerSchema,
  visitTypeSchema,
} from "@/lib/directory/schema";
import type { PractitionerRefusal } from "@/lib/directory/types";
import { loadLocale } from "@/lib/i18n/viewer";
import { canAdminister } from "../ability";
import { createFirstAdministrator, updatePractitioner } from "../mutations/clinic";
import { firstAdministratorSchema } from "../schema/set-up";

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
  run: async ({ actor, input: { ownPassword, code, ...input }, now }) => {
    const proved = await proveOwner(asUser(actor), { password: ownPassword, code }, now);
    if (!proved.ok) return proved;
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
  run: async ({
    actor,
    input,
    now,
  }): Promise<
    | Result<unknown, PractitionerRefusal | "strands">
    | DetailedRefusal<PractitionerRefusal | "strands", StrandedDto>
  > => {
    const result = shown(await updatePractitioner(input, auditActor(actor), now));
    if (!("stranded" in result)) return result;
    const reader = { locale: await loadLocale(), now };
    return { ...refuse("strands"), detail: describeStranded(result.stranded, "/admin/calendar", reader) };
  },
});

export const changePractitionerEntryAction = formAction({
  name: "admin.practitioner-entry",
  schema: practitionerEntrySchema,
  limit: LIMIT,
  allow: canAdminister,
  run: async ({ actor, input, now }) => shown(await changePractitionerEntry(input, auditActor(actor), now)),
});

export const resendInvitationAction = formAction({
  name: "admin.resend-invitation",
  schema: practitionerIdSchema,
  limit: { max: 20, windowSeconds: 900 },
  allow: canAdminister,
  run: ({ actor, input, now }) => resendInvitation(input, auditActor(actor), now),
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

/** A new question, or one in the place of another: afterwards the form of the next is empty. */
export const saveIntakeQuestionAction = formAction({
  name: "admin.save-question",
  schema: intakeQuestionSchema,
  limit: LIMIT,
  allow: canAdminister,
  run: async ({ actor, input, now }) => {
    const result = shown(await saveIntakeQuestion(input, auditActor(actor), now));
    if (!result.ok) return result;
    redirect(`/admin/visit-types/${input.visitTypeId}#questions`);
  },
});

export const archiveIntakeQuestionAction = formAction({
  name: "admin.archive-question",
  schema: intakeQuestionIdSchema,
  limit: LIMIT,
  allow: canAdminister,
  run: async ({ actor, input, now }) => shown(await archiveIntakeQuestion(input, auditActor(actor), now)),
});

export const moveIntakeQuestionAction = formAction({
  name: "admin.move-question",
  schema: moveQuestionSchema,
  limit: LIMIT,
  allow: canAdminister,
  run: async ({ actor, input, now }) => shown(await moveIntakeQuestion(input, auditActor(actor), now)),
});

export const publishConsentTextAction = formAction({
  name: "admin.publish-consent",
  schema: consentTextSchema,
  limit: LIMIT,
  allow: canAdminister,
  run: async ({ actor, input, now }) => {
    const result = shown(await publishConsentText(input, auditActor(actor), now));
    if (!result.ok) return result;
    redirect("/admin/consents");
  },
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
    await enterBrowser(result.value, now);
    redirect("/admin");
  },
});
