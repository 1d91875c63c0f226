import type { Temporal } from "temporal-polyfill";
import { logger } from "@/lib/core/logger";
import { db } from "@/lib/db/client";
import { toDate } from "@/lib/time/instant";
import { trueconf } from "@/lib/trueconf/client";
import type { Conference } from "@/lib/trueconf/types";
import { encounterTag } from "../constants";
import { readVisitSettings } from "../data/settings";
import { closeConference } from "./close-conference";
import { finishVisit } from "./finish";
import { installationTag } from "./installation";
import { moveConference } from "./move-conference";
import { openConference, reopenConference } from "./open-conference";

/** How much one sweep does at most; the next one, a minute later, goes on. */
const AT_MOST = 50;
const AHEAD_HOURS = 48;

/**
 * Brings conferences and visits together again, whatever was lost in between: makes those that are missing for the visits of
 * the next days, removes those of visits that are over, and compares what TrueConf has of ours with what it should have, both ways.
 * Each is idempotent, so two sweeps at once do no harm.
 */
export async function sweepConferences(now: Temporal.Instant): Promise<void> {
  await openMissing(now);
  await moveLeftBehind(now);
  await endAbandoned(now);
  await closeLeftOver(now);
  await compareWithServer(now);
}

/** Visits that should have ended by now, whatever their state. */
async function latestEnd(now: Temporal.Instant): Promise<Date> {
  const { closesAfterMinutes } = await readVisitSettings(db());
  return toDate(now.subtract({ minutes: closesAfterMinutes }));
}

async function openMissing(now: Temporal.Instant): Promise<void> {
  const missing = await db().appointment.findMany({
    where: {
      status: { in: ["booked", "arrived"] },
      endAt: { gt: toDate(now) },
      startAt: { lt: toDate(now.add({ hours: AHEAD_HOURS })) },
      encounter: { status: { in: ["planned", "arrived"] } },
      OR: [
        { encounter: { conference: null } },
        { encounter: { conference: { openedAt: null, closedAt: null } } },
      ],
    },
    orderBy: { startAt: "asc" },
    select: { id: true },
    take: AT_MOST,
  });
  for (const { id } of missing) {
    const opened = await openConference(id, now);
    // Nobody answers there: the others can wait for the next sweep.
    if (!opened.ok && opened.reason === "unavailable") return;
  }
}

/** Conferences that are open and could not follow their visit to its new time so far. */
async function moveLeftBehind(now: Temporal.Instant): Promise<void> {
  const leftBehind = await db().conference.findMany({
    where: {
      openedAt: { not: null },
      closedAt: null,
      lastFailure: { not: null },
      encounter: { status: { in: ["planned", "arrived"] }, appointment: { endAt: { gt: toDate(now) } } },
    },
    orderBy: { createdAt: "asc" },
    select: { encounter: { select: { appointmentId: true } } },
    take: AT_MOST,
  });
  for (const { encounter } of leftBehind) {
    const moved = await moveConference(encounter.appointmentId, now);
    if (!moved.ok && moved.reason === "unavailable") return;
  }
}

/** Ends visits that nobody ended: long past their time, and with nobody left in the conference. */
async function endAbandoned(now: Temporal.Instant): Promise<void> {
  const end = await latestEnd(now);
  const overdue = await db().conference.findMany({
    where: {
      closedAt: null,
      encounter: { status: "in_progress", appointment: { endAt: { lte: end } } },
    },
    orderBy: { createdAt: "asc" },
    select: { trueconfId: true, encounter: { select: { appointmentId: true } } },
    take: AT_MOST,
  });
  for (const { trueconfId, encounter } of overdue) {
    const inside = await trueconf().listParticipants(trueconfId);
    const isEmpty = inside.ok ? inside.value.length === 0 : inside.error.kind === "not_found";
    if (isEmpty) await finishVisit({ kind: "system" }, encounter.appointmentId, now);
  }
}

async function closeLeftOver(now: Temporal.Instant): Promise<void> {
  const end = await latestEnd(now);
  const leftOver = await db().conference.findMany({
    where: {
      closedAt: null,
      encounter: {
        OR: [
          { status: { in: ["finished", "cancelled"] } },
          { status: { in: ["planned", "arrived"] }, appointment: { endAt: { lte: end } } },
        ],
      },
    },
    orderBy: { createdAt: "asc" },
    select: { encounterId: true },
    take: AT_MOST,
  });
  for (const { encounterId } of leftOver) {
    const closed = await closeConference(encounterId, now);
    if (!closed.ok) {
      logger().warn({ encounterId }, "visits: a conference could not be removed yet");
      return;
    }
  }
}

/** TrueConf's list of what bears this installation's mark, beside ours. */
async function compareWithServer(now: Temporal.Instant): Promise<void> {
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
    await reopenConference(encounter.appointmentId, now);
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
