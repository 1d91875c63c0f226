import { logger } from "@/lib/core/logger";
import { db } from "@/lib/db/client";
import { trueconf } from "@/lib/trueconf/client";

/**
 * Has TrueConf take as many people into a visit's conference as are asked in. Of a running conference it changes nothing but the
 * description; where that is in the way and `mayRestart` allows it, the call is stopped and run again, and everybody who was in it
 * comes back by themselves within seconds.
 *
 * @returns whether there is room; also true while there is no conference yet, which will be made with enough
 */
export async function makeRoom(
  appointmentId: string,
  { mayRestart }: { mayRestart: boolean },
): Promise<boolean> {
  const conference = await db().conference.findFirst({
    where: { encounter: { appointmentId }, openedAt: { not: null }, closedAt: null },
  });
  if (!conference) return true;
  const { trueconfId: id, maxParticipants } = conference;
  const present = await trueconf().readMaxParticipants(id);
  if (present.ok && present.value !== undefined && present.value >= maxParticipants) return true;
  const changed = await trueconf().updateConference(id, { maxParticipants });
  if (changed.ok) return true;
  if (changed.error.kind !== "invalid" || !mayRestart) return false;
  const stopped = await trueconf().stopConference(id);
  if (!stopped.ok) return false;
  const widened = await trueconf().updateConference(id, { maxParticipants });
  const ran = await trueconf().runConference(id);
  logger().info({ encounterId: conference.encounterId }, "visits: a call was restarted to make room");
  return widened.ok && ran.ok;
}

/** Ends the call for everybody and begins it again, so that whoever has no way in any more stays out. */
export async function putOut(appointmentId: string): Promise<void> {
  const conference = await db().conference.findFirst({
    where: { encounter: { appointmentId, status: "in_progress" }, openedAt: { not: null }, closedAt: null },
  });
  if (!conference) return;
  const stopped = await trueconf().stopConference(conference.trueconfId);
  if (stopped.ok) await trueconf().runConference(conference.trueconfId);
}
