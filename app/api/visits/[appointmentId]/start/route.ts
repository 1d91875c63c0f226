import { startVisit } from "@/lib/visits/mutations/start";
import { visitCall } from "../call";

/** The practitioner starts the visit, or comes back to it, and is let in. */
export const POST = visitCall("visits.start", startVisit);
