"use server";

import { redirect } from "next/navigation";
import { formAction } from "@/lib/auth/pipeline";
import { isStaff } from "@/lib/booking/ability";
import { staffVisitPath } from "@/lib/booking/format/staff";
import { findPatients } from "@/lib/booking/loaders/patients";
import { cancelAppointment } from "@/lib/booking/mutations/cancel";
import { rescheduleAppointment } from "@/lib/booking/mutations/reschedule";
import { bookAsStaffSchema, cancelAsStaffSchema, moveAsStaffSchema } from "@/lib/booking/schema/staff";
import type { BookingRefusal } from "@/lib/booking/types/booking";
import type { FoundPatientDto } from "@/lib/booking/types/staff";
import { refuse } from "@/lib/core/result";
import { bookAsStaff } from "../mutations/book-as-staff";

const LIMIT = { max: 300, windowSeconds: 3600 };

/** Books on a patient's behalf and leads to the visit; before a patient is chosen it says who may be meant. */
export const bookAsStaffAction = formAction<
  typeof bookAsStaffSchema,
  BookingRefusal | "unchosen",
  FoundPatientDto[]
>({
  name: "visits.bookAsStaff",
  schema: bookAsStaffSchema,
  limit: LIMIT,
  allow: isStaff,
  run: async ({ actor, input, now, origin: { address } }) => {
    if (!input.patient) return refuse("unchosen");
    const booked = await bookAsStaff({ actor, form: input, address }, now);
    if (!booked.ok) return booked;
    redirect(`${staffVisitPath(input.area, booked.value.appointmentId)}?done=booked`);
  },
  help: async (reason, { actor, input }) =>
    reason === "unchosen" ? findPatients(actor, input.search) : undefined,
});

/** Moves a visit of theirs to another time or practitioner and leads back to it. */
export const moveAsStaffAction = formAction({
  name: "visits.moveAsStaff",
  schema: moveAsStaffSchema,
  limit: LIMIT,
  allow: isStaff,
  run: async ({ actor, input: { area, ...move }, now }) => {
    const moved = await rescheduleAppointment(move, actor, now);
    if (!moved.ok) return moved;
    redirect(`${staffVisitPath(area, move.appointmentId)}?done=moved`);
  },
});

/** Cancels a visit of theirs and leads back to it. */
export const cancelAsStaffAction = formAction({
  name: "visits.cancelAsStaff",
  schema: cancelAsStaffSchema,
  limit: LIMIT,
  allow: isStaff,
  run: async ({ actor, input: { area, ...cancellation }, now }) => {
    const cancelled = await cancelAppointment(cancellation, actor, now);
    if (!cancelled.ok) return cancelled;
    redirect(`${staffVisitPath(area, cancellation.appointmentId)}?done=cancelled`);
  },
});
