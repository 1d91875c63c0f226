import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditActor } from "@/lib/audit/types";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import { lockPractitioners } from "@/lib/db/locks";
import { transaction } from "@/lib/db/transaction";
import type { WeeklyHoursRefusal, WeeklyInterval } from "../types";

/**
 * Replaces a practitioner's weekly hours; booked visits stay as they are. Waits for bookings of the same practitioner that
 * are under way, so that each is decided by the old hours or by the new ones.
 *
 * @returns nothing, or `not_found`
 */
export const replaceWeeklyHours = (
  { practitionerId, hours }: { practitionerId: string; hours: readonly WeeklyInterval[] },
  actor: AuditActor,
  now: Temporal.Instant,
): Promise<Result<undefined, WeeklyHoursRefusal>> =>
  transaction(async (tx) => {
    await lockPractitioners(tx, [practitionerId]);
    const practitioner = await tx.practitioner.findUnique({
      where: { id: practitionerId },
      select: { user: { select: { pseudonym: true } } },
    });
    if (!practitioner) return refuse("not_found");
    await tx.availabilityRule.deleteMany({ where: { practitionerId } });
    await tx.availabilityRule.createMany({
      data: hours.map((interval) => ({ id: newId(), practitionerId, ...interval })),
    });
    await recordAudit(
      tx,
      {
        action: "practitioner.hours_changed",
        details: { rules: hours.length },
        actor,
        outcome: "success",
        subject: practitioner.user.pseudonym,
        entity: { type: "practitioner", id: practitionerId },
      },
      now,
    );
    return ok();
  });
