import { ok, refuse } from "@/lib/core/result";
import { readThirdPersonState } from "@/lib/visits/loaders/third";
import { arriveThirdPerson } from "@/lib/visits/mutations/third";
import { thirdCall } from "../call";

/** A third person's page says that somebody is at the door, and is told how it stands. */
export const POST = thirdCall("visits.arriveThird", async (token, now, from) => {
  const found = await readThirdPersonState(token);
  if (!found) return refuse("not_found");
  if (found.state.phase === "door") await arriveThirdPerson(found, now, from);
  return ok(found.state);
});
