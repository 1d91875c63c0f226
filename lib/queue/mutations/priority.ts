import type { Temporal } from "temporal-polyfill";
import { auditActor, keepsAllSchedules } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { lockQueue } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { queueTopic } from "@/lib/events/topics";
import { seal } from "@/lib/security/seal";
import { priorityReasonPlace } from "../constants";
import type { PriorityRefusal } from "../types";
import { dispatchQueue } from "./dispatch";

/** Above everybody who simply waits; among several, whoever came first goes first. */
const PRIORITY = 1;

/**
 * Lets somebody who waits go before the others, for a reason that is kept with the place: schedulers and administrators anybody,
 * practitioners those of their specialty.
 */
export async function givePriority(
  actor: Actor,
  { entryId, reason }: { entryId: string; reason: string },
  now: Temporal.Instant,
): Promise<Result<undefined, PriorityRefusal>> {
  const known = await db().queueEntry.findFirst({
    where: { id: entryId, ...(keepsAllSchedules(actor) ? {} : ofSpecialty(actor)) },
    include: { patient: { select: { pseudonym: true } } },
  });
  if (!known) return refuse("not_found");
  const { specialtyId, patient } = known;
  const given = await transaction(async (tx) => {
    await lockQueue(tx, specialtyId);
    const { keyId, sealed } = seal(reason, priorityReasonPlace(entryId));
    const { count } = await tx.queueEntry.updateMany({
      where: { id: entryId, status: "waiting" },
      data: { priority: PRIORITY, priorityReasonSealed: sealed, priorityReasonKeyId: keyId },
    });
    if (count === 0) return refuse("not_found");
    await publish(tx, [queueTopic(specialtyId)]);
    await recordAudit(
      tx,
      {
        action: "queue.priority_given",
        details: { priority: PRIORITY },
        actor: auditActor(actor),
        outcome: "success",
        subject: patient.pseudonym,
        entity: { type: "queue_entry", id: entryId },
      },
      now,
    );
    return ok();
  });
  if (given.ok) await dispatchQueue(specialtyId, now);
  return given;
}

/** The queue that a practitioner is of; nobody else has one. */
const ofSpecialty = (actor: Actor) => ({
  specialty: {
    practitioners: { some: { id: (actor.kind === "user" && actor.practitionerId) || "none" } },
  },
});
