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
import { deviceOutcome } from "../rules/device-check";
import { visitPhase } from "../rules/windows";
import type { DeviceFindings } from "../schema/device-check";

/**
 * Keeps what the patient's check for this visit found, in place of an earlier one's, and shows it to the practitioner.
 *
 * @returns `not_found` for everybody who is not its patient; `ended` for a visit that nobody needs devices for any more
 */
export const recordDeviceCheck = (
  actor: Actor,
  appointmentId: string,
  found: DeviceFindings,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found" | "ended">> =>
  transaction(async (tx) => {
    await lockEncounter(tx, appointmentId);
    const visit = await findVisit(tx, patientScope(actor), appointmentId);
    if (!visit) return refuse("not_found");
    const phase = visitPhase(visitTimes(visit), "patient", now);
    if (phase !== "booked" && phase !== "waiting" && phase !== "in_progress") return refuse("ended");
    const encounterId = visit.encounter.id;
    const { browser, camera, microphone, speaker, network } = found;
    const outcome = deviceOutcome(found);
    const check = { outcome, browser, camera, microphone, speaker, network, checkedAt: toDate(now) };
    await tx.deviceCheck.upsert({
      where: { encounterId },
      create: { encounterId, ...check },
      update: check,
    });
    await publish(tx, [appointmentTopic(visit.id), practitionerTopic(visit.practitionerId)]);
    await recordAudit(
      tx,
      {
        action: "encounter.devices_checked",
        details: { outcome },
        actor: auditActor(actor),
        outcome: "success",
        subject: visit.patient.pseudonym,
        entity: { type: "encounter", id: encounterId },
      },
      now,
    );
    return ok();
  });
