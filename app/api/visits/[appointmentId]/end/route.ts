import { endVisit } from "@/lib/visits/mutations/end-visit";
import { visitCall } from "../call";

/** The practitioner ends the visit for everybody. */
export const POST = visitCall("visits.end", (actor, appointmentId, _locale, now) =>
  endVisit(actor, appointmentId, now),
);
