import type { Temporal } from "temporal-polyfill";
import { auditActor } from "@/lib/access/rules";
import type { UserActor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditAction } from "@/lib/audit/types";
import { endSessionsOf } from "@/lib/auth/mutations/sessions";
import { env } from "@/lib/core/env";
import { isId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { enqueue } from "@/lib/jobs/send";
import { erasureContactPlace, erasureReasonPlace } from "@/lib/notifications/constants";
import { queueNotification } from "@/lib/notifications/mutations";
import { seal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { isStaff } from "../rules";

/** The row is held until the commit, so that of two who decide, or one who withdraws meanwhile, the first is heard. */
async function lockRequest(tx: Tx, erasureId: string) {
  if (!isId(erasureId)) return undefined;
  await tx.$queryRaw`SELECT 1 FROM "erasure" WHERE "id" = ${erasureId}::uuid FOR UPDATE`;
  const request = await tx.erasure.findFirst({
    where: { id: erasureId, status: "requested" },
    include: { user: { include: { patient: true, dependants: true } } },
  });
  return request?.user ? { ...request, user: request.user } : undefined;
}

/**
 * Refuses to erase somebody, in words that they get by mail.
 *
 * @returns `not_found` for a request that is none any more
 */
export const refuseErasure = (
  actor: UserActor,
  { erasureId, reason }: { erasureId: string; reason: string },
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found">> =>
  transaction(async (tx) => {
    const request = await lockRequest(tx, erasureId);
    if (!request) return refuse("not_found");
    const { sealed, keyId } = seal(reason, erasureReasonPlace(erasureId));
    await tx.erasure.update({
      where: { id: erasureId },
      data: { ...decided(actor, now), status: "refused", reasonSealed: sealed, reasonKeyId: keyId },
    });
    await queueNotification(tx, { kind: "erasure_refused", userId: request.user.id, erasureId, now });
    await recordDecision(tx, actor, request, { action: "erasure.refused", details: {} }, now);
    return ok();
  });

/**
 * Has somebody erased. From here on nobody signs in with the account; the rest is the worker's. What the last mail needs is set aside,
 * since the account will be gone by then.
 *
 * @returns `not_found` for a request that is none any more, `visit_running` while somebody is in a visit
 */
export const approveErasure = (
  actor: UserActor,
  erasureId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found" | "visit_running">> =>
  transaction(async (tx) => {
    const request = await lockRequest(tx, erasureId);
    if (!request) return refuse("not_found");
    const { user } = request;
    const patientIds = [...(user.patient ? [user.patient] : []), ...user.dependants].map(({ id }) => id);
    const running = await tx.encounter.count({
      where: { status: "in_progress", appointment: { patientId: { in: patientIds } } },
    });
    if (running > 0) return refuse("visit_running");
    const contact = {
      email: user.email,
      locale: user.locale,
      timeZone: user.timeZone ?? env().CLINIC_TIME_ZONE,
    };
    const { sealed, keyId } = seal(JSON.stringify(contact), erasureContactPlace(erasureId));
    await tx.erasure.update({
      where: { id: erasureId },
      data: { ...decided(actor, now), status: "approved", contactSealed: sealed, contactKeyId: keyId },
    });
    await tx.dataExport.deleteMany({ where: { userId: user.id } });
    // Staff keep the account with which they work; what they are as patients goes with the rest.
    if (!isStaff(user.roles)) {
      await tx.user.update({
        where: { id: user.id },
        data: { disabledAt: toDate(now), sessionVersion: { increment: 1 } },
      });
      await endSessionsOf(tx, user.id, now, { by: auditActor(actor) });
    }
    await enqueue(tx, "erasure.approved", { erasureId });
    await recordDecision(tx, actor, request, { action: "erasure.approved", details: {} }, now);
    return ok();
  });

const decided = (actor: UserActor, now: Temporal.Instant) => ({
  decidedAt: toDate(now),
  decidedBy: actor.pseudonym,
});

const recordDecision = (
  tx: Tx,
  actor: UserActor,
  request: { id: string; user: { pseudonym: string } },
  decision: AuditAction,
  now: Temporal.Instant,
): Promise<void> =>
  recordAudit(
    tx,
    {
      ...decision,
      actor: auditActor(actor),
      outcome: "success",
      subject: request.user.pseudonym,
      entity: { type: "erasure", id: request.id },
    },
    now,
  );
