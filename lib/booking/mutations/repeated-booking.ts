import type { Temporal } from "temporal-polyfill";
import { recordAudit } from "@/lib/audit/mutations";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import type { Patient } from "@/lib/db/generated/client";
import { mintVisitLink } from "@/lib/security/access-link";
import { toInstant } from "@/lib/time/instant";
import { bookerActor, hasNoAccount } from "../rules/booker";
import type { Booked, Booker, Booking } from "../types/booking";

/**
 * The booking that this form has made before, if it has, with a fresh link, which is in the trail. The key is random and known to the one browser
 * that was given the form; the same key for another time, or from somebody else's account, is a mistake.
 */
export async function findRepeated(
  tx: Tx,
  { idempotencyKey, practitionerId, visitTypeId, startAt, booker, address }: Booking,
  now: Temporal.Instant,
): Promise<Result<Booked | undefined, "already_booked">> {
  const first = await tx.appointment.findUnique({ where: { idempotencyKey }, include: { patient: true } });
  if (!first) return ok(undefined);
  const same =
    first.practitionerId === practitionerId &&
    first.visitTypeId === visitTypeId &&
    toInstant(first.startAt).equals(startAt) &&
    isOwn(booker, first.patient);
  if (!same) return refuse("already_booked");
  const appointmentId = first.id;
  if (!hasNoAccount(booker)) return ok({ appointmentId, token: undefined });
  const token = await mintVisitLink(tx, appointmentId, now);
  await recordAudit(
    tx,
    {
      action: "link.minted",
      details: { opens: "visit" },
      actor: bookerActor(booker),
      outcome: "success",
      subject: first.patient.pseudonym,
      entity: { type: "appointment", id: appointmentId },
      address,
    },
    now,
  );
  return ok({ appointmentId, token });
}

function isOwn(booker: Booker, { id, userId, contactUserId }: Patient): boolean {
  switch (booker.kind) {
    case "account":
      return booker.userId === userId || booker.userId === contactUserId;
    case "link":
      return booker.patient.id === id;
    case "guest":
      return userId === null && contactUserId === null;
    case "staff":
      return true;
  }
}
