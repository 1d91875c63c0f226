import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import { newId } from "@/lib/core/ids";
import { ok } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { enqueue } from "@/lib/jobs/send";
import { queueNotification } from "@/lib/notifications/mutations";
import { countAttempt } from "@/lib/security/rate-limit";
import { toDate } from "@/lib/time/instant";

/** At most so many mails to one address, however often somebody asks: nobody's mailbox is filled by strangers. */
const PER_EMAIL = { max: 1, windowSeconds: 3600 };

/** Longer than the worker tries to answer a request. */
const KEPT_HOURS = 24;

/**
 * Has a list of the upcoming visits of an e-mail address sent to that address. Whoever asks learns nothing, neither from the answer nor
 * from the time it takes: whose address it is, {@link answerVisitListRequest} looks up later.
 *
 * @param email in lower case, as addresses are stored
 */
export async function requestVisitList(
  { email, address }: { email: string; address: string | undefined },
  now: Temporal.Instant,
): Promise<void> {
  if ((await countAttempt("booking.visit-list", email, PER_EMAIL, now)) !== undefined) return;
  await transaction(async (tx) => {
    const { id: visitListRequestId } = await tx.visitListRequest.create({
      data: { id: newId(), email, address: address ?? null, createdAt: toDate(now) },
    });
    await enqueue(tx, "visit_list.requested", { visitListRequestId });
    return ok();
  });
}

/**
 * Looks whose address a request names, and queues the mail where it has upcoming visits. The request is gone with that, so that doing it
 * twice sends one mail.
 */
export async function answerVisitListRequest(
  visitListRequestId: string,
  now: Temporal.Instant,
): Promise<void> {
  await transaction(async (tx) => {
    const [request] = await tx.$queryRaw<{ email: string; address: string | null }[]>`
      DELETE FROM "visit_list_request" WHERE "id" = ${visitListRequestId}::uuid RETURNING "email", "address"`;
    if (!request) return ok();
    const patient = await tx.patient.findFirst({
      where: {
        email: request.email,
        appointments: { some: { status: { in: ["booked", "arrived"] }, endAt: { gt: toDate(now) } } },
      },
      select: { id: true, pseudonym: true },
      orderBy: { id: "asc" },
    });
    if (!patient) return ok();
    await queueNotification(tx, { kind: "visit_list", patientId: patient.id, now });
    await recordAudit(
      tx,
      {
        action: "visit_list.requested",
        details: {},
        actor: { kind: "anonymous" },
        outcome: "success",
        subject: patient.pseudonym,
        entity: undefined,
        address: request.address ?? undefined,
      },
      now,
    );
    return ok();
  });
}

/** Forgets requests that nobody answers any more. */
export async function forgetVisitListRequests(now: Temporal.Instant): Promise<void> {
  await db().visitListRequest.deleteMany({
    where: { createdAt: { lte: toDate(now.subtract({ hours: KEPT_HOURS })) } },
  });
}
