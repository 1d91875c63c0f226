import type { Temporal } from "temporal-polyfill";
import { auditActor, schedulingScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { lockChangeable } from "@/lib/booking/mutations/changeable";
import { ok, type Result, refuse } from "@/lib/core/result";
import { type Db, db, type Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic, practitionerTopic, timesTopic } from "@/lib/events/topics";
import { enqueue } from "@/lib/jobs/send";
import { queueNotification } from "@/lib/notifications/mutations";
import { toDate } from "@/lib/time/instant";
import { findNoShowFacts, unsafeListOverdue } from "../data/no-show";
import { readVisitSettings } from "../data/settings";
import { findVisit, type VisitRow } from "../data/visits";
import { mayBeAutomatic, noShowRefusal, proposedNoShow } from "../rules/no-show";
import type { NoShowSide } from "../types/agenda";
import type { VisitSettings } from "../types/settings";

export type NoShowRefusal =
  | "not_found"
  /** Its time has not come. */
  | "too_early"
  /** It is over, or both sides were there. */
  | "not_changeable";

/** How often a visit may go to another practitioner between the first look at it and its locks. */
const MAX_ATTEMPTS = 5;

/** How many visits one round of the clock decides at most; the next one goes on. */
const AT_MOST = 200;

/**
 * A member of staff says that somebody did not come: the patient, or the practitioner, who may say so of themselves. The patient is
 * mailed, the conference goes by the job `encounter.closed`, and what remains of the time is free, with its guest seats; the waitlist
 * is not offered it, so that it can be taken back: see `revertNoShow`. Saying it twice does nothing.
 */
export const markNoShow = (
  { appointmentId, who }: { appointmentId: string; who: NoShowSide },
  actor: Actor,
  now: Temporal.Instant,
): Promise<Result<undefined, NoShowRefusal>> =>
  decide(appointmentId, actor, async (tx, visit) => {
    if (visit.status === "noshow" && visit.noShow === who) return ok();
    const refusal = noShowRefusal(await findNoShowFacts(tx, visit), who, now);
    if (refusal) return refuse(refusal);
    return write(tx, visit, { who, automatic: false, actor }, now);
  });

/**
 * What the clock says by itself where the clinic lets it: of every visit of the last day that nobody has started and somebody never
 * came to. Without that setting a person confirms what the agenda proposes, and this does nothing. Called by the one loop and by the
 * sweep; each visit is looked at again under its locks, so two at once do no harm.
 *
 * @returns how many it has decided
 */
export async function proposeNoShows(now: Temporal.Instant): Promise<number> {
  const settings = await readVisitSettings(db());
  if (!settings.noShowAutomatic) return 0;
  const latestStart = now.subtract({ minutes: settings.noShowAfterMinutes });
  let decided = 0;
  for (const appointmentId of await unsafeListOverdue(db(), latestStart, AT_MOST)) {
    const visit = await findVisit(db(), schedulingScope(SYSTEM), appointmentId);
    if (!visit || !(await whomTheClockMisses(db(), visit, settings, now))) continue;
    const said = await decide(appointmentId, SYSTEM, async (tx, locked) => {
      const who = await whomTheClockMisses(tx, locked, settings, now);
      return who ? write(tx, locked, { who, automatic: true, actor: SYSTEM }, now) : refuse("not_changeable");
    });
    if (said.ok) decided += 1;
  }
  return decided;
}

const SYSTEM = { kind: "system" } as const satisfies Actor;

async function whomTheClockMisses(
  connection: Db,
  visit: VisitRow,
  settings: VisitSettings,
  now: Temporal.Instant,
): Promise<NoShowSide | undefined> {
  const facts = await findNoShowFacts(connection, visit);
  return mayBeAutomatic(facts, settings) ? proposedNoShow(facts, settings, now) : undefined;
}

/** Reads a visit that staff may change under all its locks, and decides about it. */
async function decide(
  appointmentId: string,
  actor: Actor,
  body: (tx: Tx, visit: VisitRow) => Promise<Result<undefined, NoShowRefusal>>,
): Promise<Result<undefined, NoShowRefusal>> {
  for (let attempt = 1; ; attempt += 1) {
    const decided = await transaction<undefined, NoShowRefusal | "outrun">(async (tx) => {
      const changing = await lockChangeable(tx, actor, { appointmentId });
      if (changing === "outrun") return refuse("outrun");
      const visit = await findVisit(tx, schedulingScope(actor), appointmentId);
      return visit ? body(tx, visit) : refuse("not_found");
    });
    if (decided.ok) return decided;
    if (decided.reason !== "outrun") return refuse(decided.reason);
    if (attempt === MAX_ATTEMPTS) return refuse("not_changeable");
  }
}

async function write(
  tx: Tx,
  { id: appointmentId, encounter, patient, patientId, practitionerId }: VisitRow,
  { who, automatic, actor }: { who: NoShowSide; automatic: boolean; actor: Actor },
  now: Temporal.Instant,
): Promise<Result<undefined>> {
  await tx.appointment.update({
    where: { id: appointmentId },
    data: { status: "noshow", noShow: who, noShowAt: toDate(now), noShowAutomatic: automatic },
  });
  await tx.encounter.update({ where: { id: encounter.id }, data: { status: "cancelled" } });
  await releaseRest(tx, appointmentId, now);
  const kind = who === "patient" ? "noshow_patient" : "noshow_practitioner";
  await queueNotification(tx, { kind, appointmentId, patientId, now });
  await enqueue(tx, "encounter.closed", { encounterId: encounter.id });
  await publish(tx, [
    appointmentTopic(appointmentId),
    practitionerTopic(practitionerId),
    timesTopic(practitionerId),
  ]);
  await recordAudit(
    tx,
    {
      action: "appointment.no_show",
      details: { who, automatic },
      actor: auditActor(actor),
      outcome: "success",
      subject: patient.pseudonym,
      entity: { type: "appointment", id: appointmentId },
    },
    now,
  );
  return ok();
}

/** Ends the visit's claim on both people's time now, as far as any of it is left. */
async function releaseRest(tx: Tx, appointmentId: string, now: Temporal.Instant): Promise<void> {
  const slot = await tx.slot.findUnique({ where: { appointmentId } });
  const end = toDate(now);
  if (!slot || slot.endAt <= end) return;
  if (slot.visitStartAt >= end) await tx.slot.delete({ where: { appointmentId } });
  else {
    const visitEndAt = slot.visitEndAt < end ? slot.visitEndAt : end;
    await tx.slot.update({ where: { appointmentId }, data: { endAt: end, visitEndAt } });
  }
}
