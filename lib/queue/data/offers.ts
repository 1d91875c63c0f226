import type { Temporal } from "temporal-polyfill";
import type { PatientScope } from "@/lib/access/types";
import { toDateColumn } from "@/lib/availability/mutations/weekly-hours";
import type { Db } from "@/lib/db/client";
import { toDate } from "@/lib/time/instant";
import { dateIn } from "@/lib/time/zones";

/** The kinds of visits that active practitioners of each specialty offer at once. */
export async function listOfferedNow(db: Db) {
  const specialties = await db.specialty.findMany({
    where: { practitioners: { some: OFFERS_NOW } },
    include: {
      practitioners: {
        where: OFFERS_NOW,
        select: {
          id: true,
          timeZone: true,
          languages: true,
          visitTypes: {
            where: { visitType: { active: true, offeredNow: true } },
            select: { visitType: true },
          },
        },
      },
    },
  });
  return specialties.map(({ practitioners, ...specialty }) => {
    const kinds = new Map(
      practitioners
        .flatMap(({ visitTypes }) => visitTypes)
        .map(({ visitType }) => [visitType.id, visitType] as const),
    );
    return {
      ...specialty,
      practitioners,
      visitTypes: [...kinds.values()].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime()),
    };
  });
}

const OFFERS_NOW = {
  active: true,
  visitTypes: { some: { visitType: { active: true, offeredNow: true } } },
} as const;

export type OfferedNow = Awaited<ReturnType<typeof listOfferedNow>>[number];

/** The weekly hours, in force today, of some practitioners who are in one zone. */
export async function listWeeklyHours(
  db: Db,
  practitionerIds: readonly string[],
  timeZone: string,
  now: Temporal.Instant,
): Promise<{ weekday: number; startTime: string; endTime: string }[]> {
  const today = toDateColumn(dateIn(now, timeZone).toString());
  return db.availabilityRule.findMany({
    where: {
      practitionerId: { in: [...practitionerIds] },
      AND: [
        { OR: [{ validFrom: null }, { validFrom: { lte: today } }] },
        { OR: [{ validTo: null }, { validTo: { gte: today } }] },
      ],
    },
    select: { weekday: true, startTime: true, endTime: true },
    orderBy: [{ weekday: "asc" }, { startTime: "asc" }],
  });
}

/** Everybody of a scope who waits, in all queues. */
export const listEveryone = (db: Db, scope: PatientScope) =>
  db.queueEntry.findMany({
    where: { status: "waiting", patient: scope },
    include: {
      patient: { select: { name: true } },
      specialty: { select: { names: true } },
      visitType: { select: { names: true } },
      offers: {
        where: { status: "open" },
        select: { practitioner: { select: { displayName: true } } },
      },
    },
    orderBy: [{ specialtyId: "asc" }, { priority: "desc" }, { joinedAt: "asc" }, { id: "asc" }],
  });

/** Everybody on duty whose page was there lately. */
export const listDuties = (db: Db, since: Temporal.Instant) =>
  db.queueDuty.findMany({
    where: { seenAt: { gte: toDate(since) } },
    include: {
      practitioner: { select: { displayName: true, specialty: { select: { names: true } } } },
    },
    orderBy: { since: "asc" },
  });
