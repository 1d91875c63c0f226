"use server";

import { redirect } from "next/navigation";
import { formAction } from "@/lib/auth/pipeline";
import { loadBookingHelp } from "@/lib/booking/loaders/help";
import { bookAsGuestSchema, bookAsPatientSchema } from "@/lib/booking/schema/book";
import type { BookingRefusal } from "@/lib/booking/types/booking";
import type { BookingHelpDto } from "@/lib/booking/types/form";
import { refuse } from "@/lib/core/result";
import { loadViewer } from "@/lib/i18n/viewer";
import { readVisitorHash } from "@/lib/security/visitor";
import { bookVisit } from "../mutations/book-visit";

/** Books without an account and leads to the visit's page by personal link. */
export const bookAsGuestAction = formAction<typeof bookAsGuestSchema, BookingRefusal, BookingHelpDto>({
  name: "visits.book",
  schema: bookAsGuestSchema,
  limit: { max: 20, windowSeconds: 3600 },
  allow: () => true,
  run: async ({ input: { visit, patient }, now, origin: { address } }) => {
    const { locale, timeZone } = await loadViewer();
    const [booker, holderHash] = [{ kind: "guest", ...patient } as const, await readVisitorHash()];
    const booked = await bookVisit({ ...visit, booker, holderHash, locale, timeZone, address }, now);
    if (!booked.ok) return booked;
    redirect(`/v/${booked.value.token}?booked=1`);
  },
  help: async (reason, { input: { visit }, now }) => loadBookingHelp(reason, visit, now),
});

/** Books for the signed-in patient, or for somebody for whom they speak, and leads to the visit's page. */
export const bookAsPatientAction = formAction<
  typeof bookAsPatientSchema,
  BookingRefusal | "not_a_patient",
  BookingHelpDto
>({
  name: "visits.book",
  schema: bookAsPatientSchema,
  limit: { max: 20, windowSeconds: 3600 },
  allow: (actor) => actor.kind === "user" && actor.patientId !== undefined,
  run: async ({ actor, input: { visit, patient: chosen }, now, origin: { address } }) => {
    if (actor.kind !== "user" || !actor.patientId) return refuse("not_a_patient");
    const { locale, timeZone } = await loadViewer();
    const { userId, pseudonym } = actor;
    const patient = chosen === "me" ? { id: actor.patientId } : chosen;
    const booker = { kind: "account", userId, pseudonym, patient } as const;
    const holderHash = await readVisitorHash();
    const booked = await bookVisit({ ...visit, booker, holderHash, locale, timeZone, address }, now);
    if (!booked.ok) return booked;
    redirect(`/visit/${booked.value.appointmentId}?booked=1`);
  },
  help: async (reason, { input: { visit }, now }) => loadBookingHelp(reason, visit, now),
});
