import type { Temporal } from "temporal-polyfill";
import { auditActor, dependantScope, lookUpScope } from "@/lib/access/rules";
import type { UserActor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { unsafeListAdministrators } from "@/lib/auth/data";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import type { ErasureProof } from "@/lib/db/generated/client";
import { transaction } from "@/lib/db/transaction";
import { queueNotification } from "@/lib/notifications/mutations";
import { toDate } from "@/lib/time/instant";

const CONSTRAINTS = {
  erasure_user_excl: "already_asked",
  erasure_patient_excl: "already_asked",
} as const;

type Request = {
  whose: { scope: "account"; userId: string } | { scope: "patient"; userId?: string; patientId: string };
  shown?: { proof: ErasureProof; requestedBy: string };
  /** The pseudonym of whom it is about. */
  subject: string;
};

/** Nothing goes before an administrator has decided, and all of them get a mail. */
async function create(
  tx: Tx,
  actor: UserActor,
  { whose, shown, subject }: Request,
  now: Temporal.Instant,
): Promise<Result<{ erasureId: string }>> {
  const erasureId = newId();
  await tx.erasure.create({ data: { id: erasureId, ...whose, ...shown, requestedAt: toDate(now) } });
  for (const { id } of await unsafeListAdministrators(tx))
    await queueNotification(tx, { kind: "erasure_requested", userId: id, now });
  await recordAudit(
    tx,
    {
      action: "erasure.requested",
      details: shown ? { proof: shown.proof } : {},
      actor: auditActor(actor),
      outcome: "success",
      subject,
      entity: { type: "erasure", id: erasureId },
    },
    now,
  );
  return ok({ erasureId });
}

/**
 * Asks that what is kept about somebody goes: about the account with all for whom it speaks, or about one of these alone.
 *
 * @returns its id, or `already_asked`; `not_found` for a patient for whom the account does not speak
 */
export const requestErasure = (
  actor: UserActor,
  now: Temporal.Instant,
  patientId?: string,
): Promise<Result<{ erasureId: string }, "already_asked" | "not_found">> =>
  transaction(async (tx) => {
    const { userId, pseudonym } = actor;
    if (patientId === undefined)
      return create(tx, actor, { whose: { scope: "account", userId }, subject: pseudonym }, now);
    const patient = await tx.patient.findFirst({
      where: { AND: [dependantScope(actor), { id: patientId, userId: null }] },
    });
    if (!patient) return refuse("not_found");
    const whose = { scope: "patient", userId, patientId } as const;
    return create(tx, actor, { whose, subject: patient.pseudonym }, now);
  }, CONSTRAINTS);

/**
 * The same for somebody who asked the clinic itself, on paper or at its desk, and has shown an administrator who they are. Of whoever has an
 * account, it is about that.
 *
 * @returns its id, or `already_asked`; `not_found` for nobody whom the administrator can look up
 */
export const requestErasureFor = (
  actor: UserActor,
  { patientId, proof }: { patientId: string; proof: ErasureProof },
  now: Temporal.Instant,
): Promise<Result<{ erasureId: string }, "already_asked" | "not_found">> =>
  transaction(async (tx) => {
    const patient = await tx.patient.findFirst({ where: { AND: [lookUpScope(actor), { id: patientId }] } });
    if (!patient) return refuse("not_found");
    const { userId, pseudonym } = patient;
    const whose = userId
      ? ({ scope: "account", userId } as const)
      : ({ scope: "patient", patientId } as const);
    const shown = { proof, requestedBy: actor.pseudonym };
    return create(tx, actor, { whose, shown, subject: pseudonym }, now);
  }, CONSTRAINTS);

/** Takes one's own request back. @returns `not_found` once somebody has decided, and where there was none */
export const withdrawErasure = (
  actor: UserActor,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found">> =>
  transaction(async (tx) => {
    const [withdrawn] = await tx.erasure.updateManyAndReturn({
      where: { userId: actor.userId, status: "requested" },
      data: { status: "withdrawn", decidedAt: toDate(now) },
      select: { id: true },
    });
    if (!withdrawn) return refuse("not_found");
    await recordAudit(
      tx,
      {
        action: "erasure.withdrawn",
        details: {},
        actor: auditActor(actor),
        outcome: "success",
        subject: actor.pseudonym,
        entity: { type: "erasure", id: withdrawn.id },
      },
      now,
    );
    return ok();
  });
