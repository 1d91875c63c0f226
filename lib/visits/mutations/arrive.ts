import type { Temporal } from "temporal-polyfill";
import { auditActor, patientScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { ok, type Result, refuse } from "@/lib/core/result";
import { lockEncounter } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic, practitionerTopic } from "@/lib/events/topics";
import { toDate } from "@/lib/time/instant";
import { findVisit, visitTimes } from "../data/visits";
import { visitPhase } from "../rules/windows";

/**
 * Notes that the patient is in the waiting room: the first time only. Called by the open page's script, never by opening a
 * link, which mail scanners do too. Before the waiting room opens, and after the visit, it does nothing.
 */
export const arrive = (
  actor: Actor,
  appointmentId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found">> =>
  transaction(async (tx) => {
    await lockEncounter(tx, appointmentId);
    const visit = await findVisit(tx, patientScope(actor), appointmentId);
    if (!visit) return refuse("not_found");
    const phase = visitPhase(visitTimes(visit), "patient", now);
    if (phase !== "waiting" && phase !== "in_progress") return ok();
    // The condition lets exactly one of two tabs be the first.
    const first = await tx.encounter.updateMany({
      where: { id: visit.encounter.id, arrivedAt: null },
      data: { arrivedAt: toDate(now) },
    });
    if (first.count === 0) return ok();
    await tx.encounter.updateMany({
      where: { id: visit.encounter.id, status: "planned" },
      data: { status: "arrived" },
    });
    await tx.appointment.updateMany({
      where: { id: visit.id, status: "booked" },
      data: { status: "arrived" },
    });
    await publish(tx, [appointmentTopic(visit.id), practitionerTopic(visit.practitionerId)]);
    await recordAudit(
      tx,
      {
        action: "encounter.arrived",
        details: {},
        actor: auditActor(actor),
        outcome: "success",
        subject: visit.patient.pseudonym,
        entity: { type: "encounter", id: visit.encounter.id },
      },
      now,
    );
    return ok();
  });
