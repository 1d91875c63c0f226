import type { AppointmentScope } from "@/lib/access/types";
import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";

/** The visit of a scope that another one is to follow, with whose it was. */
export async function findFollowed(
  db: Db,
  scope: AppointmentScope,
  appointmentId: string | undefined,
): Promise<{ appointmentId: string; patientId: string; patientName: string } | null> {
  if (appointmentId === undefined || !isId(appointmentId)) return null;
  const row = await db.appointment.findFirst({
    where: { AND: [scope, { id: appointmentId, status: { not: "pending" } }] },
    select: { patientId: true, patient: { select: { name: true } } },
  });
  return row && { appointmentId, patientId: row.patientId, patientName: row.patient.name };
}
