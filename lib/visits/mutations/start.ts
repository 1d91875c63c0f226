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
import { appointmentTopic, CONFERENCES_TOPIC, practitionerTopic, waitsTopic } from "@/lib/events/topics";
import { toDate } from "@/lib/time/instant";
import { trueconf } from "@/lib/trueconf/client";
import { unsafeIsRecordingAgreed } from "../data/recording";
import { unsafeCountSeatsInUse } from "../data/seats";
import { findVisit, type VisitRow, visitTimes } from "../data/visits";
import { startRefusal } from "../rules/windows";
import type { JoinRefusal, StartAnswer } from "../types/visit";
import { accountOf, mintWayIn } from "./mint";
import { runConference } from "./run-conference";

type StartRefusal = JoinRefusal | "not_found";

/**
 * How a practitioner with a TrueConf account goes in: on the app, which is rung, or as that user in this browser. Whoever enters
 * as a guest has the browser alone.
 */
export type StartBy = "app" | "browser";

/**
 * Starts a visit. A practitioner who enters as a guest is let in at once, and the gate opens for the patient when the conference
 * was seen running and the practitioner's link is minted. One with a TrueConf account is rung, or let in under it; then the gate
 * opens once TrueConf shows them inside, which whoever watches the conferences sees to. Starting a visit in progress lets the
 * practitioner back in.
 *
 * @returns the practitioner's way in, or that the account is being rung; `not_found` for a visit of somebody else; or why not now
 */
export async function startVisit(
  actor: Actor,
  appointmentId: string,
  locale: string,
  now: Temporal.Instant,
  by: StartBy = "app",
): Promise<Result<StartAnswer, StartRefusal>> {
  const visit = await findVisit(db(), practitionerScope(actor), appointmentId);
  if (!visit) return refuse("not_found");
  const refusal = startRefusal(visitTimes(visit), now);
  if (refusal) return refuse(refusal);
  const account = accountOf(visit);
  if (visit.encounter.entry === "account" && !account) return refuse("no_account");
  const held = account
    ? await transaction((tx) => holdSeat(tx, actor, appointmentId, now))
    : (await hasSeat(db(), visit, now))
      ? ok()
      : refuse("no_guest_seat");
  if (!held.ok) return held;

  const wasRunning = visit.encounter.conference?.state === "running";
  const running = await runConference(appointmentId, now);
  if (!running.ok) {
    if (account) await releaseSeat(visit, now);
    return running;
  }
  if (account && by === "app") {
    // A conference that starts rings whoever is invited; to ring again, or into one that runs, they have to be called.
    if (wasRunning) await trueconf().callIn(running.value, account);
    const noted = await transaction((tx) => noteCalled(tx, actor, appointmentId, now));
    return noted.ok ? ok({ calling: true }) : noted;
  }
  const current = await findVisit(db(), practitionerScope(actor), appointmentId);
  if (!current) return refuse("not_found");
  const minted = await mintWayIn(current, "practitioner", locale, now);
  if (!minted.ok) {
    // It rings by now all the same, and whoever answers there is to bring the patient in.
    if (account) await transaction((tx) => noteCalled(tx, actor, appointmentId, now));
    return minted;
  }
  const opened = await transaction((tx) =>
    account ? noteCalled(tx, actor, appointmentId, now) : openGate(tx, actor, appointmentId, now),
  );
  return opened.ok ? minted : opened;
}

/**
 * A visit whose practitioner is rung holds its guest seats from then on: of two for one seat only the first is rung, and whoever answers
 * can bring the patient in. Nothing is held where seats are not counted.
 */
