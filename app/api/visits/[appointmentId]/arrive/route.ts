import { arrive } from "@/lib/visits/mutations/arrive";
import { visitCall } from "../call";

/** The waiting room's page says that somebody is there. */
export const POST = visitCall("visits.arrive", (actor, appointmentId, _locale, now) =>
  arrive(actor, appointmentId, now),
);
