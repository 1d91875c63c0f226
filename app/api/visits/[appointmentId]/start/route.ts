import { startVisit } from "@/lib/visits/mutations/start";
import { startSchema } from "@/lib/visits/schema/start";
import { visitCall } from "../call";

/** The practitioner starts the visit, or returns to it: see `StartAnswer` and `JoinRefusal`. */
export const POST = visitCall(
  "visits.start",
  (actor, appointmentId, locale, now, { by }) => startVisit(actor, appointmentId, locale, now, by),
  startSchema,
);
