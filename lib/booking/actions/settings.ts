"use server";

import { revalidatePath } from "next/cache";
import { auditActor, hasRole } from "@/lib/access/rules";
import { formAction } from "@/lib/auth/pipeline";
import { saveBookingSettings } from "../mutations/settings";
import { bookingSettingsSchema } from "../schema/settings";

export const saveBookingSettingsAction = formAction({
  name: "booking.settings",
  schema: bookingSettingsSchema,
  limit: { max: 100, windowSeconds: 900 },
  allow: (actor) => hasRole(actor, "administrator"),
  run: async ({ actor, input, now }) => {
    const result = await saveBookingSettings(input, auditActor(actor), now);
    revalidatePath("/admin/settings");
    return result;
  },
});
