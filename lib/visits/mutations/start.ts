import type { Temporal } from "temporal-polyfill";
import { auditActor, practitionerScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { env } from "@/lib/core/env";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { lockEncounter, lockSeats } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic, practitionerTopic } from "@/lib/events/topics";
import { toDate } from "@/lib/time/instant";
import { trueconf } from "@/lib/trueconf/client";
import { findVisit, type VisitRow, visitTimes } from "../data/visits";
import { startRefusal } from "../rules/windows";
import type { JoinAnswer, JoinRefusal } from "../types/visit";
import { mintWayIn, refusalOf } from "./mint";
import { openConference, reopenConference } from "./open-conference";

type StartRefusal = JoinRefusal | "not_found";

/**
 * Starts a visit and lets its practitioner in. The gate opens for the patient only at the end: when the conference was seen
 * running and the practitioner's link is minted. Starting a visit in progress lets the practitioner back in.
 *
 * @returns the practitioner's way in, `not_found` for a visit of somebody else, or why not now
 */
export async function startVisit(
  actor: Actor,
  appointmentId: string,
  locale: string,
  now: Temporal.Instant,
): Promise<Result<JoinAnswer, StartRefusal>> {
  const visit = await findVisit(db(), practitionerScope(actor), appointmentId);
  if (!visit) return refuse("not_found");
  const refusal = startRefusal(visitTimes(visit), now);
  if (refusal) return refuse(refusal);
  if (!(await hasSeat(db(), visit))) return refuse("no_guest_seat");

  const running = await runConference(appointmentId, now);
  if (!running.ok) return running;
  const current = await findVisit(db(), practitionerScope(actor), appointmentId);
  if (!current) return refuse("not_found");
  const minted = await mintWayIn(current, "practitioner", locale);
  if (!minted.ok) return minted;

  const opened = await transaction((tx) => openGate(tx, actor, appointmentId, now));
  return opened.ok ? minted : opened;
}

/** Has TrueConf run the conference and verify it; a conference that somebody deleted there is made once more. */
async function runConference(
  appointmentId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, JoinRefusal>> {
  for (const open of [openConference, reopenConference]) {
    const opened = await open(appointmentId, now);
    if (!opened.ok) return refuse(OPEN_REFUSALS[opened.reason]);
    const ran = await trueconf().runConference(opened.value);
    if (ran.ok) return ok();
    if (ran.error.kind !== "not_found") return refuse(refusalOf(ran.error));
  }
  return refuse("video_unavailable");
}

const OPEN_REFUSALS = {
  closed: "ended",
  unavailable: "video_unavailable",
  misconfigured: "video_misconfigured",
} as const;

/** The one step that lets the patient in: looked at again under the encounter's lock, since calls were made in between. */
async function openGate(
  tx: Tx,
  actor: Actor,
  appointmentId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, StartRefusal>> {
  if (env().TRUECONF_GUEST_SEATS !== undefined) await lockSeats(tx);
  await lockEncounter(tx, appointmentId);
  const visit = await findVisit(tx, practitionerScope(actor), appointmentId);
  if (!visit) return refuse("not_found");
  const refusal = startRefusal(visitTimes(visit), now);
  if (refusal) return refuse(refusal);
  if (!(await hasSeat(tx, visit))) return refuse("no_guest_seat");

  const first = visit.encounter.status !== "in_progress";
  const { encounter, patient } = visit;
  if (first) {
    await tx.encounter.update({
      where: { id: encounter.id },
      data: { status: "in_progress", startedAt: toDate(now) },
    });
    await tx.appointment.update({ where: { id: visit.id }, data: { status: "arrived" } });
  }
  await tx.conference.updateMany({ where: { encounterId: encounter.id }, data: { state: "running" } });
  await publish(tx, [appointmentTopic(visit.id), practitionerTopic(visit.practitionerId)]);
  const event = {
    actor: auditActor(actor),
    outcome: "success",
    subject: patient.pseudonym,
    entity: { type: "encounter", id: encounter.id },
  } as const;
  if (first) await recordAudit(tx, { ...event, action: "encounter.started", details: {} }, now);
  await recordAudit(tx, { ...event, action: "conference.link_minted", details: { as: "practitioner" } }, now);
  return ok();
}

/** Whether the licence's seats, as far as they are in use by visits in progress, hold this visit too. */
async function hasSeat(connection: Pick<Tx, "slot">, visit: VisitRow): Promise<boolean> {
  const limit = env().TRUECONF_GUEST_SEATS;
  if (limit === undefined || visit.encounter.status === "in_progress") return true;
  const used = await connection.slot.aggregate({
    _sum: { seats: true },
    where: { appointment: { encounter: { status: "in_progress" } } },
  });
  const own = await connection.slot.findFirst({
    where: { appointmentId: visit.id },
    select: { seats: true },
  });
  return (used._sum.seats ?? 0) + (own?.seats ?? 0) <= limit;
}
