import type { Temporal } from "temporal-polyfill";
import { auditActor, practitionerScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { seatsFor } from "@/lib/availability/rules/seats";
import { env } from "@/lib/core/env";
import { ok, type Result, refuse } from "@/lib/core/result";
import { lockEncounter, lockSeats } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic, practitionerTopic } from "@/lib/events/topics";
import { enqueue } from "@/lib/jobs/send";
import { findVisit, visitTimes } from "../data/visits";
import { startRefusal } from "../rules/windows";
import { takeSeats } from "./take-seats";

export type EntryRefusal =
  | "not_found"
  | "ended"
  | "cancelled"
  | "no_account"
  /** One guest more than the licence has seats at that time. */
  | "no_guest_seat";

/**
 * Changes how the practitioner enters this one visit: as a guest, or under the own TrueConf account. The guest seats that it takes
 * follow at once, and the conference's owner where it does not run. One that runs keeps its owner: it would have to be stopped, and
 * whoever is let in meanwhile would be thrown out. A ringing that nobody answered is over with it.
 */
export const changeEntry = (
  actor: Actor,
  appointmentId: string,
  entry: "guest" | "account",
  now: Temporal.Instant,
): Promise<Result<undefined, EntryRefusal>> =>
  transaction(async (tx) => {
    if (env().TRUECONF_GUEST_SEATS !== undefined) await lockSeats(tx);
    await lockEncounter(tx, appointmentId);
    const visit = await findVisit(tx, practitionerScope(actor), appointmentId);
    if (!visit) return refuse("not_found");
    const refusal = startRefusal(visitTimes(visit), now);
    if (refusal === "ended" || refusal === "cancelled") return refuse(refusal);
    if (refusal === "too_late") return refuse("ended");
    if (visit.encounter.entry === entry) return ok();
    if (entry === "account" && !visit.practitioner.trueconfUser) return refuse("no_account");
    const change = seatsFor(entry) - seatsFor(visit.encounter.entry);
    if (!(await takeSeats(tx, visit, (seats) => seats + change, now))) return refuse("no_guest_seat");
    await tx.encounter.update({ where: { id: visit.encounter.id }, data: { entry, calledAt: null } });
    if (visit.encounter.conference?.state === "stopped" && visit.encounter.status !== "in_progress")
      await enqueue(tx, "appointment.moved", { appointmentId });
    await publish(tx, [appointmentTopic(visit.id), practitionerTopic(visit.practitionerId)]);
    await recordAudit(
      tx,
      {
        action: "encounter.entry_changed",
        details: { entry },
        actor: auditActor(actor),
        outcome: "success",
        subject: visit.patient.pseudonym,
        entity: { type: "encounter", id: visit.encounter.id },
      },
      now,
    );
    return ok();
  });
