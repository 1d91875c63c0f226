import type { Temporal } from "temporal-polyfill";
import { logger } from "@/lib/core/logger";
import { ok } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic, practitionerTopic } from "@/lib/events/topics";
import { toDate } from "@/lib/time/instant";
import { trueconf } from "@/lib/trueconf/client";
import type { Conference } from "@/lib/trueconf/types";
import { readVisitSettings } from "../data/settings";
import { unsafeListWatched, type WatchedRow } from "../data/watched";
import { type Insider, insiderOf } from "../rules/participants";
import { nextPollSeconds, nextSteps, type Patience, type SeenConference } from "../rules/polling";
import { noteInside } from "./attendance";
import { finishVisit } from "./finish";
import { installationTag } from "./installation";
import { noteRecording } from "./keep-to-consent";
import { runConference } from "./run-conference";
import { openGateOfCalled } from "./start";

/** Where TrueConf does not answer, until it is asked again. */
const AGAIN_AFTER_FAILURE_SECONDS = 5;

/**
 * One look at TrueConf for all visits of the installation: one request for what runs, and one for each conference in which somebody
 * may be. What follows is written down, and told to the pages that show it.
 *
 * @returns the seconds until the next look
 */
export async function pollConferences(now: Temporal.Instant): Promise<number> {
  const settings = await readVisitSettings(db());
  const watched = await unsafeListWatched(db(), settings.closesAfterMinutes, now);
  if (watched.length === 0) return nextPollSeconds([], now);
  const running = await trueconf().listConferences({ state: "running", tag: installationTag() });
  if (!running.ok) return AGAIN_AFTER_FAILURE_SECONDS;
  const ids = new Map(running.value.map((conference) => [conference.id, conference]));
  for (const visit of watched) {
    try {
      await look(visit, ids.get(visit.trueconfId), settings, now);
    } catch (error) {
      // One visit's trouble is no reason to look at none of the others.
      logger().error(
        { err: error, encounterId: visit.encounterId },
        "visits: a conference could not be looked at",
      );
    }
  }
  await db().conference.updateMany({
    where: { id: { in: watched.map(({ conferenceRowId }) => conferenceRowId) } },
    data: { polledAt: toDate(now) },
  });
  return nextPollSeconds(watched, now);
}

async function look(
  visit: WatchedRow,
  seenNow: Conference | undefined,
  patience: Patience,
  now: Temporal.Instant,
): Promise<void> {
  const isRunning = seenNow !== undefined;
  // Somebody has turned it on at TrueConf itself: whoever is in the call is told.
  if (seenNow?.recording && !visit.recording) {
    logger().warn({ encounterId: visit.encounterId }, "visits: TrueConf records a call by itself");
    await noteRecording(visit.appointmentId, true, now);
  }
  if (isRunning !== visit.wasRunning) await note(visit, { state: isRunning ? "running" : "stopped" });
  const inside = isRunning ? await listInside(visit) : { count: 0, known: [] };
  // Its people could not be asked for: what follows from them waits for the next look.
  if (!inside) return;
  const changed = await noteInside(visit.encounterId, inside.known, now);
  // Where the licence has no seat for it, pages show who is inside, and that; it is tried again at every look.
  if (visit.calledAt && visit.encounterStatus !== "in_progress" && hasPractitioner(inside.known))
    await openGateOfCalled(visit.appointmentId, now);
  if (changed) await note(visit, {});
  const seen: SeenConference = { isRunning, participants: inside.count };
  for (const step of nextSteps(visit, seen, patience, now)) await take(visit, step, now);
}

const hasPractitioner = (inside: readonly Insider[]) => inside.some(({ side }) => side === "practitioner");

async function listInside(visit: WatchedRow): Promise<{ count: number; known: Insider[] } | undefined> {
  const answer = await trueconf().listParticipants(visit.trueconfId);
  if (!answer.ok) return undefined;
  const known = answer.value.flatMap(({ id, isOwner }) => {
    const insider = insiderOf(id, visit.known);
    // An account may be shown under another form of its name; that it owns the conference is as good.
    if (!insider && isOwner && visit.isOwn) return [{ side: "practitioner" as const, thirdPersonId: null }];
    return insider ? [insider] : [];
  });
  return { count: answer.value.length, known };
}

async function take(
  visit: WatchedRow,
  step: ReturnType<typeof nextSteps>[number],
  now: Temporal.Instant,
): Promise<void> {
  switch (step) {
    case "note_self_started":
      return note(visit, { selfStartedAt: toDate(now) });
    case "note_empty":
      return note(visit, { emptySince: toDate(now) });
    case "note_filled":
      return note(visit, { emptySince: null });
    case "note_alone":
      return note(visit, { aloneSince: toDate(now) });
    case "note_together":
      return note(visit, { aloneSince: null });
    case "run_again": {
      const ran = await runConference(visit.appointmentId, now);
      logger().warn(
        { encounterId: visit.encounterId, ok: ran.ok },
        "visits: a call was gone and is run again",
      );
      return note(visit, {});
    }
    case "run": {
      const ran = await trueconf().runConference(visit.trueconfId);
      // Marked either way: a licence that runs no more conferences at once is not asked again every few seconds.
      return note(visit, { selfStartedAt: toDate(now), state: ran.ok ? "running" : "stopped" });
    }
    case "stop": {
      const stopped = await trueconf().stopConference(visit.trueconfId);
      if (stopped.ok) await note(visit, { state: "stopped", emptySince: null });
      return;
    }
    case "finish":
      await finishVisit({ kind: "system" }, visit.appointmentId, now);
  }
}

/** Writes what was seen, and tells the pages of both sides. */
async function note(visit: WatchedRow, data: Prisma.ConferenceUpdateInput): Promise<void> {
  await transaction(async (tx) => {
    if (Object.keys(data).length > 0)
      await tx.conference.update({ where: { id: visit.conferenceRowId }, data });
    await publish(tx, [appointmentTopic(visit.appointmentId), practitionerTopic(visit.practitionerId)]);
    return ok();
  });
}
