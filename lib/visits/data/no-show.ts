import type { Temporal } from "temporal-polyfill";
import { toDateColumn } from "@/lib/availability/mutations/weekly-hours";
import { unsafeIsInVisit } from "@/lib/booking/data/instant";
import type { Db } from "@/lib/db/client";
import { isBefore, toDate, toInstant } from "@/lib/time/instant";
import { dateIn } from "@/lib/time/zones";
import { type NoShowFacts, wasThere } from "../rules/no-show";
import { opensAt } from "../rules/windows";
import { type VisitRow, visitTimes } from "./visits";

/** What of a practitioner's day bears on who is missing. */
export type DaySigns = Pick<NoShowFacts, "toldMinutes" | "practitionerBusy">;

/** @param date of the practitioner's calendar */
export async function findDaySigns(
  db: Db,
  practitionerId: string,
  date: Temporal.PlainDate,
): Promise<DaySigns> {
  const delays = await listDelays(db, practitionerId, { from: date, to: date });
  const toldMinutes = delays.get(date.toString())?.toldMinutes ?? 0;
  return { toldMinutes, practitionerBusy: await unsafeIsInVisit(db, practitionerId) };
}

/**
 * How late a practitioner says that they run, and the most that they have said, by ISO civil date of their calendar.
 *
 * @param period both inclusive
 */
export async function listDelays(
  db: Db,
  practitionerId: string,
  { from, to }: { from: Temporal.PlainDate; to: Temporal.PlainDate },
): Promise<ReadonlyMap<string, { minutes: number; toldMinutes: number }>> {
  const rows = await db.delay.findMany({
    where: {
      practitionerId,
      date: { gte: toDateColumn(from.toString()), lte: toDateColumn(to.toString()) },
    },
  });
  return new Map(
    rows.map(({ date, minutes, toldMinutes }) => [
      dateIn(toInstant(date), "UTC").toString(),
      { minutes, toldMinutes },
    ]),
  );
}

/** What is known of who came to a visit, as it was read and on its day. */
export function noShowFacts(row: VisitRow, day: DaySigns): NoShowFacts {
  const times = visitTimes(row);
  const { arrivedAt, attendances, calledAt, messages } = row.encounter;
  const stays = attendances.map(({ side, toAt }) => ({ side, toAt: toAt ? toInstant(toAt) : undefined }));
  const opened = { patient: opensAt(times, "patient"), practitioner: opensAt(times, "practitioner") };
  const hasSpoken = messages.some(({ createdAt }) => !isBefore(toInstant(createdAt), opened.practitioner));
  return {
    ...times,
    ...day,
    patientCame: arrivedAt !== null || wasThere(stays, "patient", opened.patient),
    // Whose TrueConf account was rung has pressed the button.
    practitionerCame: hasSpoken || calledAt !== null || wasThere(stays, "practitioner", opened.practitioner),
    revertedAt: row.noShowRevertedAt ? toInstant(row.noShowRevertedAt) : undefined,
  };
}

/** The same for one visit. */
export const findNoShowFacts = async (db: Db, row: VisitRow): Promise<NoShowFacts> =>
  noShowFacts(
    row,
    await findDaySigns(db, row.practitionerId, dateIn(toInstant(row.startAt), row.practitioner.timeZone)),
  );

/**
 * Visits of the last day that should have begun by an instant and have not, of which nobody has said anything yet. The latest first:
 * older ones of which the clock says nothing shall not keep them from their turn. Unscoped, for the job that goes through the whole
 * clinic's.
 */
export async function unsafeListOverdue(
  db: Db,
  latestStart: Temporal.Instant,
  limit: number,
): Promise<string[]> {
  const rows = await db.appointment.findMany({
    where: {
      status: { in: ["booked", "arrived"] },
      startAt: { gt: toDate(latestStart.subtract({ hours: 24 })), lte: toDate(latestStart) },
      noShowRevertedAt: null,
      encounter: { status: { in: ["planned", "arrived"] } },
    },
    orderBy: [{ startAt: "desc" }, { id: "asc" }],
    select: { id: true },
    take: limit,
  });
  return rows.map(({ id }) => id);
}
