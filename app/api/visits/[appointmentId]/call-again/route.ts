import { callAgain } from "@/lib/visits/mutations/call-again";
import { visitCall } from "../call";

/** The practitioner opens a visit once more that was ended. */
export const POST = visitCall("visits.callAgain", (actor, appointmentId, _locale, now) =>
  callAgain(actor, appointmentId, now),
);
