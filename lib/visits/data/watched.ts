import type { Temporal } from "temporal-polyfill";
import type { Db } from "@/lib/db/client";
import { toDate, toInstant } from "@/lib/time/instant";
import { insiderAs, type Known } from "../rules/participants";
import type { WatchedVisit } from "../rules/polling";

/** A visit whose conference is looked at, with what tells people in it apart. */
export type WatchedRow = WatchedVisit & {
  appointmentId: string;
  practitionerId: string;
  encounterId: string;
  conferenceRowId: string;
  trueconfId: string;
  /** As far as is known here, TrueConf records it. */
  recording: boolean;
  /** The practitioner's own account owns the conference, and not that of a colleague whose visit it was. */
  isOwn: boolean;
  /** Whose visit it is now: a colleague who handed it on and is still inside is a stranger in it. */
  known: Known;
};

/** How long before its start a scheduled conference is looked at. */
const AHEAD_MINUTES = 2;
const AT_MOST = 500;

/**
 * The conferences that exist on TrueConf, of visits in progress, of those whose practitioner is being rung, and of those whose time
 * has come. Nobody looks at a visit that is over, or far from its time. Unscoped, for the one watcher that looks after them all.
 */
export async function unsafeListWatched(
  db: Db,
  closesAfterMinutes: number,
  now: Temporal.Instant,
): Promise<WatchedRow[]> {
  const rows = await db.conference.findMany({
    where: {
      closedAt: null,
      OR: [
        // Also one that was lost and could not be made again so far.
        { encounter: { status: "in_progress" } },
        {
          openedAt: { not: null },
          encounter: {
            status: { in: ["planned", "arrived"] },
            OR: [
              { calledAt: { not: null } },
              {
                appointment: {
                  startAt: { lte: toDate(now.add({ minutes: AHEAD_MINUTES })) },
                  endAt: { gt: toDate(now.subtract({ minutes: closesAfterMinutes })) },
                },
              },
            ],
          },
        },
      ],
    },
    include: {
      encounter: {
        include: {
          guests: true,
          appointment: { include: { practitioner: { select: { trueconfUser: true } } } },
        },
      },
    },
    orderBy: { createdAt: "asc" },
    take: AT_MOST,
  });
  return rows.map(({ encounter, ...conference }) => {
    const { appointment } = encounter;
    const account =
      encounter.entry === "account" ? (appointment.practitioner.trueconfUser ?? undefined) : undefined;
    const ofOthers = (practitionerId: string | null) =>
      practitionerId !== null && practitionerId !== appointment.practitionerId;
    return {
      appointmentId: appointment.id,
      practitionerId: appointment.practitionerId,
      encounterId: encounter.id,
      conferenceRowId: conference.id,
      trueconfId: conference.trueconfId,
      recording: conference.recording,
      isOwn: account !== undefined && conference.owner === account,
      known: {
        accounts: account === undefined ? [] : [account],
        guests: encounter.guests
          .filter(({ practitionerId }) => !ofOthers(practitionerId))
          .map(({ guestId, ...person }) => ({ guestId, ...insiderAs(person) })),
      },
      encounterStatus: encounter.status as WatchedVisit["encounterStatus"],
      calledAt: encounter.calledAt ? toInstant(encounter.calledAt) : undefined,
      isVirtual: conference.isVirtual,
      startAt: toInstant(appointment.startAt),
      endAt: toInstant(appointment.endAt),
      startedAt: encounter.startedAt ? toInstant(encounter.startedAt) : undefined,
      wasRunning: conference.state === "running",
      selfStartedAt: conference.selfStartedAt ? toInstant(conference.selfStartedAt) : undefined,
      emptySince: conference.emptySince ? toInstant(conference.emptySince) : undefined,
      aloneSince: conference.aloneSince ? toInstant(conference.aloneSince) : undefined,
    };
  });
}
