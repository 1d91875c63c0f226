import type { Temporal } from "temporal-polyfill";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import { toDate, toInstant } from "@/lib/time/instant";
import { startOfDay } from "@/lib/time/zones";
import { explainStart } from "../rules/why-not";
import type { WhyNotOffered } from "../types";
import { loadClaims } from "./claims";
import { loadOfferedTypes, loadSchedules, withIds } from "./schedules";

type Start = { practitionerId: string; visitTypeId: string; at: Temporal.Instant };

/**
 * Every reason why patients are not offered a start of a visit type; none exactly where `findFreeSlots` has it. Where practitioner
 * or visit type cannot be booked at all, that is the only one.
 */
export async function whyNotOffered(
  db: Db,
  { practitionerId, visitTypeId, at, now }: Start & { now: Temporal.Instant },
): Promise<WhyNotOffered[]> {
  const [type] = await loadOfferedTypes(db, { visitTypeId });
  if (!type) return ["visit_type_inactive"];
  const period = { from: at, to: at.add({ milliseconds: 1 }) };
  const { practitioners, closures } = await loadSchedules(db, withIds([practitionerId]), [type], period);
  const [schedule] = practitioners;
  if (!schedule) return ["practitioner_inactive"];
  if (schedule.visitTypes.length === 0) return ["visit_type_not_given"];
  const claims = await loadClaims(db, [schedule.id], [type], period, {}, now);
  return explainStart(
    {
      timeZone: schedule.timeZone,
      rules: schedule.rules,
      overrides: schedule.overrides,
      busy: claims.busyOf(schedule.id),
      blocked: { closures, timesOff: schedule.timesOff, seats: claims.crowdedFor(schedule.entry) },
      bookedStarts: claims.startsOf(schedule.id, type.id),
      visitType: type,
      now: now.epochMilliseconds,
    },
    at.epochMilliseconds,
  );
}

/** A claim in the way of a visit: a visit's own, an offer of the waitlist, or a visitor's hold. */
export type Obstacle = {
  kind: "visit" | "offer" | "hold";
  appointmentId: string | null;
  start: Temporal.Instant;
  end: Temporal.Instant;
};

/** The practitioner's live claims that a visit which starts then would meet, with the buffers of both. */
export async function listObstacles(
  db: Db,
  { practitionerId, visitTypeId, at, now }: Start & { now: Temporal.Instant },
): Promise<Obstacle[]> {
  const [type] = await loadOfferedTypes(db, { visitTypeId });
  if (!type || !isId(practitionerId)) return [];
  const rows = await db.slot.findMany({
    where: {
      practitionerId,
      startAt: { lt: toDate(at.add({ minutes: type.durationMinutes + type.bufferAfterMinutes })) },
      endAt: { gt: toDate(at.subtract({ minutes: type.bufferBeforeMinutes })) },
      OR: [{ expiresAt: null }, { expiresAt: { gt: toDate(now) } }],
    },
    orderBy: { visitStartAt: "asc" },
  });
  return rows.map(({ status, appointmentId, visitStartAt, visitEndAt }) => ({
    kind: status === "busy" ? "visit" : appointmentId === null ? "hold" : "offer",
    appointmentId: status === "busy" ? appointmentId : null,
    start: toInstant(visitStartAt),
    end: toInstant(visitEndAt),
  }));
}

/** The names of the closures on a civil date of the clinic's. */
export async function listClosureTitles(db: Db, date: Temporal.PlainDate): Promise<string[]> {
  const on = toDate(startOfDay(date, "UTC"));
  const rows = await db.closure.findMany({
    where: { startOn: { lte: on }, endOn: { gte: on } },
    orderBy: { title: "asc" },
  });
  return rows.map(({ title }) => title);
}
