import type { Temporal } from "temporal-polyfill";
import { within } from "@/lib/access/rules";
import type { AppointmentScope } from "@/lib/access/types";
import type { Db } from "@/lib/db/client";
import { toDate } from "@/lib/time/instant";
import { RETURN_AFTER_SECONDS, RETURN_WITHIN_MINUTES } from "../constants";

export type Unstarted = {
  appointmentId: string;
  practitionerId: string;
  encounterId: string;
  entryId: string;
  specialtyId: string;
  patientPseudonym: string;
  /** Whether the patient's page of the visit is open. */
  isPatientThere: boolean;
};

/**
 * The visits of a scope that were accepted from a line and have not begun, and at which no practitioner has been for long enough: neither at
 * the visit's page, nor in its conference, nor rung. One that a colleague is being asked to take waits for the answer, and for the colleague
 * to come; and one that was held, or that somebody has put right since, is nobody's to send back, though it has not begun again.
 */
export async function listUnstarted(
  db: Db,
  scope: AppointmentScope,
  now: Temporal.Instant,
): Promise<Unstarted[]> {
  const before = toDate(now.subtract({ seconds: RETURN_AFTER_SECONDS }));
  const rows = await db.appointment.findMany({
    where: within(scope, {
      origin: "now",
      status: "arrived",
      // An accepted visit begins, as booked, at its acceptance.
      startAt: { lte: before, gt: toDate(now.subtract({ minutes: RETURN_WITHIN_MINUTES })) },
      queueEntry: { status: "accepted" },
      noShowRevertedAt: null,
      // Nobody waits in two places at once.
      patient: { queueEntries: { none: { status: "waiting" } } },
      encounter: {
        status: { in: ["planned", "arrived"] },
        OR: [{ calledAt: null }, { calledAt: { lte: before } }],
        attendances: {
          none: {
            OR: [
              { side: "practitioner", OR: [{ toAt: null }, { toAt: { gt: before } }] },
              // TrueConf has had somebody in it.
              { source: { not: "portal" } },
            ],
          },
        },
        notes: { none: {} },
        summaries: { none: {} },
        handovers: { none: { OR: [{ status: "offered" }, { decidedAt: { gt: before } }] } },
      },
    }),
    select: {
      id: true,
      practitionerId: true,
      patient: { select: { pseudonym: true } },
      queueEntry: { select: { id: true, specialtyId: true } },
      encounter: {
        select: { id: true, attendances: { where: { side: "patient", toAt: null }, select: { id: true } } },
      },
    },
    orderBy: { startAt: "asc" },
  });
  return rows.flatMap(({ id, practitionerId, patient, queueEntry, encounter }) =>
    queueEntry && encounter
      ? {
          appointmentId: id,
          practitionerId,
          encounterId: encounter.id,
          entryId: queueEntry.id,
          specialtyId: queueEntry.specialtyId,
          patientPseudonym: patient.pseudonym,
          isPatientThere: encounter.attendances.length > 0,
        }
      : [],
  );
}
