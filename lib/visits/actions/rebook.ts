"use server";

import { redirect } from "next/navigation";
import { formAction } from "@/lib/auth/pipeline";
import { refuse } from "@/lib/core/result";
import { loadViewer } from "@/lib/i18n/viewer";
import { loadActorAfterVisit } from "../loaders/link";
import { rebookMissed } from "../mutations/rebook";
import { rebookSchema } from "../schema/day";

/** Books another time in the place of a visit that did not take place, by account or by its personal link, and leads to it. */
export const rebookAction = formAction({
  name: "visits.rebook",
  schema: rebookSchema,
  limit: { max: 20, windowSeconds: 3600 },
  allow: () => true,
  run: async ({ input: { token, appointmentId, startAt }, now, origin: { address } }) => {
    const actor = await loadActorAfterVisit(token);
    const missed = actor.kind === "link" ? actor.appointmentId : appointmentId;
    if (missed === undefined) return refuse("not_found");
    const { locale, timeZone } = await loadViewer();
    const booked = await rebookMissed(
      { appointmentId: missed, startAt, locale, timeZone, address },
      actor,
      now,
    );
    if (!booked.ok) return booked;
    const { token: link, appointmentId: visit } = booked.value;
    redirect(link === undefined ? `/visit/${visit}?booked=1` : `/v/${link}?booked=1`);
  },
});
