import type { Temporal } from "temporal-polyfill";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import type { Conference } from "@/lib/db/generated/client";
import { toDate } from "@/lib/time/instant";
import { trueconf } from "@/lib/trueconf/client";
import { encounterTag } from "../constants";

/**
 * Stops and deletes the conference of an encounter that is over. An empty conference runs on for ever on TrueConf, so this
 * is repeated until TrueConf says that it is gone. Safe to repeat.
 */
export async function closeConference(
  encounterId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, "unavailable">> {
  const conference = await db().conference.findUnique({ where: { encounterId } });
  return conference ? close(conference, now) : ok();
}

/** Of a conference as it was read: another one that the visit may have got since is left alone. */
async function close(
  conference: Conference,
  now: Temporal.Instant,
): Promise<Result<undefined, "unavailable">> {
  if (conference.closedAt) return ok();
  const { encounterId } = conference;
  const ids = new Set([conference.trueconfId]);
  if (!conference.openedAt) {
    // The answer to its creation may have been lost, and with it an id that the server chose.
    const tagged = await trueconf().listConferences({ tag: encounterTag(encounterId) });
    if (!tagged.ok) return refuse("unavailable");
    const present = await db().conference.findUnique({
      where: { encounterId },
      select: { trueconfId: true },
    });
    for (const { id } of tagged.value) if (id !== present?.trueconfId) ids.add(id);
  }
  for (const id of ids) {
    // What is already stopped may answer 400; whether it is gone is what the deletion tells.
    const stopped = await trueconf().stopConference(id);
    if (!stopped.ok && !["not_found", "invalid"].includes(stopped.error.kind)) return refuse("unavailable");
    const deleted = await trueconf().deleteConference(id);
    if (!deleted.ok) return refuse("unavailable");
  }
  // Called again meanwhile, the visit has another one, which stays.
  await db().conference.updateMany({
    where: { id: conference.id, trueconfId: conference.trueconfId },
    data: {
      state: "stopped",
      closedAt: toDate(now),
      calendarGoogle: null,
      calendarOutlook: null,
      calendarIcs: null,
    },
  });
  return ok();
}

/** The same for a visit that is over at this moment: called again since it ended, it keeps its conference. */
export async function closeIfOver(
  encounterId: string,
  now: Temporal.Instant,
): Promise<Result<"closed" | "live", "unavailable">> {
  // Read in one statement: between two of them the visit may be called again, and the conference be the new one.
  const conference = await db().conference.findFirst({
    where: { encounterId, encounter: { status: { in: ["finished", "cancelled"] } } },
  });
  if (!conference) return ok("live");
  const closed = await close(conference, now);
  return closed.ok ? ok("closed") : closed;
}
