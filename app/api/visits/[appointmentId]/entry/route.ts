import { changeEntry } from "@/lib/visits/mutations/entry";
import { entrySchema } from "@/lib/visits/schema/start";
import { visitCall } from "../call";

/** The practitioner chooses how to enter this one visit. */
export const POST = visitCall(
  "visits.entry",
  (actor, appointmentId, _locale, now, { entry }) => changeEntry(actor, appointmentId, entry, now),
  entrySchema,
);
