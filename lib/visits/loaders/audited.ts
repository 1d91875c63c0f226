import "server-only";
import { notFound } from "next/navigation";
import type { Temporal } from "temporal-polyfill";
import { auditActor, patientScope, practitionerScope, schedulingScope } from "@/lib/access/rules";
import type { Actor, AppointmentScope } from "@/lib/access/types";
import { recordAudit, recordOnce } from "@/lib/audit/mutations";
import type { AuditInput } from "@/lib/audit/types";
import { noteRefusal } from "@/lib/auth/loaders";
import { ok } from "@/lib/core/result";
import { transaction } from "@/lib/db/transaction";
import { findVisit, type VisitRow } from "../data/visits";

type Reader = "patient" | "practitioner" | "scheduler" | "administrator";

function scopeOf(actor: Actor, as: Reader): AppointmentScope {
  if (as === "patient") return patientScope(actor);
  return as === "practitioner" ? practitionerScope(actor) : schedulingScope(actor);
}

const readingOf = (actor: Actor, as: Reader, { id, patient }: VisitRow): AuditInput => ({
  action: "appointment.read",
  details: { as },
  actor: auditActor(actor),
  outcome: "success",
  subject: patient.pseudonym,
  entity: { type: "appointment", id },
});

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
    await recordAudit(tx, readingOf(actor, as, visit), now);
    return ok(visit);
  });
  if (read.ok && read.value) return read.value;
  await noteRefusal("appointment.read", actor);
  notFound();
}

/** Whether something sealed was said to whoever waits: that somebody comes soon is no secret. */
const hasWords = ({ encounter }: VisitRow): boolean =>
  encounter.messages.some(({ textSealed }) => textSealed !== null);

/**
 * Writes that somebody follows a visit in which words were said to whoever waits, before these are opened. The page that follows it has
 * written the same of itself, which stands for the rest of the sitting.
 */
export async function noteFollowing(
  actor: Actor,
  as: "patient" | "practitioner",
  visit: VisitRow,
  now: Temporal.Instant,
): Promise<void> {
  if (hasWords(visit)) await noteOnce([readingOf(actor, as, visit)], now);
}

/** Writes that a list opens what was said to those who wait, for each visit in which words were; nothing of the others. */
export async function noteWordsRead(
  actor: Actor,
  as: "patient" | "practitioner",
  visits: readonly VisitRow[],
  now: Temporal.Instant,
): Promise<void> {
  const readings = visits.filter(hasWords).map(
    ({ patient, encounter }): AuditInput => ({
      action: "waiting_message.read",
      details: { as },
      actor: auditActor(actor),
      outcome: "success",
      subject: patient.pseudonym,
      entity: { type: "encounter", id: encounter.id },
    }),
  );
  if (readings.length > 0) await noteOnce(readings, now);
}

const noteOnce = (readings: readonly AuditInput[], now: Temporal.Instant) =>
  transaction(async (tx) => {
    await recordOnce(tx, readings, now);
    return ok();
  });
