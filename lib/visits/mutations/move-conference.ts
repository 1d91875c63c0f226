import type { Temporal } from "temporal-polyfill";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic, practitionerTopic } from "@/lib/events/topics";
import { toInstant } from "@/lib/time/instant";
import { trueconf } from "@/lib/trueconf/client";
import type { TrueConfResult } from "@/lib/trueconf/errors";
import type { ConferenceChange } from "@/lib/trueconf/types";
import {
  calendarColumns,
  type OpenRefusal,
  openConference,
  ownerOf,
  reopenConference,
} from "./open-conference";

/** How often a visit may move again while its conference follows, before the queue tries again. */
const MAX_ROUNDS = 3;

/**
 * Has the conference of a moved visit follow it to its new time, and to its new owner: the same conference under the same id where
 * TrueConf lets it be changed, else another one in its place. It is always brought to where the visit is now, so repeating does no
 * harm, and of two moves it ends where the last one did.
 *
 * @returns `closed` for a visit that has begun or is over, which moves no more; the others as `openConference` does
 */
export async function moveConference(
  appointmentId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, OpenRefusal>> {
  for (let round = 1; round <= MAX_ROUNDS; round += 1) {
    const opened = await openConference(appointmentId, now);
    if (!opened.ok) return opened;
    const arranged = await readArrangement(appointmentId);
    if (!arranged) return refuse("closed");
    const followed = await follow(arranged, now);
    if (!followed.ok) {
      await noteOutcome(arranged, followed.reason);
      return followed;
    }
    const present = await readArrangement(appointmentId);
    if (!present) return (await runIfStarted(appointmentId)) ? ok() : refuse("closed");
    if (present.sequence === arranged.sequence) {
      await noteOutcome(arranged, null);
      return ok();
    }
  }
  return refuse("unavailable");
}

/**
 * Somebody started the visit while its conference was being changed, and may have been thrown out by that: it runs again, and their
 * pages come back by themselves.
 */
async function runIfStarted(appointmentId: string): Promise<boolean> {
  const started = await db().conference.findFirst({
    where: { closedAt: null, encounter: { appointmentId, status: "in_progress" } },
    select: { trueconfId: true },
  });
  return started !== null && (await trueconf().runConference(started.trueconfId)).ok;
}

type Arrangement = NonNullable<Awaited<ReturnType<typeof readArrangement>>>;

/** Where a visit that nobody has started is now, and its conference. */
async function readArrangement(appointmentId: string) {
  const row = await db().appointment.findFirst({
    where: { id: appointmentId, encounter: { status: { in: ["planned", "arrived"] } } },
    include: {
      practitioner: { select: { trueconfUser: true } },
      encounter: { include: { conference: true } },
    },
  });
  const conference = row?.encounter?.conference;
  if (!row?.encounter || !conference || conference.closedAt) return undefined;
  const startAt = toInstant(row.startAt);
  return {
    appointmentId,
    practitionerId: row.practitionerId,
    sequence: row.sequence,
    conference,
    owner: ownerOf(row.encounter.entry, row.practitioner),
    schedule: { startAt, durationMinutes: startAt.until(toInstant(row.endAt)).total("minutes") },
  };
}

async function follow(
  { appointmentId, conference, owner, schedule }: Arrangement,
  now: Temporal.Instant,
): Promise<Result<undefined, OpenRefusal>> {
  const id = conference.trueconfId;
  const changed = await change(id, { schedule, ...(owner === conference.owner ? {} : { owner }) });
  if (changed.ok) {
    const calendars = await trueconf().getCalendars(id);
    await db().conference.update({
      where: { id: conference.id },
      data: { owner, ...(calendars.ok ? calendarColumns(calendars.value) : {}) },
    });
    return ok();
  }
  if (!["not_found", "invalid", "configuration"].includes(changed.error.kind)) return refuse("unavailable");

  // It is gone, or this server lets it not be changed: another one takes its place. The old one goes first, since it may be known
  // by the same mark; whoever dies in between finds none and goes on here.
  if (changed.error.kind !== "not_found") {
    const stopped = await trueconf().stopConference(id);
    if (!stopped.ok && !["not_found", "invalid"].includes(stopped.error.kind)) return refuse("unavailable");
    const deleted = await trueconf().deleteConference(id);
    if (!deleted.ok) return refuse("unavailable");
  }
  await db().conference.update({ where: { id: conference.id }, data: { owner } });
  const reopened = await reopenConference(appointmentId, id, now);
  return reopened.ok ? ok() : reopened;
}

/** A running conference keeps its schedule. Nobody has started this visit, so nobody is put out of it by stopping it. */
async function change(id: string, wanted: ConferenceChange): Promise<TrueConfResult<undefined>> {
  const changed = await trueconf().updateConference(id, wanted);
  if (changed.ok || changed.error.kind !== "invalid") return changed;
  const stopped = await trueconf().stopConference(id);
  return stopped.ok ? trueconf().updateConference(id, wanted) : stopped;
}

/** What pages say of it: that the link is ready, or that it follows. */
const noteOutcome = (
  { appointmentId, practitionerId, conference }: Arrangement,
  lastFailure: OpenRefusal | null,
) =>
  transaction(async (tx) => {
    await tx.conference.update({ where: { id: conference.id }, data: { lastFailure } });
    await publish(tx, [appointmentTopic(appointmentId), practitionerTopic(practitionerId)]);
    return ok();
  });
