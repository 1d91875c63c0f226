import { ok, refuse } from "@/lib/core/result";
import { loadVisitState } from "@/lib/visits/loaders/visit";
import { arrive } from "@/lib/visits/mutations/arrive";
import { visitCall } from "../call";

/** The waiting room's page says that somebody is there, and is told how the visit stands. */
export const POST = visitCall("visits.arrive", async (actor, appointmentId, _locale, now) => {
  const arrived = await arrive(actor, appointmentId, now);
  if (!arrived.ok) return arrived;
  const state = await loadVisitState(actor, appointmentId);
  return state ? ok(state) : refuse("not_found");
});
