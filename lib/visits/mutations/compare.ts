import type { Temporal } from "temporal-polyfill";
import { logger } from "@/lib/core/logger";
import { db } from "@/lib/db/client";
import { toDate } from "@/lib/time/instant";
import { trueconf } from "@/lib/trueconf/client";
import type { Conference } from "@/lib/trueconf/types";
import { encounterTag } from "../constants";
import { installationTag } from "./installation";
import { reopenConference } from "./open-conference";

/** How much one comparison makes again at most; the next one goes on. Whoever watches what goes on now waits for it. */
const AT_MOST = 5;

/**
 * Compares what TrueConf has that bears this installation's mark with what it should have, both ways: what is gone there is made again
 * for visits that nobody has started, and what is nobody's is removed. One in progress is looked at more closely: see `poll`.
 */
export async function compareConferences(now: Temporal.Instant): Promise<void> {
  // Ours first: what is opened meanwhile is then on their list and not on ours, and has a row by the time that is asked.
  const open = await db().conference.findMany({
    where: {
      openedAt: { not: null },
      closedAt: null,
      encounter: { status: { in: ["planned", "arrived"] }, appointment: { endAt: { gt: toDate(now) } } },
    },
    orderBy: { encounter: { appointment: { startAt: "asc" } } },
    select: { trueconfId: true, encounter: { select: { appointmentId: true } } },
  });
  const marked = await trueconf().listConferences({ tag: installationTag() });
  if (!marked.ok) return;
  await removeOrphans(marked.value);
  const there = new Set(marked.value.map(({ id }) => id));
  const lost = open.filter(({ trueconfId }) => !there.has(trueconfId)).slice(0, AT_MOST);
  for (const { trueconfId, encounter } of lost) {
    // Somebody may only have taken the mark off.
    const found = await trueconf().getConference(trueconfId);
    if (found.ok || found.error.kind !== "not_found") continue;
    logger().warn(
      { appointmentId: encounter.appointmentId },
      "visits: a conference is gone and is made again",
    );
    await reopenConference(encounter.appointmentId, trueconfId, now);
  }
}

/**
 * Conferences on TrueConf that bear this installation's mark and are nobody's any more: of visits that are not in this database
 * (it was restored from an older copy, say), that are over, or that have another conference now.
 */
async function removeOrphans(marked: readonly Conference[]): Promise<void> {
  if (marked.length === 0) return;
  const rows = await db().conference.findMany({
    where: { trueconfId: { in: marked.map(({ id }) => id) }, closedAt: null },
    select: { trueconfId: true },
  });
  // One whose creation is still on its way has its row already, but perhaps not yet the server's own id for it.
  const opening = await db().conference.findMany({
    where: { openedAt: null, closedAt: null },
    select: { encounterId: true },
  });
  const kept = new Set([
    ...rows.map(({ trueconfId }) => trueconfId),
    ...opening.map(({ encounterId }) => encounterTag(encounterId)),
  ]);
  const orphans = marked.filter(({ id, tags }) => !kept.has(id) && !tags.some((tag) => kept.has(tag)));
  for (const { id } of orphans.slice(0, AT_MOST)) {
    logger().warn({ conferences: orphans.length }, "visits: a conference is nobody's and is removed");
    await trueconf().discardConference(id);
  }
}
