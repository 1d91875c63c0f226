import type { Temporal } from "temporal-polyfill";
import type { UserActor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { lockQueue } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { practitionerTopic, queueTopic } from "@/lib/events/topics";
import { toDate } from "@/lib/time/instant";
import { dispatchQueue } from "./dispatch";

type Practitioner = Pick<UserActor, "practitionerId" | "pseudonym" | "address">;

/**
 * A practitioner begins or ends to take visits from the queue. Whoever ends it lets go of what they were just offered, which goes to the
 * next at once.
 */
export async function setDuty(
  { practitionerId, pseudonym, address }: Practitioner,
  onDuty: boolean,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found">> {
  if (practitionerId === undefined) return refuse("not_found");
  const practitioner = await db().practitioner.findFirst({ where: { id: practitionerId, active: true } });
  if (!practitioner) return refuse("not_found");
  const { specialtyId } = practitioner;
  const at = toDate(now);
  await transaction(async (tx) => {
    await lockQueue(tx, specialtyId);
    const known = await tx.queueDuty.findUnique({ where: { practitionerId } });
    if (onDuty && known) await tx.queueDuty.update({ where: { practitionerId }, data: { seenAt: at } });
    else if (onDuty)
      await tx.queueDuty.create({ data: { practitionerId, since: at, idleSince: at, seenAt: at } });
    else {
      await tx.queueDuty.deleteMany({ where: { practitionerId } });
      await tx.queueOffer.updateMany({
        where: { practitionerId, status: "open" },
        data: { status: "withdrawn", endedAt: at },
      });
    }
    await publish(tx, [queueTopic(specialtyId), practitionerTopic(practitionerId)]);
    if (onDuty !== (known !== null))
      await recordAudit(
        tx,
        {
          action: "queue.duty_changed",
          details: { onDuty },
          actor: { kind: "user", pseudonym, address },
          outcome: "success",
          subject: pseudonym,
          entity: { type: "practitioner", id: practitionerId },
        },
        now,
      );
    return ok();
  });
  await dispatchQueue(specialtyId, now);
  return ok();
}

/** The practitioner's page is still there. */
export async function beatDuty(practitionerId: string, now: Temporal.Instant): Promise<boolean> {
  const { count } = await db().queueDuty.updateMany({
    where: { practitionerId },
    data: { seenAt: toDate(now) },
  });
  return count > 0;
}
