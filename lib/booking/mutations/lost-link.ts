import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import { ok } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { queueNotification } from "@/lib/notifications/mutations";
import { countAttempt } from "@/lib/security/rate-limit";
import { toDate } from "@/lib/time/instant";

/** At most so many mails to one address, however often somebody asks: nobody's mailbox is filled by strangers. */
const PER_EMAIL = { max: 1, windowSeconds: 3600 };

/**
 * Has a list of the upcoming visits of an e-mail address sent to that address. Whoever asks learns nothing, neither from the answer
 * nor from its absence: an address without visits, and one that has just had its mail, look the same.
 *
 * @param email in lower case, as addresses are stored
 */
export async function requestVisitList(
  { email, address }: { email: string; address: string | undefined },
  now: Temporal.Instant,
): Promise<void> {
  if ((await countAttempt("booking.visit-list", email, PER_EMAIL, now)) !== undefined) return;
  const patient = await db().patient.findFirst({
    where: {
      email,
      appointments: { some: { status: { in: ["booked", "arrived"] }, endAt: { gt: toDate(now) } } },
    },
    select: { id: true, pseudonym: true },
    orderBy: { id: "asc" },
  });
  if (!patient) return;
  await transaction(async (tx) => {
    await queueNotification(tx, { kind: "visit_list", patientId: patient.id, now });
    await recordAudit(
      tx,
      {
        action: "visit_list.requested",
        details: {},
        actor: { kind: "anonymous" },
        outcome: "success",
        subject: patient.pseudonym,
        entity: { type: "patient", id: patient.id },
        address,
      },
      now,
    );
    return ok();
  });
}
