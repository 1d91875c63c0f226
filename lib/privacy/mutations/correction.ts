import type { Temporal } from "temporal-polyfill";
import { auditActor, ownPatientScope } from "@/lib/access/rules";
import type { UserActor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { publish } from "@/lib/events/publish";
import { appointmentTopic, patientTopic, practitionerTopic, queueTopic } from "@/lib/events/topics";
import { toDate } from "@/lib/time/instant";
import { findProfile } from "../data/profile";
import type { Contact, CorrectedField, Correction, Profile } from "../types";

const FIELDS = ["name", "phone", "locale", "timeZone"] as const satisfies readonly CorrectedField[];

/**
 * Corrects what a patient says of themselves, or of somebody for whom they speak: name, telephone, the language and the clocks of their
 * mails, those about visits that are booked already too. An account's own record, the account, and the contact of those for whom it speaks
 * keep one name. What is as it was changes nothing and leaves no trace.
 *
 * @returns nothing; `not_found` for anybody else's record; `changed_meanwhile` where it is not what they saw any more
 */
export const correctProfile = (
  actor: UserActor,
  { patientId, version, ...correction }: Correction,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found" | "changed_meanwhile">> =>
  transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "patient" WHERE "id" = ${patientId}::uuid FOR NO KEY UPDATE`;
    const kept = await findProfile(tx, ownPatientScope(actor), patientId);
    if (!kept) return refuse("not_found");
    if (kept.version !== version) return refuse("changed_meanwhile");
    const fields = FIELDS.filter((field) => kept[field] !== correction[field]);
    if (fields.length === 0) return ok();
    const pseudonym = await writeProfile(tx, actor, kept, correction);
    await writeAhead(tx, patientId, fields, { ...correction, phone: correction.phone ?? null }, now);
    await publishTo(tx, patientId, now);
    await recordAudit(
      tx,
      {
        action: "patient.corrected",
        details: { fields },
        actor: auditActor(actor),
        outcome: "success",
        subject: pseudonym,
        entity: undefined,
      },
      now,
    );
    return ok();
  });

/** @returns the pseudonym of the patient whose record it is */
async function writeProfile(
  tx: Tx,
  { userId }: UserActor,
  { patientId, isOwn }: Profile,
  { name, phone, locale, timeZone }: Omit<Correction, "patientId" | "version">,
): Promise<string> {
  const { pseudonym } = await tx.patient.update({
    where: { id: patientId },
    data: { name, phone: phone ?? null, locale, timeZone },
  });
  if (!isOwn) return pseudonym;
  await tx.user.update({ where: { id: userId }, data: { name, locale, timeZone } });
  await tx.patient.updateMany({ where: { contactUserId: userId }, data: { contactName: name } });
  return pseudonym;
}

/**
 * What is ahead is mailed of as it says itself; what is over stays as it was. What was not corrected is left alone: a visit may have been
 * booked in another language or zone.
 */
export async function writeAhead(
  tx: Tx,
  patientId: string,
  fields: readonly string[],
  { phone, locale, timeZone }: Pick<Contact, "phone" | "locale" | "timeZone">,
  now: Temporal.Instant,
): Promise<void> {
  // Whoever waits in a line is reached at the number that is right now.
  if (fields.includes("phone"))
    await tx.queueEntry.updateMany({ where: { patientId, status: "waiting" }, data: { phone } });
  const mails = {
    ...(fields.includes("locale") ? { locale } : {}),
    ...(fields.includes("timeZone") ? { timeZone } : {}),
  };
  if (Object.keys(mails).length === 0) return;
  await tx.appointment.updateMany({ where: { patientId, endAt: { gt: toDate(now) } }, data: mails });
  await tx.waitlistEntry.updateMany({ where: { patientId }, data: mails });
}

/** Whoever looks at this patient's visits that are not over, or at the days that they are in, sees the new name. */
export async function publishTo(tx: Tx, patientId: string, now: Temporal.Instant): Promise<void> {
  const ahead = await tx.appointment.findMany({
    where: { patientId, status: { not: "pending" }, endAt: { gt: toDate(now.subtract({ hours: 24 })) } },
    select: { id: true, practitionerId: true },
  });
  const inLine = await tx.queueEntry.findMany({
    where: { patientId, status: "waiting" },
    select: { specialtyId: true },
  });
  await publish(tx, [
    patientTopic(patientId),
    ...inLine.map(({ specialtyId }) => queueTopic(specialtyId)),
    ...new Set(
      ahead.flatMap(({ id, practitionerId }) => [appointmentTopic(id), practitionerTopic(practitionerId)]),
    ),
  ]);
}
