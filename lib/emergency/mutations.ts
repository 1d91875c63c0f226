import type { Temporal } from "temporal-polyfill";
import { auditActor, emergencyScope } from "@/lib/access/rules";
import type { UserActor } from "@/lib/access/types";
import { recordAuditOfEach } from "@/lib/audit/mutations";
import { unsafeListAdministrators } from "@/lib/auth/data";
import type { WaitingRefusal } from "@/lib/auth/pipeline";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { queueNotification } from "@/lib/notifications/mutations";
import { countAttempt } from "@/lib/security/rate-limit";
import { seal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { EMERGENCY_LIMIT, EMERGENCY_MINUTES, emergencyPlace } from "./constants";
import { type Asked, closeAccess, findAccess, isWorking, unsafeFindNamed } from "./data";
import type { EmergencyReason, EndRefusal, OpenRefusal } from "./types";

type Opening = Asked & { reason: EmergencyReason; text: string };

/**
 * Break-glass: opens the records of one person to a practitioner for {@link EMERGENCY_MINUTES}. In a transaction of its own, with the
 * trail's events and the mails to the patient and the administrators; nothing is read before it is committed.
 *
 * @returns the access. `not_found` for nobody of that name there, and for whoever may not open any; `too_many_attempts` with the seconds
 *   to wait
 */
export async function openRecord(
  actor: UserActor,
  { name, contact, reason, text }: Opening,
  now: Temporal.Instant,
): Promise<Result<{ accessId: string }, OpenRefusal> | WaitingRefusal<"too_many_attempts">> {
  const retryAfterSeconds = await countAttempt("emergency.open", actor.userId, EMERGENCY_LIMIT, now);
  if (retryAfterSeconds !== undefined) return { ...refuse("too_many_attempts"), retryAfterSeconds };
  return transaction(async (tx): Promise<Result<{ accessId: string }, OpenRefusal>> => {
    const { practitionerId } = actor;
    if (!practitionerId || !(await isWorking(tx, practitionerId))) return refuse("not_found");
    const patients = await unsafeFindNamed(tx, { name, contact }, actor.userId);
    if (patients.length === 0) return refuse("not_found");

    const accessId = newId();
    const { sealed, keyId } = seal(text, emergencyPlace(accessId));
    await tx.emergencyAccess.create({
      data: {
        id: accessId,
        practitionerId,
        reason,
        textSealed: sealed,
        textKeyId: keyId,
        createdAt: toDate(now),
        expiresAt: toDate(now.add({ minutes: EMERGENCY_MINUTES })),
      },
    });
    await tx.emergencyAccessPatient.createMany({
      data: patients.map(({ id }) => ({ accessId, patientId: id })),
    });
    await tellOf(tx, patients, now);
    await recordAuditOfEach(
      tx,
      patients.map(({ pseudonym }) => pseudonym),
      {
        action: "emergency_access.granted",
        details: { reason },
        actor: auditActor(actor),
        outcome: "success",
        entity: { type: "emergency_access", id: accessId },
      },
      now,
    );
    return ok({ accessId });
  });
}

/** Mails to each address of the patient's, once, and to whoever administers the clinic. */
async function tellOf(
  tx: Tx,
  patients: readonly { id: string; email: string | null }[],
  now: Temporal.Instant,
): Promise<void> {
  const byAddress = new Map(patients.map(({ id, email }) => [email, id]));
  for (const [email, patientId] of byAddress) {
    if (email !== null) await queueNotification(tx, { kind: "emergency_access", patientId, now });
  }
  for (const { id } of await unsafeListAdministrators(tx)) {
    await queueNotification(tx, { kind: "emergency_access", userId: id, now });
  }
}

/** Gives an access back before its time is over. */
export const endAccess = (
  actor: UserActor,
  accessId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, EndRefusal>> =>
  transaction(async (tx): Promise<Result<undefined, EndRefusal>> => {
    const scope = emergencyScope(actor, now);
    const access = await findAccess(tx, scope, accessId);
    // Of two at once the second finds none.
    if (!access || !(await closeAccess(tx, scope, accessId, now))) return refuse("not_found");
    await recordAuditOfEach(
      tx,
      access.patients.map(({ patient }) => patient.pseudonym),
      {
        action: "emergency_access.ended",
        details: {},
        actor: auditActor(actor),
        outcome: "success",
        entity: { type: "emergency_access", id: accessId },
      },
      now,
    );
    return ok();
  });
