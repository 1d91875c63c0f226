import type { Temporal } from "temporal-polyfill";
import { auditActor, keptPatientScope } from "@/lib/access/rules";
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
 * Lets somebody who waits go before the others, for a reason that is kept with the place. Whoever keeps the line may, that is schedulers and
 * administrators: practitioners are offered one patient at a time, and see no line.
 */
export function givePriority(
  actor: Actor,
  { entryId, reason }: { entryId: string; reason: string },
  now: Temporal.Instant,
): Promise<Result<undefined, PriorityRefusal>> {
  const { keyId, sealed } = seal(reason, priorityReasonPlace(entryId));
  return setPriority(
    actor,
    entryId,
    { priority: PRIORITY, priorityReasonSealed: sealed, priorityReasonKeyId: keyId },
    now,
  );
}

/** Takes that back: they go again when they came, and the reason is gone. */
export const takePriorityBack = (
  actor: Actor,
  entryId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, PriorityRefusal>> =>
  setPriority(actor, entryId, { priority: 0, priorityReasonSealed: null, priorityReasonKeyId: null }, now);

type Priority = {
  priority: number;
  priorityReasonSealed: Uint8Array<ArrayBuffer> | null;
  priorityReasonKeyId: string | null;
};

async function setPriority(
  actor: Actor,
  entryId: string,
  data: Priority,
  now: Temporal.Instant,
): Promise<Result<undefined, PriorityRefusal>> {
  const known = await db().queueEntry.findFirst({
    where: { id: entryId, patient: keptPatientScope(actor) },
    include: { patient: { select: { pseudonym: true } } },
  });
  if (!known) return refuse("not_found");
  const { specialtyId, patient } = known;
  const set = await transaction(async (tx) => {
    await lockQueue(tx, specialtyId);
    const { count } = await tx.queueEntry.updateMany({ where: { id: entryId, status: "waiting" }, data });
    if (count === 0) return refuse("not_found");
    await publish(tx, [queueTopic(specialtyId)]);
    const change =
      data.priority > 0
        ? ({ action: "queue.priority_given", details: { priority: data.priority } } as const)
        : ({ action: "queue.priority_taken", details: {} } as const);
    await recordAudit(
      tx,
      {
        ...change,
        actor: auditActor(actor),
        outcome: "success",
        subject: patient.pseudonym,
        entity: { type: "queue_entry", id: entryId },
      },
      now,
    );
    return ok();
  });
  if (set.ok) await dispatchQueue(specialtyId, now);
  return set;
}
