import type { Temporal } from "temporal-polyfill";
import { ok, type Result, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import type { Patient } from "@/lib/db/generated/client";
import { createPatientForBooking } from "@/lib/directory/mutations";
import type { Booking } from "../types/booking";

/**
 * For whom a visit is booked: the patient of an account or somebody for whom it speaks, that of a personal link, a new one without
 * either, whoever staff have looked up.
 */
export async function resolvePatient(
  tx: Tx,
  { booker, locale, timeZone }: Pick<Booking, "booker" | "locale" | "timeZone">,
  now: Temporal.Instant,
): Promise<Result<Patient, "unknown_patient">> {
  switch (booker.kind) {
    case "guest": {
      const { kind: _kind, ...contact } = booker;
      return ok(await createPatientForBooking(tx, { ...contact, locale, timeZone, now }));
    }
    case "link": {
      const patient = await tx.patient.findUnique({ where: { id: booker.patient.id } });
      return patient ? ok(patient) : refuse("unknown_patient");
    }
    case "staff": {
      if (!("id" in booker.patient))
        return ok(await createPatientForBooking(tx, { ...booker.patient, locale, timeZone, now }));
      const patient = await tx.patient.findUnique({ where: { id: booker.patient.id } });
      return patient ? ok(patient) : refuse("unknown_patient");
    }
    case "account": {
      if ("id" in booker.patient) {
        const { userId } = booker;
        const patient = await tx.patient.findFirst({
          where: { id: booker.patient.id, OR: [{ userId }, { contactUserId: userId }] },
        });
        return patient ? ok(patient) : refuse("unknown_patient");
      }
      return ok(await ensureDependant(tx, booker.userId, booker.patient.name, { locale, timeZone, now }));
    }
  }
}

/** The patient of this name for whom an account speaks, made when it is first booked for. Mails go to the account's address. */
async function ensureDependant(
  tx: Tx,
  userId: string,
  name: string,
  viewer: { locale: string; timeZone: string; now: Temporal.Instant },
): Promise<Patient> {
  // Two forms for a new child may be sent at once: the second waits here and finds the first one's row.
  const [contact] = await tx.$queryRaw<{ name: string; email: string }[]>`
    SELECT "name", "email" FROM "user" WHERE "id" = ${userId}::uuid FOR NO KEY UPDATE`;
  const known = await tx.patient.findFirst({
    where: { contactUserId: userId, name: { equals: name, mode: "insensitive" } },
    orderBy: { id: "asc" },
  });
  if (known) return known;
  return createPatientForBooking(tx, {
    ...viewer,
    name,
    email: contact?.email ?? "",
    contactName: contact?.name,
    contactUserId: userId,
  });
}
