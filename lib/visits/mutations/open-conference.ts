import type { Temporal } from "temporal-polyfill";
import { env } from "@/lib/core/env";
import { newConferenceId, newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db, type Tx } from "@/lib/db/client";
import { lockEncounter } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic, practitionerTopic } from "@/lib/events/topics";
import { enqueue } from "@/lib/jobs/send";
import { toDate, toInstant } from "@/lib/time/instant";
import { trueconf } from "@/lib/trueconf/client";
import type { TrueConfError } from "@/lib/trueconf/errors";
import type { CalendarLinks, ConferenceSchedule } from "@/lib/trueconf/types";
import { CONFERENCE_TOPIC, encounterTag, PORTAL_TAG } from "../constants";
import { unsafeCountThirdPersons } from "../data/third";
import { ensureGuest } from "./guests";
import { installationTag } from "./installation";

export type OpenRefusal =
  | "closed"
  | "unavailable"
  | "misconfigured"
  /** TrueConf does not know the account that is to own the conference. */
  | "owner_missing";

type Prepared = {
  conferenceId: string;
  trueconfId: string;
  encounterId: string;
  owner: string;
  schedule: ConferenceSchedule;
  startAt: Temporal.Instant;
  maxParticipants: number;
  isOpen: boolean;
};

/**
 * Makes sure that the visit's conference exists on TrueConf: the one path for the booking's own request, the job, the sweep
 * and the start. Its id is chosen and committed before the first call, so that a crash at any point leads back to the same
 * conference. Safe to repeat and to run twice at once.
 *
 * @returns its id on TrueConf, or `closed` for a visit that is over, `unavailable` to try again, `misconfigured` and
 *   `owner_missing` for staff
 */
export async function openConference(
  appointmentId: string,
  now: Temporal.Instant,
): Promise<Result<string, OpenRefusal>> {
  const prepared = await transaction((tx) => prepare(tx, appointmentId, now));
  if (!prepared.ok) return prepared;
  if (prepared.value.isOpen) return ok(prepared.value.trueconfId);
  return make(prepared.value, now);
}

/**
 * Forgets a conference that TrueConf no longer has, and makes another under the same row. Whoever finds it lost after somebody else has
 * replaced it already gets that one: people may be in it.
 *
 * @param lostId its id on TrueConf
 */
export async function reopenConference(
  appointmentId: string,
  lostId: string,
  now: Temporal.Instant,
): Promise<Result<string, OpenRefusal>> {
  await db().conference.updateMany({
    where: { encounter: { appointmentId }, trueconfId: lostId, closedAt: null },
    data: { openedAt: null, trueconfId: newConferenceId(), state: "stopped", recording: false },
  });
  return openConference(appointmentId, now);
}

/** Writes what the call needs before it is made: the conference's row and the guests'. */
async function prepare(
  tx: Tx,
  appointmentId: string,
  now: Temporal.Instant,
): Promise<Result<Prepared, "closed">> {
  // Locks the encounter, so that two openings at once agree on one row.
  await lockEncounter(tx, appointmentId);
  const encounter = await tx.encounter.findUnique({
    where: { appointmentId },
    include: {
      conference: true,
      appointment: { include: { practitioner: { select: { trueconfUser: true } } } },
    },
  });
  if (!encounter || encounter.status === "finished" || encounter.status === "cancelled")
    return refuse("closed");
  const { appointment } = encounter;
  if (encounter.conference?.closedAt) return refuse("closed");

  const owner = ownerOf(encounter.entry, appointment.practitioner);
  const known = encounter.conference;
  // One that is not there yet belongs to whoever it would belong to now: the way in may have been changed, or the account.
  if (known && known.openedAt === null && known.owner !== owner)
    await tx.conference.update({ where: { id: known.id }, data: { owner } });
  const conference =
    known ??
    (await tx.conference.create({
      data: {
        id: newId(),
        encounterId: encounter.id,
        trueconfId: newConferenceId(),
        owner,
        isVirtual: appointment.origin !== "scheduled",
        maxParticipants: 2 + (await unsafeCountThirdPersons(tx, encounter.id)),
        createdAt: toDate(now),
      },
    }));
  await ensureGuest(tx, encounter.id, { patientId: appointment.patientId }, now);
  if (encounter.entry === "guest")
    await ensureGuest(tx, encounter.id, { practitionerId: appointment.practitionerId }, now);

  const startAt = toInstant(appointment.startAt);
  return ok({
    conferenceId: conference.id,
    trueconfId: conference.trueconfId,
    encounterId: encounter.id,
    owner: conference.openedAt === null ? owner : conference.owner,
    schedule: conference.isVirtual
      ? "virtual"
      : { startAt, durationMinutes: startAt.until(toInstant(appointment.endAt)).total("minutes") },
    startAt,
    maxParticipants: conference.maxParticipants,
    isOpen: conference.openedAt !== null,
  });
}

