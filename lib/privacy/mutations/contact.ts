import type { Temporal } from "temporal-polyfill";
import { auditActor, lookUpScope } from "@/lib/access/rules";
import type { UserActor } from "@/lib/access/types";
import { recordAudit } from "@/lib/audit/mutations";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { transaction } from "@/lib/db/transaction";
import { queueNotification } from "@/lib/notifications/mutations";
import { toDate } from "@/lib/time/instant";
import { findContact } from "../data/contact";
import type { Contact } from "../types";
import { publishTo, writeAhead } from "./correction";

const FIELDS = ["name", "email", "phone", "locale", "timeZone"] as const;

/** What it is to say from now on; `version` is of what its writer saw. */
export type ContactCorrection = Pick<Contact, "patientId" | "version" | (typeof FIELDS)[number]>;

/**
 * Corrects who somebody is and how they are reached, for somebody who has no account and told the clinic. Whoever has one, or is spoken for
 * by one, does it there. With another address the personal links in earlier mails end, and every visit to come is confirmed anew, to
 * that address. What is as it was changes nothing and leaves no trace.
 *
 * @returns nothing; `not_found` for a patient whom the actor cannot look up; `has_account`; `changed_meanwhile` where it is not what
 *   they saw any more
 */
export const correctContact = (
  actor: UserActor,
  { patientId, version, name, email, phone, locale, timeZone }: ContactCorrection,
  now: Temporal.Instant,
): Promise<Result<undefined, "not_found" | "has_account" | "changed_meanwhile">> =>
  transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "patient" WHERE "id" = ${patientId}::uuid FOR NO KEY UPDATE`;
    const kept = await findContact(tx, lookUpScope(actor), patientId);
    if (!kept) return refuse("not_found");
    if (kept.hasAccount) return refuse("has_account");
    if (kept.version !== version) return refuse("changed_meanwhile");
    const correction = { name, email, phone, locale, timeZone };
    const fields = FIELDS.filter((field) => kept[field] !== correction[field]);
    if (fields.length === 0) return ok();
    const { pseudonym } = await tx.patient.update({
      where: { id: patientId },
      data: { ...correction, ...(fields.includes("email") ? { emailVerifiedAt: null } : {}) },
    });
    await writeAhead(tx, patientId, fields, correction, now);
    if (fields.includes("email")) await moveMails(tx, patientId, email, now);
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

/** Whoever reads the former address opens nothing any more; whoever reads the new one gets what is to come. */
async function moveMails(
  tx: Tx,
  patientId: string,
  email: string | null,
  now: Temporal.Instant,
): Promise<void> {
  await tx.accessLink.updateMany({
    where: {
      revokedAt: null,
      OR: [{ patientId }, { appointment: { patientId } }, { waitlistEntry: { patientId } }],
    },
    data: { revokedAt: toDate(now) },
  });
  if (email === null) return;
  const ahead = await tx.appointment.findMany({
    where: { patientId, status: { in: ["booked", "arrived"] }, endAt: { gt: toDate(now) } },
    orderBy: { startAt: "asc" },
    select: { id: true },
  });
  for (const { id: appointmentId } of ahead)
    await queueNotification(tx, { kind: "booking_confirmed", appointmentId, patientId, now });
}
