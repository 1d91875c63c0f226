import type { Temporal } from "temporal-polyfill";
import { conversationScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { db } from "@/lib/db/client";
import { openConversation } from "@/lib/messaging/mutations/open";
import type { Side } from "@/lib/messaging/types";
import { type BookedVisit, bookedVisit, soon } from "../visits/stage";

export type Talk = BookedVisit & { conversationId: string; patientId: string; practitionerId: string };

/** Two who have a visit, and their conversation. */
export async function beginTalk(now: Temporal.Instant, startAt = soon(now)): Promise<Talk> {
  const visit = await bookedVisit(startAt, now);
  const { patientId, practitionerId } = await db().appointment.findUniqueOrThrow({
    where: { id: visit.appointmentId },
  });
  const opened = await openConversation(visit.patient, "patient", { patientId, practitionerId }, now);
  if (!opened.ok) throw new Error(opened.reason);
  return { ...visit, patientId, practitionerId, conversationId: opened.value.conversationId };
}

export const actorOf = (talk: Talk, side: Side): Actor =>
  side === "patient" ? talk.patient : talk.practitioner;

/** What one of the two reads on their own side. */
export const scopeOf = (talk: Talk, side: Side = "patient") => conversationScope(actorOf(talk, side), side);
