import { patientScope, schedulingScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { isId } from "@/lib/core/ids";
import type { Db, Tx } from "@/lib/db/client";
import type { Prisma } from "@/lib/db/generated/client";
import { lockEncounter } from "@/lib/db/locks";
import { toInstant } from "@/lib/time/instant";
import type { Changeable } from "../rules/change";
import type { ChangedBy } from "../types/change";
import { lockClaims } from "./claim";

const CHANGEABLE = {
  encounter: true,
  slot: true,
  practitioner: { select: { userId: true, entry: true } },
  patient: { select: { pseudonym: true } },
  visitType: {
    select: {
      id: true,
      durationMinutes: true,
      bufferBeforeMinutes: true,
      bufferAfterMinutes: true,
      changeNoticeMinutes: true,
    },
  },
} as const satisfies Prisma.AppointmentInclude;

type Row = Prisma.AppointmentGetPayload<{ include: typeof CHANGEABLE }>;
/** A visit that somebody may change, as it is under its locks. */
export type ChangeableRow = Row & { encounter: NonNullable<Row["encounter"]> };

/** A visit with whoever may change it, and in whose place they do. */
export type Changing = { visit: ChangeableRow; by: ChangedBy };

/** As staff wherever the actor is staff for this visit, else as its patient; what is neither is not found. */
async function findChangeable(db: Db, actor: Actor, appointmentId: string): Promise<Changing | undefined> {
  if (!isId(appointmentId)) return undefined;
  const scopes = [
    [actor.kind === "system" ? "system" : "staff", schedulingScope(actor)],
    ["patient", patientScope(actor)],
  ] as const;
  for (const [by, scope] of scopes) {
    const visit = await db.appointment.findFirst({
      where: { AND: [scope, { id: appointmentId }] },
      include: CHANGEABLE,
    });
    if (visit?.encounter) return { visit: { ...visit, encounter: visit.encounter }, by };
  }
  return undefined;
}

/**
 * Takes every lock of a change, in the house's order, and reads the visit under them: its practitioner's time, the time of whoever
 * else is concerned, the encounter.
 *
 * @returns nothing for a visit that is not this actor's; `outrun` if it went to somebody else before its practitioner was locked,
 * for which no lock can be added any more
 */
export async function lockChangeable(
  tx: Tx,
  actor: Actor,
  { appointmentId, practitionerIds = [] }: { appointmentId: string; practitionerIds?: readonly string[] },
): Promise<Changing | "outrun" | undefined> {
  const seen = await findChangeable(tx, actor, appointmentId);
  if (!seen) return undefined;
  const { practitionerId } = seen.visit;
  await lockClaims(tx, [practitionerId, ...practitionerIds]);
  await lockEncounter(tx, appointmentId);
  const changing = await findChangeable(tx, actor, appointmentId);
  return changing && changing.visit.practitionerId !== practitionerId ? "outrun" : changing;
}

/** What the rules need to know of a row. */
export const changeableTimes = (visit: ChangeableRow): Changeable => ({
  startAt: toInstant(visit.startAt),
  endAt: toInstant(visit.endAt),
  appointmentStatus: visit.status,
  encounterStatus: visit.encounter.status,
  changeNoticeMinutes: visit.visitType.changeNoticeMinutes,
});