async function holdSeat(
  tx: Tx,
  actor: Actor,
  appointmentId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, StartRefusal>> {
  if (env().TRUECONF_GUEST_SEATS === undefined) return ok();
  await lockSeats(tx);
  await lockEncounter(tx, appointmentId);
  const visit = await findVisit(tx, practitionerScope(actor), appointmentId);
  if (!visit) return refuse("not_found");
  if (!(await hasSeat(tx, visit, now))) return refuse("no_guest_seat");
  await tx.encounter.updateMany({
    where: { id: visit.encounter.id, status: { in: ["planned", "arrived"] } },
    data: { calledAt: toDate(now) },
  });
  return ok();
}

/** Nobody was rung in the end: as before, unless somebody has been since. */
const releaseSeat = ({ encounter }: VisitRow, now: Temporal.Instant) =>
  db().encounter.updateMany({
    where: { id: encounter.id, calledAt: toDate(now), status: { in: ["planned", "arrived"] } },
    data: { calledAt: encounter.calledAt },
  });

/** The gate of a practitioner with an account: looked at until TrueConf shows them in the conference. */
async function noteCalled(
  tx: Tx,
  actor: Actor,
  appointmentId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, StartRefusal>> {
  await lockEncounter(tx, appointmentId);
  const visit = await findVisit(tx, practitionerScope(actor), appointmentId);
  if (!visit) return refuse("not_found");
  const refusal = startRefusal(visitTimes(visit), now);
  if (refusal) return refuse(refusal);
  await tx.encounter.update({ where: { id: visit.encounter.id }, data: { calledAt: toDate(now) } });
  await publish(tx, [...topicsOf(visit), CONFERENCES_TOPIC]);
  await recordAudit(tx, { ...eventOf(actor, visit), action: "encounter.called", details: {} }, now);
  return ok();
}

/**
 * Opens the gate of a visit whose practitioner is in the conference, as whoever watches the conferences has seen. Does nothing to
 * one that has begun, or is over.
 */
export const openGateOfCalled = (
  appointmentId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, StartRefusal>> =>
  transaction((tx) => openGate(tx, { kind: "system" }, appointmentId, now));

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
  if (!(await hasSeat(tx, visit, now))) return refuse("no_guest_seat");
  // The patient has taken the agreement back meanwhile, and nobody is let into what is still being recorded.
  if (visit.encounter.conference?.recording && !(await unsafeIsRecordingAgreed(tx, visit.id)))
    return refuse("video_unavailable");

  const first = visit.encounter.status !== "in_progress";
  const { encounter } = visit;
  if (first) {
    await tx.encounter.update({
      where: { id: encounter.id },
      data: { status: "in_progress", startedAt: toDate(now) },
    });
    await tx.appointment.update({ where: { id: visit.id }, data: { status: "arrived" } });
  }
  await tx.conference.updateMany({
    where: { encounterId: encounter.id },
    data: { state: "running", emptySince: null, aloneSince: null },
  });
  await publish(tx, [...topicsOf(visit), CONFERENCES_TOPIC]);
  const event = eventOf(actor, visit);
  if (first) await recordAudit(tx, { ...event, action: "encounter.started", details: {} }, now);
  if (actor.kind !== "system")
    await recordAudit(
      tx,
      { ...event, action: "conference.link_minted", details: { as: "practitioner" } },
      now,
    );
  return ok();
}

const topicsOf = ({ id, practitionerId }: VisitRow) => [
  appointmentTopic(id),
  practitionerTopic(practitionerId),
  waitsTopic(practitionerId),
];

const eventOf = (actor: Actor, { patient, encounter }: VisitRow) =>
  ({
    actor: auditActor(actor),
    outcome: "success",
    subject: patient.pseudonym,
    entity: { type: "encounter", id: encounter.id },
  }) as const;

/** Whether the licence's seats, as far as others use them at this moment, hold this visit too. */
async function hasSeat(
  connection: Pick<Tx, "slot">,
  { id: appointmentId, encounter }: VisitRow,
  now: Temporal.Instant,
): Promise<boolean> {
  const limit = env().TRUECONF_GUEST_SEATS;
  if (limit === undefined || encounter.status === "in_progress") return true;
  const used = await unsafeCountSeatsInUse(connection, appointmentId, now);
  const own = await connection.slot.findUnique({ where: { appointmentId }, select: { seats: true } });
  return used + (own?.seats ?? 0) <= limit;
}
