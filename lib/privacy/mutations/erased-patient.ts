import type { Temporal } from "temporal-polyfill";
import { recordAudits } from "@/lib/audit/mutations";
import { env } from "@/lib/core/env";
import { newId } from "@/lib/core/ids";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import type { Patient } from "@/lib/db/generated/client";
import { transaction } from "@/lib/db/transaction";
import { DEFAULT_LOCALE } from "@/lib/i18n/locales";
import { seal } from "@/lib/security/seal";
import { toDate } from "@/lib/time/instant";
import { ERASED_NAME, identityPlace } from "../constants";
import { NEVER_BEGUN, unsafeHasRecords } from "../data/erasure";

/**
 * Puts a row that names nobody in a patient's place, and deletes the patient's own: whatever is not moved over goes with it, so that a
 * table that nobody thought of is erased and not kept. What is moved are the visits, for the clinic's figures, and the records that
 * the law makes it keep. The new row has another id and another pseudonym: guest ids cannot be derived any more, and the trail's
 * pseudonym is nobody's. A patient who is gone already is left at that.
 *
 * @returns `visit_to_come` where one was booked after the others were cancelled, or is still running
 */
export const erasePatient = (
  patientId: string,
  erasureId: string,
  now: Temporal.Instant,
): Promise<Result<undefined, "visit_to_come">> =>
  transaction(async (tx) => {
    // Whoever books for this patient at the moment comes before, and is seen below, or after, and finds nobody.
    await tx.$queryRaw`SELECT 1 FROM "patient" WHERE "id" = ${patientId}::uuid FOR UPDATE`;
    const patient = await tx.patient.findUnique({ where: { id: patientId } });
    if (!patient) return ok();
    if (await hasVisitAhead(tx, patientId, now)) return refuse("visit_to_come");
    await removeWords(tx, patientId);
    const blank = await createBlank(tx, patient, erasureId, now);
    const moved = { where: { patientId }, data: { patientId: blank } };
    await tx.appointment.updateMany(moved);
    await tx.slot.updateMany(moved);
    await tx.consent.updateMany(moved);
    await tx.conversation.updateMany(moved);
    // Whoever asked for this one alone, while it goes with an account, is not to be decided about any more.
    const withdrawn = await tx.erasure.updateManyAndReturn({
      where: { patientId, status: "requested" },
      data: { status: "withdrawn", decidedAt: toDate(now) },
    });
    await tx.patient.delete({ where: { id: patientId } });
    await recordAudits(
      tx,
      withdrawn.map(({ id }) => ({
        action: "erasure.withdrawn",
        details: {},
        actor: { kind: "system" },
        outcome: "success",
        subject: patient.pseudonym,
        entity: { type: "erasure", id },
      })),
      now,
    );
    return ok();
  });

const hasVisitAhead = async (tx: Tx, patientId: string, now: Temporal.Instant): Promise<boolean> =>
  (await tx.appointment.count({
    where: {
      patientId,
      OR: [
        { status: { in: ["pending", "booked", "arrived"] }, endAt: { gt: toDate(now) } },
        { encounter: { status: "in_progress" } },
      ],
    },
  })) > 0;

/** What is removed from the visits that stay: all but the record of care that took place. */
async function removeWords(tx: Tx, patientId: string): Promise<void> {
  const visits = { appointment: { patientId } };
  const encounter = { encounter: visits };
  // A visit that nobody began has no record to keep.
  const neverBegun = { patientId, ...NEVER_BEGUN };
  await tx.intakeAnswer.deleteMany({ where: { appointment: neverBegun } });
  await tx.consent.deleteMany({ where: { appointment: neverBegun } });
  await tx.appointment.updateMany({
    where: neverBegun,
    data: { reasonSealed: null, reasonKeyId: null },
  });
  await tx.appointment.updateMany({
    where: { patientId },
    data: {
      cancelReasonSealed: null,
      cancelReasonKeyId: null,
      overbookReasonSealed: null,
      overbookReasonKeyId: null,
      timeZone: env().CLINIC_TIME_ZONE,
      locale: DEFAULT_LOCALE,
    },
  });
  await tx.accessLink.deleteMany({ where: visits });
  await tx.guest.deleteMany({ where: { ...encounter, practitionerId: null } });
  await tx.thirdPerson.deleteMany({ where: encounter });
  await tx.presence.deleteMany({ where: encounter });
  await tx.waitingMessage.deleteMany({ where: encounter });
  await tx.deviceCheck.deleteMany({ where: encounter });
  await tx.visitFeedback.updateMany({
    where: encounter,
    data: { commentSealed: null, commentKeyId: null },
  });
  await tx.conversation.deleteMany({ where: { patientId, lastSequence: 0 } });
  // One that opened the record of another patient too stays that one's.
  await tx.emergencyAccess.deleteMany({ where: { patients: { some: { patientId }, every: { patientId } } } });
}

/** The row that stays. Whose the records are is kept with it, sealed, only where there are records. */
async function createBlank(
  tx: Tx,
  { id: patientId, name, contactName, email, phone }: Patient,
  erasureId: string,
  now: Temporal.Instant,
): Promise<string> {
  const id = newId();
  const identity = (await unsafeHasRecords(tx, patientId))
    ? seal(JSON.stringify({ name, contactName, email, phone }), identityPlace(id))
    : undefined;
  await tx.patient.create({
    data: {
      id,
      name: ERASED_NAME,
      locale: DEFAULT_LOCALE,
      timeZone: env().CLINIC_TIME_ZONE,
      pseudonym: newId(),
      createdAt: toDate(now),
      erasureId,
      identitySealed: identity?.sealed ?? null,
      identityKeyId: identity?.keyId ?? null,
    },
  });
  return id;
}
