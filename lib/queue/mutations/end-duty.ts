import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import type { Tx } from "@/lib/db/client";

export type EndedDuty = { practitionerId: string; pseudonym: string };

/** Takes practitioners off duty. @returns those who were on it */
export async function endDuties(
  tx: Tx,
  practitionerIds: readonly string[],
  more: { seenAt?: { lt: Date } } = {},
): Promise<EndedDuty[]> {
  const where = { practitionerId: { in: [...practitionerIds] }, ...more };
  const ended = await tx.queueDuty.findMany({
    where,
    select: { practitionerId: true, practitioner: { select: { user: { select: { pseudonym: true } } } } },
  });
  await tx.queueDuty.deleteMany({ where });
  return ended.map(({ practitionerId, practitioner }) => ({
    practitionerId,
    pseudonym: practitioner.user.pseudonym,
  }));
}

/** Notes that the portal took them off duty. */
export async function noteEndedDuties(
  tx: Tx,
  ended: readonly EndedDuty[],
  now: Temporal.Instant,
): Promise<void> {
  for (const { practitionerId, pseudonym } of ended)
    await recordAudit(
      tx,
      {
        action: "queue.duty_changed",
        details: { onDuty: false, by: "system" },
        actor: { kind: "system" },
        outcome: "success",
        subject: pseudonym,
        entity: { type: "practitioner", id: practitionerId },
      },
      now,
    );
}
