import type { Temporal } from "temporal-polyfill";
import { auditActor, patientScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { listMissingConsents } from "@/lib/booking/data/intake";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import { lockEncounter } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { toDate } from "@/lib/time/instant";
import { findVisit, visitTimes } from "../data/visits";
import { visitPhase } from "../rules/windows";
import type { AgreeRefusal } from "../types/agree";

const OPEN = ["booked", "waiting", "in_progress"];

/**
 * A patient agrees to what nobody has asked them for this visit yet, in its present wording. Sent again, it changes nothing.
 *
 * @param locale the language in which it was read
 * @returns `consents` where something that is missing was not agreed to, or its wording has changed meanwhile
 */
export const agreeToVisit = (
  actor: Actor,
  {
    appointmentId,
    consentTextIds,
    locale,
  }: { appointmentId: string; consentTextIds: readonly string[]; locale: string },
  now: Temporal.Instant,
): Promise<Result<undefined, AgreeRefusal>> =>
  transaction(async (tx) => {
    await lockEncounter(tx, appointmentId);
    const scope = patientScope(actor);
    const visit = await findVisit(tx, scope, appointmentId);
    if (!visit) return refuse("not_found");
    if (!OPEN.includes(visitPhase(visitTimes(visit), "patient", now))) return refuse("ended");
    const missing = await listMissingConsents(tx, scope, visit.id);
    if (!missing.every(({ consentTextId }) => consentTextIds.includes(consentTextId)))
      return refuse("consents");
    const agreed = { patientId: visit.patientId, appointmentId: visit.id, locale, agreedAt: toDate(now) };
    await tx.consent.createMany({
      data: missing.map(({ consentTextId }) => ({ id: newId(), ...agreed, consentTextId })),
    });
    for (const { kind, version } of missing)
      await recordAudit(
        tx,
        {
          action: "consent.given",
          details: { kind, version },
          actor: auditActor(actor),
          outcome: "success",
          subject: visit.patient.pseudonym,
          entity: { type: "appointment", id: visit.id },
        },
        now,
      );
    return ok();
  });
