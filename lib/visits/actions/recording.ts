"use server";

import { revalidatePath } from "next/cache";
import { formAction } from "@/lib/auth/pipeline";
import { refuse } from "@/lib/core/result";
import { loadLocale } from "@/lib/i18n/viewer";
import { loadChanger } from "../loaders/link";
import { endWithdrawnRecording } from "../mutations/keep-to-consent";
import { agreeToRecording, withdrawRecording } from "../mutations/recording";
import { recordingSchema } from "../schema/recording";
import type { RecordingRefusal } from "../types/recording";

/** A patient says whether a visit may be recorded, by account or by the personal link whose token the form carries. */
export const recordingAction = formAction<typeof recordingSchema, RecordingRefusal>({
  name: "visits.recording",
  schema: recordingSchema,
  limit: { max: 60, windowSeconds: 3600 },
  allow: () => true,
  run: async ({ input: { answer, consentTextId, ...visit }, now }) => {
    const changer = await loadChanger(visit);
    if (!changer) return refuse("not_found");
    const { actor, appointmentId, path } = changer;
    const result =
      answer === "withdraw"
        ? await withdrawRecording(actor, appointmentId, now)
        : await agreeToRecording(
            actor,
            { appointmentId, consentTextId: consentTextId ?? "", locale: await loadLocale() },
            now,
          );
    // Should it fail, the job that was left with the withdrawal tries again.
    if (result.ok && answer === "withdraw") await endWithdrawnRecording(appointmentId, now);
    for (const shown of [path, "/account/consents"]) revalidatePath(shown);
    return result;
  },
});
