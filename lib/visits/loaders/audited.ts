import "server-only";
import { notFound } from "next/navigation";
import type { Temporal } from "temporal-polyfill";
import { auditActor, patientScope, practitionerScope, schedulingScope } from "@/lib/access/rules";
import type { Actor, AppointmentScope } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { noteRefusal } from "@/lib/auth/loaders";
import { ok } from "@/lib/core/result";
import { transaction } from "@/lib/db/transaction";
import { findVisit, type VisitRow } from "../data/visits";

type Reader = "patient" | "practitioner" | "scheduler" | "administrator";

function scopeOf(actor: Actor, as: Reader): AppointmentScope {
  if (as === "patient") return patientScope(actor);
  return as === "practitioner" ? practitionerScope(actor) : schedulingScope(actor);
}

/** Reads one visit and writes into the trail that it was read; without the second there is no first. */
export async function readAudited(
  actor: Actor,
  appointmentId: string,
  as: Reader,
  now: Temporal.Instant,
): Promise<VisitRow> {
  const scope = scopeOf(actor, as);
  const read = await transaction(async (tx) => {
    const visit = await findVisit(tx, scope, appointmentId);
    if (!visit) return ok(undefined);
    await recordAudit(
      tx,
      {
        action: "appointment.read",
        details: { as },
        actor: auditActor(actor),
        outcome: "success",
        subject: visit.patient.pseudonym,
        entity: { type: "appointment", id: visit.id },
      },
      now,
    );
    return ok(visit);
  });
  if (read.ok && read.value) return read.value;
  await noteRefusal("appointment.read", actor);
  notFound();
}
