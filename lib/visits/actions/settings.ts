"use server";

import { revalidatePath } from "next/cache";
import { auditActor, hasRole } from "@/lib/access/rules";
import { formAction } from "@/lib/auth/pipeline";
import { saveVisitSettings } from "../mutations/settings";
import { visitSettingsSchema } from "../schema/settings";

export const saveVisitSettingsAction = formAction({
  name: "visits.settings",
  schema: visitSettingsSchema,
  limit: { max: 100, windowSeconds: 900 },
  allow: (actor) => hasRole(actor, "administrator"),
  run: async ({ actor, input, now }) => {
    const result = await saveVisitSettings(input, auditActor(actor), now);
    revalidatePath("/admin/settings");
    return result;
  },
});
