import type { Temporal } from "temporal-polyfill";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { trueconf } from "@/lib/trueconf/client";
import type { JoinRefusal } from "../types/visit";
import { isRunAsAgreed, keepToConsent } from "./keep-to-consent";
import { refusalOf } from "./mint";
import { openConference, reopenConference } from "./open-conference";

/**
 * Has TrueConf run a visit's conference, recorded only as was agreed, and verifies both. One that is missing is made; one that somebody
 * deleted there is made once more. Safe to repeat.
 *
 * @returns its id on TrueConf
 */
export async function runConference(
  appointmentId: string,
  now: Temporal.Instant,
): Promise<Result<string, JoinRefusal>> {
  let lostId: string | undefined;
  for (let attempt = 1; attempt <= 2; attempt += 1) {
    const opened = lostId
      ? await reopenConference(appointmentId, lostId, now)
      : await openConference(appointmentId, now);
    if (!opened.ok) return refuse(OPEN_REFUSALS[opened.reason]);
    const kept = await keepToConsent(appointmentId, now);
    if (!kept.ok) return refuse(OPEN_REFUSALS[kept.reason]);
    const ran = await trueconf().runConference(opened.value);
    if (ran.ok) {
      if (!(await isRunAsAgreed(appointmentId, ran.value, now))) return refuse("video_unavailable");
      await noteRunning(appointmentId);
      return ok(opened.value);
    }
    if (ran.error.kind !== "not_found") return refuse(refusalOf(ran.error));
    lostId = opened.value;
  }
  return refuse("video_unavailable");
}

const noteRunning = (appointmentId: string) =>
  db().conference.updateMany({
    where: { encounter: { appointmentId }, closedAt: null },
    data: { state: "running", emptySince: null },
  });

const OPEN_REFUSALS = {
  closed: "ended",
  unavailable: "video_unavailable",
  misconfigured: "video_misconfigured",
  owner_missing: "owner_missing",
} as const;
