import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import { logger } from "@/lib/core/logger";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { lockEncounter } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic, practitionerTopic } from "@/lib/events/topics";
import { trueconf } from "@/lib/trueconf/client";
import type { TrueConfError } from "@/lib/trueconf/errors";
import { unsafeIsRecordingAgreed } from "../data/recording";

type KeepRefusal = "unavailable" | "misconfigured";

/**
 * Brings a visit's conference to what was agreed about recording it, before it runs. One that should be recorded and cannot be is
 * held unrecorded; one that must not be, and cannot be kept from it, is not to run.
 *
 * A recording never begins in the midst of a visit, whatever is agreed by then. To end one, the conference is stopped.
 *
 * @returns whether it was stopped for that
 */
export async function keepToConsent(
  appointmentId: string,
  now: Temporal.Instant,
): Promise<Result<{ stopped: boolean }, KeepRefusal>> {
  const decided = await transaction((tx) => decide(tx, appointmentId, now));
  if (!decided.ok || decided.value.from === decided.value.to) return ok({ stopped: false });
  const { trueconfId: id, to } = decided.value;
  if (to) {
    let changed = await trueconf().updateConference(id, { recording: true });
    // It started itself at its time, and nobody has let the patient in.
    if (!changed.ok && changed.error.kind === "invalid") {
      const stopped = await trueconf().stopConference(id);
      if (stopped.ok) changed = await trueconf().updateConference(id, { recording: true });
    }
    // The visit goes on without; whether it is recorded, whoever runs it sees and writes down.
    if (!changed.ok)
      logger().warn({ kind: changed.error.kind }, "visits: a visit that was to be recorded is not");
    return ok({ stopped: false });
  }
  const stopped = await trueconf().stopConference(id);
  if (!stopped.ok && stopped.error.kind !== "not_found") return refuse(refusalOf(stopped.error));
  const changed = await trueconf().updateConference(id, { recording: false });
  if (!changed.ok && changed.error.kind !== "not_found") return refuse(refusalOf(changed.error));
  await noteRecording(appointmentId, false, now);
  return ok({ stopped: true });
}

/** Ends the recording of a visit whose patient agrees to it no more. The call goes on: everybody in it comes back within seconds. */
export async function endWithdrawnRecording(
  appointmentId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, KeepRefusal>> {
  const kept = await keepToConsent(appointmentId, now);
  if (!kept.ok) return kept;
  if (!kept.value.stopped) return ok();
  const running = await db().conference.findFirst({
    where: {
      closedAt: null,
      encounter: { appointmentId, OR: [{ status: "in_progress" }, { calledAt: { not: null } }] },
    },
    select: { trueconfId: true },
  });
  if (!running) return ok();
  const ran = await trueconf().runConference(running.trueconfId);
  return ran.ok || ran.error.kind === "not_found" ? ok() : refuse(refusalOf(ran.error));
}

/**
 * What TrueConf shows of a conference that now runs is written down. One that it records although nobody agreed, or no longer, is
 * stopped.
 *
 * @returns whether it may go on
 */
export async function isRunAsAgreed(
  appointmentId: string,
  { id, recording }: { id: string; recording: boolean | undefined },
  now: Temporal.Instant,
): Promise<boolean> {
  if (recording !== undefined) await noteRecording(appointmentId, recording, now);
  if (!recording || (await unsafeIsRecordingAgreed(db(), appointmentId))) return true;
  await trueconf().stopConference(id);
  return false;
}

/** Under the encounter's lock, so that who takes an agreement back does it before this or after. */
async function decide(tx: Tx, appointmentId: string, now: Temporal.Instant) {
  await lockEncounter(tx, appointmentId);
  const conference = await tx.conference.findFirst({
    where: { openedAt: { not: null }, closedAt: null, encounter: { appointmentId } },
    include: { encounter: { select: { status: true } } },
  });
  if (!conference) return refuse("closed");
  const { recording: from, trueconfId, encounter } = conference;
  const to =
    (await unsafeIsRecordingAgreed(tx, appointmentId)) && (from || encounter.status !== "in_progress");
  // Before TrueConf is told: what may be recorded is never shown as if it were not.
  if (to && !from) await write(tx, appointmentId, true, now);
  return ok({ trueconfId, from, to });
}

/** Notes whether a visit's conference is recorded, as TrueConf shows it, and tells the pages of everybody in it. */
export const noteRecording = (
  appointmentId: string,
  recording: boolean,
  now: Temporal.Instant,
): Promise<Result<undefined>> =>
  transaction(async (tx) => {
    await lockEncounter(tx, appointmentId);
    await write(tx, appointmentId, recording, now);
    return ok();
  });

async function write(
  tx: Tx,
  appointmentId: string,
  recording: boolean,
  now: Temporal.Instant,
): Promise<void> {
  const { count } = await tx.conference.updateMany({
    where: { encounter: { appointmentId }, recording: !recording },
    data: { recording },
  });
  if (count === 0) return;
  const { id, appointment } = await tx.encounter.findUniqueOrThrow({
    where: { appointmentId },
    select: {
      id: true,
      appointment: { select: { practitionerId: true, patient: { select: { pseudonym: true } } } },
    },
  });
  await publish(tx, [appointmentTopic(appointmentId), practitionerTopic(appointment.practitionerId)]);
  await recordAudit(
    tx,
    {
      action: "encounter.recording_changed",
      details: { on: recording },
      actor: { kind: "system" },
      outcome: "success",
      subject: appointment.patient.pseudonym,
      entity: { type: "encounter", id },
    },
    now,
  );
}

const refusalOf = ({ retry }: TrueConfError): KeepRefusal =>
  retry === "never" ? "misconfigured" : "unavailable";
