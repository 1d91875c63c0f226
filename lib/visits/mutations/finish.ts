import type { Temporal } from "temporal-polyfill";
import { auditActor, practitionerScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { ok, type Result, refuse } from "@/lib/core/result";
import { lockEncounter } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic, practitionerTopic, waitsTopic } from "@/lib/events/topics";
import { enqueue } from "@/lib/jobs/send";
import { toDate } from "@/lib/time/instant";
import { findVisit } from "../data/visits";

/**
 * Ends a visit for everybody. The conference is stopped and deleted by the job that this leaves behind; ending it twice does
 * nothing.
 *
 * @returns the encounter's id, `not_found` for a visit of somebody else, `not_started` for one not in progress
 */
export const finishVisit = (
  actor: Actor,
  appointmentId: string,
  now: Temporal.Instant,
): Promise<Result<string, "not_found" | "not_started">> =>
  transaction(async (tx) => {
    await lockEncounter(tx, appointmentId);
    const visit = await findVisit(tx, practitionerScope(actor), appointmentId);
    if (!visit) return refuse("not_found");
    const { encounter } = visit;
    if (encounter.status === "finished") return ok(encounter.id);
    if (encounter.status !== "in_progress") return refuse("not_started");
    await tx.encounter.update({
      where: { id: encounter.id },
      data: { status: "finished", endedAt: toDate(now) },
    });
    await tx.appointment.update({ where: { id: visit.id }, data: { status: "fulfilled" } });
    await enqueue(tx, "encounter.closed", { encounterId: encounter.id });
    const { practitionerId } = visit;
    await publish(tx, [
      appointmentTopic(visit.id),
      practitionerTopic(practitionerId),
      waitsTopic(practitionerId),
    ]);
    await recordAudit(
      tx,
      {
        action: "encounter.finished",
        details: {},
        actor: auditActor(actor),
        outcome: "success",
        subject: visit.patient.pseudonym,
        entity: { type: "encounter", id: encounter.id },
      },
      now,
    );
    return ok(encounter.id);
  });
