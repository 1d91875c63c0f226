import type { Temporal } from "temporal-polyfill";
import { auditActor, lookUpScope, schedulingScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { canBookFor } from "@/lib/booking/ability";
import { findFollowed } from "@/lib/booking/data/followed";
import { findPatient } from "@/lib/booking/data/patients";
import type { StaffBookingForm } from "@/lib/booking/schema/staff";
import type { Booked, BookingRefusal } from "@/lib/booking/types/booking";
import { env } from "@/lib/core/env";
import { type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { bookVisit } from "./book-visit";

/**
 * Books for a patient on the telephone, at the desk or in a visit. Mails go out in the patient's language and zone; of somebody new
 * the zone is the clinic's until they say otherwise. A patient or practitioner who is not this actor's is refused like one that
 * is not there, and so is a visit to follow that is somebody else's.
 */
export async function bookAsStaff(
  {
    actor,
    form: { visit, patient, overbookReason },
    address,
  }: { actor: Actor; form: StaffBookingForm; address: string | undefined },
  now: Temporal.Instant,
): Promise<Result<Booked, BookingRefusal>> {
  if (!canBookFor(actor, visit.practitionerId)) return refuse("not_offered");
  if (!patient) return refuse("unknown_patient");
  const viewer =
    "patientId" in patient
      ? await findPatient(db(), lookUpScope(actor), patient.patientId)
      : { locale: patient.locale, timeZone: env().CLINIC_TIME_ZONE };
  if (!viewer) return refuse("unknown_patient");
  if (visit.followsId !== undefined) {
    const followed = await findFollowed(db(), schedulingScope(actor), visit.followsId);
    const isOfPatient = "patientId" in patient && patient.patientId === followed?.patientId;
    if (!isOfPatient) return refuse("unknown_patient");
  }
  const { locale, timeZone } = viewer;
  const booker = {
    kind: "staff",
    actor: auditActor(actor),
    patient: "patientId" in patient ? { id: patient.patientId } : newPatient(patient),
    overbookReason,
  } as const;
  return bookVisit({ ...visit, booker, answers: {}, consentTextIds: [], locale, timeZone, address }, now);
}

const newPatient = ({
  name,
  contactName,
  email,
  phone,
}: Extract<NonNullable<StaffBookingForm["patient"]>, { name: string }>) => ({
  name,
  contactName,
  email,
  phone,
});
