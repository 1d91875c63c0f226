import type { Temporal } from "temporal-polyfill";
import { auditActor } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditAction } from "@/lib/audit/types";
import { isId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { publish } from "@/lib/events/publish";
import { practitionerTopic, timesTopic } from "@/lib/events/topics";
import { canKeepScheduleOf } from "../ability";
import type { Stranding } from "../types";
import { changeGuarded } from "./guard";

/** Whose schedule, and the key of the visits that are to stay where they are although they fit it no more. */
export type OfSchedule = { practitionerId: string; leave?: string | undefined };

/**
 * Changes one practitioner's schedule: under the lock that bookings wait for too, so that each is decided by the old schedule or by
 * the new one; with its event in the trail, and the free times that people look at brought up to date.
 *
 * @param write what changes; returns what the trail says of it
 * @returns nothing, `strands` with the visits, the refusal of `write`, or `not_found` for a schedule that is not the actor's to keep
 */
export function changeSchedule<R extends string>(
  { practitionerId, leave }: OfSchedule,
  actor: Actor,
  now: Temporal.Instant,
  write: (tx: Tx, practitioner: { timeZone: string }) => Promise<Result<AuditAction, R>>,
): Promise<Result<undefined, R | "not_found"> | Stranding> {
  return changeGuarded<undefined, R | "not_found">({ leave, now }, async (tx, guard) => {
    if (!isId(practitionerId) || !canKeepScheduleOf(actor, practitionerId)) return refuse("not_found");
    await guard.watch([practitionerId]);
    const practitioner = await tx.practitioner.findUnique({
      where: { id: practitionerId },
      select: { timeZone: true, user: { select: { pseudonym: true } } },
    });
    if (!practitioner) return refuse("not_found");
    const written = await write(tx, practitioner);
    if (!written.ok) return written;
    const kept = await guard.check();
    if (!kept.ok) return kept;
    await publish(tx, [practitionerTopic(practitionerId), timesTopic(practitionerId)]);
    await recordAudit(
      tx,
      {
        ...written.value,
        actor: auditActor(actor),
        outcome: "success",
        subject: practitioner.user.pseudonym,
        entity: { type: "practitioner", id: practitionerId },
      },
      now,
    );
    return ok();
  });
}
