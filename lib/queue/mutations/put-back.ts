import type { Temporal } from "temporal-polyfill";
import { practitionerScope, within } from "@/lib/access/rules";
import { recordAudits } from "@/lib/audit/mutations";
import { lockChangeable } from "@/lib/booking/mutations/changeable";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { lockQueue } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import {
  appointmentTopic,
  patientTopic,
  practitionerTopic,
  queueTopic,
  timesTopic,
} from "@/lib/events/topics";
import { enqueue } from "@/lib/jobs/send";
import { toDate } from "@/lib/time/instant";
import { listUnstarted, type Unstarted } from "../data/unstarted";
import { dispatchQueue } from "./dispatch";
import { endDuties, endedDutyEvents } from "./end-duty";

const SYSTEM = { kind: "system" } as const;

/** Meanwhile they have joined a line anew, and wait there: their visit is left to those who look after visits that did not begin. */
const CONSTRAINTS = { queue_entry_patient_excl: "waits_again" } as const;

type NotPutBack =
  /** It has begun, or is over, or its practitioner has come. */
  "not_changeable" | "waits_again";

/**
 * Puts back into the line whom a practitioner accepted and then did not see: the browser crashed, the page was closed. Called by the clock;
 * each is looked at again under all its locks, so two at once do no harm.
 *
 * @returns how many were put back
 */
export async function putBackUnstarted(now: Temporal.Instant): Promise<number> {
  let count = 0;
  for (const visit of await listUnstarted(db(), practitionerScope(SYSTEM), now)) {
    const back = await transaction((tx) => putBack(tx, visit, now), CONSTRAINTS);
    if (!back.ok) continue;
    count += 1;
    await dispatchQueue(visit.specialtyId, now);
  }
  return count;
}

/**
 * One visit is cancelled, without a mail to anybody, and its time and its guest seats are free; the patient has the place in the line that they
 * had before, and the practitioner is off duty, since nobody is at the desk.
 */
async function putBack(
  tx: Tx,
  { appointmentId, specialtyId }: Unstarted,
  now: Temporal.Instant,
): Promise<Result<undefined, NotPutBack>> {
  await lockQueue(tx, specialtyId);
  const changing = await lockChangeable(tx, SYSTEM, { appointmentId });
  const scope = within(practitionerScope(SYSTEM), { id: appointmentId });
  const [visit] = await listUnstarted(tx, scope, now);
  if (!visit || !changing || changing === "outrun") return refuse("not_changeable");
  const { entryId, encounterId, practitionerId } = visit;
  const at = toDate(now);
  await tx.slot.deleteMany({ where: { appointmentId } });
  await tx.appointment.update({
    where: { id: appointmentId },
    data: { status: "cancelled", sequence: { increment: 1 }, cancelledAt: at, cancelledBy: "system" },
  });
  await tx.encounter.update({ where: { id: encounterId }, data: { status: "cancelled" } });
  await enqueue(tx, "encounter.closed", { encounterId });
  await tx.queueEntry.update({
    where: { id: entryId },
    data: {
      status: "waiting",
      endedAt: null,
      appointmentId: null,
      // Whoever has gone meanwhile is rung for nobody; the place lapses as if they had left the line's own page.
      ...(visit.isPatientThere ? { seenAt: at } : {}),
    },
  });
  const offDuty = await endDuties(tx, [practitionerId]);
  const { patientId } = changing.visit;
  await publish(tx, [
    queueTopic(specialtyId),
    practitionerTopic(practitionerId),
    timesTopic(practitionerId),
    appointmentTopic(appointmentId),
    patientTopic(patientId),
  ]);
  const event = { actor: SYSTEM, outcome: "success", subject: visit.patientPseudonym } as const;
  const [cancelled, returned] = [
    { action: "appointment.cancelled", details: { by: "system" } },
    { action: "queue.put_back", details: {} },
  ] as const;
  await recordAudits(
    tx,
    [
      { ...event, ...cancelled, entity: { type: "appointment", id: appointmentId } },
      { ...event, ...returned, entity: { type: "queue_entry", id: entryId } },
      ...endedDutyEvents(offDuty),
    ],
    now,
  );
  return ok();
}
