import type { Temporal } from "temporal-polyfill";
import { auditActor } from "@/lib/access/rules";
import type { UserActor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import type { AuditAction } from "@/lib/audit/types";
import { endSessionsOf } from "@/lib/auth/mutations/sessions";
import { env } from "@/lib/core/env";
import { isId, newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { enqueue } from "@/lib/jobs/send";
import { erasureContactPlace, erasureReasonPlace } from "@/lib/notifications/constants";
import { queueNotification } from "@/lib/notifications/mutations";
import { seal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { unsafeFindErasurePerson } from "../data/erasure-person";
import { unsafeListUnclaimed } from "../data/requests";
import { isStaff } from "../rules";

/** The row is held until the commit, so that of two who decide, or one who withdraws meanwhile, the first is heard. */
async function lockRequest(tx: Tx, erasureId: string) {
  if (!isId(erasureId)) return undefined;
  await tx.$queryRaw`SELECT 1 FROM "erasure" WHERE "id" = ${erasureId}::uuid FOR UPDATE`;
  const request = await tx.erasure.findFirst({
    where: { id: erasureId, status: "requested" },
    include: { user: true, patient: true },
  });
  const subject = (request?.patient ?? request?.user)?.pseudonym;
  return request && subject !== undefined ? { ...request, subject } : undefined;
}

type Request = NonNullable<Awaited<ReturnType<typeof lockRequest>>>;

/**
 * Refuses to erase somebody, in words that they get by mail; whoever has no address hears them at the clinic.
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
    const { user, patient } = request;
    if (user) await queueNotification(tx, { kind: "erasure_refused", userId: user.id, erasureId, now });
    else if (patient?.email)
      await queueNotification(tx, { kind: "erasure_refused", patientId: patient.id, erasureId, now });
    await recordDecision(tx, actor, request, { action: "erasure.refused", details: {} }, now);
    return ok();
  });

/**
 * Has somebody erased. From here on nobody signs in with the account, where it is about one; the rest is the worker's. What the last mail
 * needs is set aside, since account and patient will be gone by then.
 *
 * @param include bookings without an account under the same address, which the administrator takes along: each is an erasure of its own
 * @returns `not_found` for a request that is none any more, `visit_running` while somebody is in a visit
 */
export const approveErasure = (
  actor: UserActor,
  erasureId: string,
  now: Temporal.Instant,
  include: readonly string[] = [],
): Promise<Result<undefined, "not_found" | "visit_running">> =>
  transaction(async (tx) => {
    const request = await lockRequest(tx, erasureId);
    if (!request) return refuse("not_found");
    const { user, scope } = request;
    const person = await unsafeFindErasurePerson(tx, request);
    if (!person) return refuse("not_found");
    const { email } = contactOf(request);
    const unclaimed = await unsafeListUnclaimed(tx, email, person.patientIds);
    const along = unclaimed.filter(({ id }) => include.includes(id));
    const patientIds = [...person.patientIds, ...along.map(({ id }) => id)];
    const running = await tx.encounter.count({
      where: { status: "in_progress", appointment: { patientId: { in: patientIds } } },
    });
    if (running > 0) return refuse("visit_running");
    await tx.erasure.update({
      where: { id: erasureId },
      data: { ...decided(actor, now), status: "approved", ...sealedContact(request) },
    });
    if (user) await tx.dataExport.deleteMany({ where: { userId: user.id } });
    // Staff go on working with their account; what they are as patients goes with the rest.
    if (user && scope === "account" && !isStaff(user.roles)) {
      await tx.user.update({
        where: { id: user.id },
        data: { disabledAt: toDate(now), sessionVersion: { increment: 1 } },
      });
      await endSessionsOf(tx, user.id, now, { by: auditActor(actor) });
    }
    await enqueue(tx, "erasure.approved", { erasureId });
    await recordDecision(tx, actor, request, APPROVED, now);
    for (const patient of along) await takeAlong(tx, actor, request, patient, now);
    return ok();
  });

const APPROVED = { action: "erasure.approved", details: {} } as const;

/** An erasure of its own, approved with the one that it came with; nobody is written to about it. */
async function takeAlong(
  tx: Tx,
  actor: UserActor,
  { requestedAt, proof, requestedBy }: Request,
  { id: patientId, pseudonym: subject }: { id: string; pseudonym: string },
  now: Temporal.Instant,
): Promise<void> {
  const id = newId();
  await tx.erasure.create({
    data: {
      id,
      scope: "patient",
      patientId,
      status: "approved",
      requestedAt,
      proof,
      requestedBy,
      ...decided(actor, now),
    },
  });
  await enqueue(tx, "erasure.approved", { erasureId: id });
  await recordDecision(tx, actor, { id, subject }, APPROVED, now);
}

/** Where the last mail goes: to the account that asked, else to the patient, who may have no address. */
function contactOf({ user, patient }: Request) {
  const { email = null, locale = "", timeZone = null } = user ?? patient ?? {};
  return { email, locale, timeZone: timeZone ?? env().CLINIC_TIME_ZONE };
}

function sealedContact(request: Request) {
  const contact = contactOf(request);
  if (contact.email === null) return {};
  const { sealed, keyId } = seal(JSON.stringify(contact), erasureContactPlace(request.id));
  return { contactSealed: sealed, contactKeyId: keyId };
}

const decided = (actor: UserActor, now: Temporal.Instant) => ({
  decidedAt: toDate(now),
  decidedBy: actor.pseudonym,
});

const recordDecision = (
  tx: Tx,
  actor: UserActor,
  { id, subject }: { id: string; subject: string },
  decision: AuditAction,
  now: Temporal.Instant,
): Promise<void> =>
  recordAudit(
    tx,
    {
      ...decision,
      actor: auditActor(actor),
      outcome: "success",
      subject,
      entity: { type: "erasure", id },
    },
    now,
  );
