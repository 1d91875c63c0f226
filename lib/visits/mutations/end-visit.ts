import { setTimeout as delay } from "node:timers/promises";
import type { Temporal } from "temporal-polyfill";
import type { Actor } from "@/lib/access/types";
import { logger } from "@/lib/core/logger";
import { ok, type Result } from "@/lib/core/result";
import { CLOSE_BUDGET_MS } from "../constants";
import { closeConference } from "./close-conference";
import { finishVisit } from "./finish";

/** Ends a visit for everybody, and waits a moment for TrueConf to stop and delete its conference; the job does it otherwise. */
export async function endVisit(
  actor: Actor,
  appointmentId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found" | "not_started">> {
  const finished = await finishVisit(actor, appointmentId, now);
  if (!finished.ok) return finished;
  const encounterId = finished.value;
  const closing = closeConference(encounterId, now).catch((error: unknown) => {
    logger().warn({ err: error, encounterId }, "visits: closing the conference is left to the job");
  });
  await Promise.race([closing, delay(CLOSE_BUDGET_MS)]);
  return ok();
}
