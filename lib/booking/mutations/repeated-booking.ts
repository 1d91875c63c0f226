import type { Temporal } from "temporal-polyfill";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import type { Patient } from "@/lib/db/generated/client";
import { mintVisitLink } from "@/lib/security/access-link";
import { toInstant } from "@/lib/time/instant";
import type { Booked, Booker, Booking } from "../types/booking";

/**
 * The booking that this form has made before, if it has, with a fresh link. The key is random and known to the one browser
 * that was given the form; the same key for another time, or from somebody else's account, is a mistake.
 */
export async function findRepeated(
  tx: Tx,
  { idempotencyKey, practitionerId, visitTypeId, startAt, booker }: Booking,
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
  const token = hasNoAccount(booker) ? await mintVisitLink(tx, first.id, now) : undefined;
  return ok({ appointmentId: first.id, token });
}

/** Who reaches a booking by its personal link alone. */
export const hasNoAccount = ({ kind }: Booker): boolean => kind === "guest" || kind === "link";

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
