import "server-only";
import { appointmentScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { findLiveSession } from "@/lib/auth/data";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import { appointmentTopic, practitionerTopic, type Topic } from "@/lib/events/topics";
import { parseDate } from "@/lib/time/zones";
import { findLinkedAppointment, findVisit } from "../data/visits";
import { linkRights } from "../rules/windows";
import { readAgenda } from "./agenda";
import { loadVisitActor } from "./link";
import { loadVisitState } from "./visit";

export type LiveKey = { topics: Topic[]; snapshot: () => Promise<unknown> };

/**
 * What a page may follow while it is open: `appointment:<id>`, a visit of one's own, or `agenda:<ISO date>`, a practitioner's day.
 * Every snapshot looks again whether it is still theirs; `null` says that it is not.
 */
export async function resolveLiveKey(key: string, token: string | undefined): Promise<LiveKey | undefined> {
  const [kind, id = ""] = key.split(":");
  const { actor } = await loadVisitActor(token);
  const guarded = (read: () => Promise<unknown>) => async () =>
    (await isStillGood(actor, token)) ? read() : null;
  if (kind === "agenda" && actor.kind === "user" && actor.practitionerId && parseDate(id)) {
    return {
      topics: [practitionerTopic(actor.practitionerId)],
      snapshot: guarded(() => readAgenda(actor, id, systemNow())),
    };
  }
  if (kind !== "appointment" || !(await findVisit(db(), appointmentScope(actor), id))) return undefined;
  return {
    topics: [appointmentTopic(id)],
    snapshot: guarded(async () => (await loadVisitState(actor, id)) ?? null),
  };
}

/** Whether what the asker came with still holds: a session may have been ended, a link revoked, while the page was open. */
async function isStillGood(actor: Actor, token: string | undefined): Promise<boolean> {
  const now = systemNow();
  if (actor.kind === "user") return (await findLiveSession(db(), actor.sessionId, now)) !== undefined;
  const linked = token === undefined ? undefined : await findLinkedAppointment(db(), token);
  return linked !== undefined && linkRights(linked, now) !== "none";
}
