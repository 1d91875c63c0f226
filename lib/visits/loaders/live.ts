import "server-only";
import type { Temporal } from "temporal-polyfill";
import { appointmentScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { findLiveSession } from "@/lib/auth/data";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import type { LiveSource } from "@/lib/events/stream";
import { appointmentTopic, practitionerTopic, waitsTopic } from "@/lib/events/topics";
import { parseInstant } from "@/lib/time/instant";
import { parseDate } from "@/lib/time/zones";
import { findLinkedAppointment, findVisit, type VisitRow } from "../data/visits";
import { sideOf } from "../rules/side";
import { linkRights } from "../rules/windows";
import { readAgenda, readAgendaWeek } from "./agenda";
import { loadActorAfterVisit } from "./link";
import { LivePresence } from "./live-presence";
import { loadVisitState } from "./visit";

/** Who is missing, and what is expected, the clock alone changes. */
const MINUTE_MS = 60_000;

type Guard = (read: () => Promise<unknown>) => () => Promise<unknown>;

/**
 * What a page may follow while it is open: `appointment:<id>`, a visit of one's own, or `agenda:<ISO date>` and
 * `agenda-week:<ISO date>`, a practitioner's day and week, which are read again with every minute too. Every snapshot looks again
 * whether it is still theirs; `null` says that it is not.
 */
export async function resolveLiveKey(
  key: string,
  token: string | undefined,
): Promise<LiveSource | undefined> {
  const [kind, id = ""] = key.split(":");
  const actor = await loadActorAfterVisit(token);
  const guarded: Guard = (read) => async () => ((await isStillGood(actor, token)) ? read() : null);
  if (kind === "agenda" && actor.kind === "user" && actor.practitionerId && parseDate(id)) {
    return {
      topics: [practitionerTopic(actor.practitionerId)],
      snapshot: guarded(() => readAgenda(actor, id, systemNow())),
      endsInMs: () => MINUTE_MS,
    };
  }
  if (kind === "agenda-week" && actor.kind === "user" && actor.practitionerId && parseDate(id)) {
    return {
      topics: [practitionerTopic(actor.practitionerId)],
      snapshot: guarded(() => readAgendaWeek(actor, id, systemNow())),
      endsInMs: () => MINUTE_MS,
    };
  }
  const visit = kind === "appointment" ? await findVisit(db(), appointmentScope(actor), id) : undefined;
  return visit && followVisit(actor, visit, guarded);
}

/** A visit's state; whoever follows it is present while it is open. What is kept for the stream's life is small: not the row. */
function followVisit(actor: Actor, visit: VisitRow, guarded: Guard): LiveSource {
  const appointmentId = visit.id;
  const side = sideOf(actor, visit);
  const { displayName } = visit.practitioner;
  const presence = new LivePresence({
    appointmentId,
    encounterId: visit.encounter.id,
    side,
    thirdPersonId: null,
  });
  let changesAt: Temporal.Instant | undefined;
  let isElsewhere = false;
  return {
    topics: [
      appointmentTopic(appointmentId),
      ...(side === "patient" ? [waitsTopic(visit.practitionerId)] : []),
    ],
    snapshot: guarded(async () => {
      const state = await loadVisitState(actor, appointmentId);
      changesAt = parseInstant(state?.changesAt);
      isElsewhere = state !== undefined && state.practitionerName !== displayName;
      presence.follow(state?.phase === "waiting" || state?.phase === "in_progress");
      return state ?? null;
    }),
    endsInMs: () => {
      const ends = changesAt && systemNow().until(changesAt).total("milliseconds");
      // What a stream listens to stays: of the day of a colleague who has taken the visit over it hears nothing, so it looks.
      return isElsewhere ? Math.min(ends ?? MINUTE_MS, MINUTE_MS) : ends;
    },
    end: () => presence.end(),
  };
}

/** Whether what the asker came with still holds: a session may have been ended, a link revoked, while the page was open. */
export async function isStillGood(actor: Actor, token: string | undefined): Promise<boolean> {
  const now = systemNow();
  if (actor.kind === "user") return (await findLiveSession(db(), actor.sessionId, now)) !== undefined;
  const linked = token === undefined ? undefined : await findLinkedAppointment(db(), token);
  return linked !== undefined && linkRights(linked, now) !== "none";
}
