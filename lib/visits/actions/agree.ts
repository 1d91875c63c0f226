"use server";

import { revalidatePath } from "next/cache";
import { formAction } from "@/lib/auth/pipeline";
import { refuse } from "@/lib/core/result";
import { loadLocale } from "@/lib/i18n/viewer";
import { loadChanger } from "../loaders/link";
import { agreeToVisit } from "../mutations/agree";
import { agreeSchema } from "../schema/agree";
import type { AgreeRefusal } from "../types/agree";

/** Fields `consent:<id>`: a patient agrees to what a visit that they did not book themselves is missing. */
export const agreeAction = formAction<typeof agreeSchema, AgreeRefusal>({
  name: "visits.agree",
  schema: agreeSchema,
  limit: { max: 60, windowSeconds: 3600 },
  allow: () => true,
  run: async ({ input: { consentTextIds, ...visit }, now }) => {
    const changer = await loadChanger(visit);
    if (!changer) return refuse("not_found");
    const { actor, appointmentId, path } = changer;
    const agreed = { appointmentId, consentTextIds, locale: await loadLocale() };
    const result = await agreeToVisit(actor, agreed, now);
    for (const shown of [path, "/account/consents"]) revalidatePath(shown);
    return result;
  },
});
