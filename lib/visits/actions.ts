"use server";

import { redirect } from "next/navigation";
import { formAction } from "@/lib/auth/pipeline";
import { loadNearestTimes } from "@/lib/booking/loaders/form";
import { bookAsGuestSchema, bookAsPatientSchema } from "@/lib/booking/schema/book";
import type { BookingRefusal } from "@/lib/booking/types/booking";
import { refuse } from "@/lib/core/result";
import { loadViewer } from "@/lib/i18n/viewer";
import type { MomentDto } from "@/lib/time/format";
import { bookVisit } from "./mutations/book-visit";

/** Books without an account and leads to the visit's page by personal link. */
export const bookAsGuestAction = formAction<typeof bookAsGuestSchema, BookingRefusal, MomentDto[]>({
  name: "visits.book",
  schema: bookAsGuestSchema,
  limit: { max: 20, windowSeconds: 3600 },
  allow: () => true,
  run: async ({ input: { name, email, phone, ...visit }, now, origin }) => {
    const { locale, timeZone } = await loadViewer();
    const booker = { kind: "guest", name, email, phone } as const;
    const booked = await bookVisit({ ...visit, booker, locale, timeZone, address: origin.address }, now);
    if (!booked.ok) return booked;
    redirect(`/v/${booked.value.token}?booked=1`);
  },
  help: async (_reason, { input, now }) => loadNearestTimes(input, now),
});

/** Books for the signed-in patient and leads to the visit's page. */
export const bookAsPatientAction = formAction<
  typeof bookAsPatientSchema,
  BookingRefusal | "not_a_patient",
  MomentDto[]
>({
  name: "visits.book",
  schema: bookAsPatientSchema,
  limit: { max: 20, windowSeconds: 3600 },
  allow: (actor) => actor.kind === "user" && actor.patientId !== undefined,
  run: async ({ actor, input, now, origin }) => {
    if (actor.kind !== "user" || !actor.patientId) return refuse("not_a_patient");
    const { locale, timeZone } = await loadViewer();
    const booker = { kind: "account", patientId: actor.patientId, pseudonym: actor.pseudonym } as const;
    const booked = await bookVisit({ ...input, booker, locale, timeZone, address: origin.address }, now);
    if (!booked.ok) return booked;
    redirect(`/visit/${booked.value.appointmentId}?booked=1`);
  },
  help: async (_reason, { input, now }) => loadNearestTimes(input, now),
});
