import type { Temporal } from "temporal-polyfill";
import type { Db } from "@/lib/db/client";
import { toDate, toInstant } from "@/lib/time/instant";
import type { WatchedVisit } from "../rules/polling";

/** A visit whose conference is looked at, with what tells people in it apart. */
export type WatchedRow = WatchedVisit & {
  appointmentId: string;
  practitionerId: string;
  encounterId: string;
  conferenceRowId: string;
  trueconfId: string;
  state: "running" | "stopped";
  /** As far as is known here, TrueConf records it. */
  recording: boolean;
  /** The account under which the practitioner enters. */
  account: string | undefined;
  guests: { guestId: string; side: "patient" | "practitioner" | "third"; thirdPersonId: string | null }[];
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
      openedAt: { not: null },
      closedAt: null,
      encounter: {
        OR: [
          { status: "in_progress" },
          {
            status: { in: ["planned", "arrived"] },
            appointment: {
              startAt: { lte: toDate(now.add({ minutes: AHEAD_MINUTES })) },
              endAt: { gt: toDate(now.subtract({ minutes: closesAfterMinutes })) },
            },
          },
          { status: { in: ["planned", "arrived"] }, calledAt: { not: null } },
        ],
      },
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
    const { appointment, guests } = encounter;
    return {
      appointmentId: appointment.id,
      practitionerId: appointment.practitionerId,
      encounterId: encounter.id,
      conferenceRowId: conference.id,
      trueconfId: conference.trueconfId,
      state: conference.state,
      recording: conference.recording,
      account:
        encounter.entry === "account" ? (appointment.practitioner.trueconfUser ?? undefined) : undefined,
      guests: guests.map(({ guestId, patientId, practitionerId, thirdPersonId }) => ({
        guestId,
        side: patientId
          ? ("patient" as const)
          : practitionerId
            ? ("practitioner" as const)
            : ("third" as const),
        thirdPersonId,
      })),
      encounterStatus: encounter.status as WatchedVisit["encounterStatus"],
      isCalled: encounter.calledAt !== null,
      isVirtual: conference.isVirtual,
      startAt: toInstant(appointment.startAt),
      endAt: toInstant(appointment.endAt),
      selfStartedAt: conference.selfStartedAt ? toInstant(conference.selfStartedAt) : undefined,
      emptySince: conference.emptySince ? toInstant(conference.emptySince) : undefined,
    };
  });
}
