import type { AuditInput } from "@/lib/audit/types";
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

/** That the portal took them off duty, for the trail. */
export const endedDutyEvents = (ended: readonly EndedDuty[]): AuditInput[] =>
  ended.map(({ practitionerId, pseudonym }) => ({
    action: "queue.duty_changed",
    details: { onDuty: false, by: "system" },
    actor: { kind: "system" },
    outcome: "success",
    subject: pseudonym,
    entity: { type: "practitioner", id: practitionerId },
  }));