/** Whose conference it is on TrueConf: the practitioner's who enters by an own account there, else the clinic's. */
export const ownerOf = (
  entry: "guest" | "account",
  { trueconfUser }: { trueconfUser: string | null },
): string => (entry === "account" && trueconfUser ? trueconfUser : env().TRUECONF_OWNER);

/** Calls TrueConf, outside any transaction, and writes down what it answered. */
async function make(prepared: Prepared, now: Temporal.Instant): Promise<Result<string, OpenRefusal>> {
  const made = await trueconf().ensureConference({
    id: prepared.trueconfId,
    topic: CONFERENCE_TOPIC,
    owner: prepared.owner,
    schedule: prepared.schedule,
    maxParticipants: prepared.maxParticipants,
    tags: [PORTAL_TAG, installationTag(), encounterTag(prepared.encounterId)],
  });
  if (!made.ok) {
    await noteFailure(prepared.conferenceId, made.error);
    if (isOwnerMissing(made.error)) return refuse("owner_missing");
    return refuse(made.error.retry === "never" ? "misconfigured" : "unavailable");
  }
  // Without its calendar links a conference is as good; they are asked for once. A room without a time has none.
  const calendars =
    prepared.schedule === "virtual" ? undefined : await trueconf().getCalendars(made.value.id);
  return transaction(async (tx) => {
    await tx.conference.updateMany({
      // Replaced meanwhile, the visit keeps the other one; this one is nobody's, and removed as such.
      where: { id: prepared.conferenceId, trueconfId: { in: [prepared.trueconfId, made.value.id] } },
      data: {
        trueconfId: made.value.id,
        openedAt: toDate(now),
        lastFailure: null,
        state: made.value.state,
        ...(calendars?.ok ? calendarColumns(calendars.value) : {}),
      },
    });
    const { encounter, trueconfId, openedAt } = await tx.conference.findUniqueOrThrow({
      where: { id: prepared.conferenceId },
      include: { encounter: { include: { appointment: true } } },
    });
    if (!openedAt) return refuse("unavailable");
    // The visit may have ended or been cancelled while TrueConf was answering: what was made is then to be removed.
    if (encounter.status === "finished" || encounter.status === "cancelled") {
      await enqueue(tx, "encounter.closed", { encounterId: encounter.id });
    } else if (!toInstant(encounter.appointment.startAt).equals(prepared.startAt)) {
      // Or it may have been moved: the conference must follow.
      await enqueue(tx, "appointment.moved", { appointmentId: encounter.appointmentId });
    }
    await publish(tx, [
      appointmentTopic(encounter.appointmentId),
      practitionerTopic(encounter.appointment.practitionerId),
    ]);
    return ok(trueconfId);
  });
}

/** TrueConf's own calendar links as they are kept; what it does not offer is forgotten. */
export const calendarColumns = ({ google, outlook, ics, other }: CalendarLinks) => ({
  calendarGoogle: google ?? null,
  calendarOutlook: outlook ?? null,
  calendarIcs: ics ?? other ?? null,
});

/** Of a conference that is not open; another try may have opened it meanwhile. */
const noteFailure = (id: string, error: TrueConfError) =>
  db().conference.updateMany({
    where: { id, openedAt: null },
    data: { lastFailure: isOwnerMissing(error) ? "owner_missing" : error.kind },
  });

/** The owner is the one part of a conference of ours that somebody can take away on TrueConf's side. */
const isOwnerMissing = ({ kind, field }: TrueConfError): boolean => kind === "invalid" && field === "owner";
