import type { Temporal } from "temporal-polyfill";
import { logger } from "@/lib/core/logger";
import { db } from "@/lib/db/client";
import { isBefore, toDate, toInstant } from "@/lib/time/instant";
import { readVisitSettings } from "../data/settings";
import { latestEndAt } from "../rules/overrun";
import { closeConference } from "./close-conference";
import { finishVisit } from "./finish";
import { moveConference } from "./move-conference";
import { openConference } from "./open-conference";

/** How much one sweep does at most; the next one, a minute later, goes on. */
const AT_MOST = 50;
const AHEAD_HOURS = 48;

/**
 * Brings conferences and visits together again, whatever was lost in between: makes those that are missing for the visits of
 * the next days, ends visits that everybody has forgotten, and removes the conferences of those that are over. It goes by the database, and
 * asks TrueConf nothing where nothing is amiss there. Each is idempotent, so two sweeps at once do no harm.
 */
export async function sweepConferences(now: Temporal.Instant): Promise<void> {
  await openMissing(now);
  await moveLeftBehind(now);
  await endOverrun(now);
  await closeLeftOver(now);
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

/**
 * Ends visits that nobody ended, by the clock alone: whoever may still be in one, and whether TrueConf answers or not. Those that stand
 * empty, or with somebody alone in them, whoever watches the conferences ends long before.
 */
async function endOverrun(now: Temporal.Instant): Promise<void> {
  const settings = await readVisitSettings(db());
  const overdue = await db().encounter.findMany({
    where: {
      status: "in_progress",
      appointment: { endAt: { lte: toDate(now.subtract({ minutes: settings.longestOverrunMinutes })) } },
    },
    orderBy: { createdAt: "asc" },
    select: { startedAt: true, appointment: { select: { id: true, startAt: true, endAt: true } } },
    take: AT_MOST,
  });
  for (const { startedAt, appointment } of overdue) {
    const times = { startAt: toInstant(appointment.startAt), endAt: toInstant(appointment.endAt) };
    const began = startedAt ? toInstant(startedAt) : undefined;
    if (isBefore(now, latestEndAt({ ...times, startedAt: began }, settings))) continue;
    logger().warn({ appointmentId: appointment.id }, "visits: a visit went on for too long and is ended");
    await finishVisit({ kind: "system" }, appointment.id, now);
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
