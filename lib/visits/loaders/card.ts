import "server-only";
import { systemNow } from "@/lib/core/clock";
import { db } from "@/lib/db/client";
import type { LiveSource } from "@/lib/events/stream";
import { appointmentTopic } from "@/lib/events/topics";
import { findCardVisit } from "@/lib/messaging/data/cards";
import { describeCard } from "@/lib/messaging/rules";
import { loadActorAfterVisit } from "./link";
import { isStillGood } from "./live";

/**
 * `card:<appointmentId>`, the Join card of a visit that began in a conversation of one's own, for either side. Whoever looks at it
 * is not thereby present at the visit.
 */
export async function resolveCardKey(
  key: string,
  token: string | undefined,
): Promise<LiveSource | undefined> {
  const [kind, appointmentId = ""] = key.split(":");
  if (kind !== "card") return undefined;
  const actor = await loadActorAfterVisit(token);
  const find = async () =>
    (await findCardVisit(db(), actor, "patient", appointmentId)) ??
    findCardVisit(db(), actor, "practitioner", appointmentId);
  const visit = await find();
  if (!visit) return undefined;
  return {
    topics: [appointmentTopic(appointmentId)],
    snapshot: async () => {
      const current = (await isStillGood(actor, token)) ? await find() : undefined;
      return current ? describeCard(current, systemNow()) : null;
    },
    endsInMs: () => {
      const left = systemNow().until(visit.endAt).total("milliseconds");
      return left > 0 ? left : undefined;
    },
  };
}
