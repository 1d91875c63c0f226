"use server";

import { redirect } from "next/navigation";
import { auditActor, keepsAllSchedules } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { formAction } from "@/lib/auth/pipeline";
import { refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { loadViewer } from "@/lib/i18n/viewer";
import { toInstant } from "@/lib/time/instant";
import { findEntry } from "../data/waitlist";
import { loadBookingHelp } from "../loaders/help";
import { joinWaitlist, leaveWaitlist } from "../mutations/waitlist";
import { declineOffer, takeOffer } from "../mutations/waitlist-take";
import { entrySchema, joinAsGuestSchema, joinAsPatientSchema, takeOfferSchema } from "../schema/waitlist";
import type { BookingHelpDto } from "../types/form";
import type { EntryKey, JoinWaitlistRefusal, TakeOfferRefusal } from "../types/waitlist";

const LIMIT = { max: 20, windowSeconds: 3600 };

/** Which entry a form is about: by its token for whoever has the link, by its id for whoever is signed in. */
function keyOf(
  actor: Actor,
  { token, entryId }: { token?: string | undefined; entryId?: string | undefined },
): EntryKey | undefined {
  if (token) return { token, address: auditActor(actor).address };
  return entryId ? { entryId, actor, as: "patient" } : undefined;
}

/** Joins without an account, and leads to the entry by its personal link. */
export const joinWaitlistAsGuestAction = formAction<typeof joinAsGuestSchema, JoinWaitlistRefusal>({
  name: "booking.join-waitlist",
  schema: joinAsGuestSchema,
  limit: LIMIT,
  allow: () => true,
  run: async ({ input: { wishes, patient }, now, origin: { address } }) => {
    const { locale, timeZone } = await loadViewer();
    const waiter = { kind: "guest", ...patient } as const;
    const joined = await joinWaitlist({ ...wishes, waiter, locale, timeZone, address }, now);
    if (!joined.ok) return joined;
    redirect(`/w/${joined.value.token}?joined=1`);
  },
});

/** Joins as the signed-in patient. */
export const joinWaitlistAsPatientAction = formAction<typeof joinAsPatientSchema, JoinWaitlistRefusal>({
  name: "booking.join-waitlist",
  schema: joinAsPatientSchema,
  limit: LIMIT,
  allow: (actor) => actor.kind === "user" && actor.patientId !== undefined,
  run: async ({ actor, input, now, origin: { address } }) => {
    if (actor.kind !== "user") return refuse("not_offered");
    const { locale, timeZone } = await loadViewer();
    const waiter = { kind: "account", userId: actor.userId, pseudonym: actor.pseudonym } as const;
    const joined = await joinWaitlist({ ...input, waiter, locale, timeZone, address }, now);
    if (!joined.ok) return joined;
    redirect(`/visits/waitlist/${joined.value.entryId}?joined=1`);
  },
});

/** Takes the offered time, and leads to the visit. */
export const takeOfferAction = formAction<typeof takeOfferSchema, TakeOfferRefusal, BookingHelpDto>({
  name: "booking.take-offer",
  schema: takeOfferSchema,
  limit: LIMIT,
  allow: () => true,
  run: async ({ actor, input: { answers, consentTextIds, ...entry }, now }) => {
    const key = keyOf(actor, entry);
    const taken = key ? await takeOffer({ key, answers, consentTextIds }, now) : refuse("not_found");
    if (!taken.ok) return taken;
    const { token, appointmentId } = taken.value;
    redirect(`${token ? `/v/${token}` : `/visit/${appointmentId}`}?booked=1`);
  },
  help: async (reason, { actor, input: { answers, consentTextIds, ...entry }, now }) => {
    if (reason !== "answers" && reason !== "consents") return undefined;
    const key = keyOf(actor, entry);
    const found = key && (await findEntry(db(), key));
    const offer = found?.offers[0];
    if (!offer) return undefined;
    const { practitionerId, appointment } = offer;
    const sent = { practitionerId, visitTypeId: appointment.visitTypeId, answers, consentTextIds };
    return loadBookingHelp(reason, { ...sent, startAt: toInstant(offer.startAt) }, now);
  },
});

/** Lets the offered time go to the next; the entry goes on waiting. */
export const declineOfferAction = formAction({
  name: "booking.decline-offer",
  schema: entrySchema,
  limit: LIMIT,
  allow: () => true,
  run: async ({ actor, input, now }) => {
    const key = keyOf(actor, input);
    return key ? declineOffer(key, now) : refuse("not_found");
  },
});

/** Takes an entry off the waitlist. */
export const leaveWaitlistAction = formAction({
  name: "booking.leave-waitlist",
  schema: entrySchema,
  limit: LIMIT,
  allow: () => true,
  run: async ({ actor, input, now }) => {
    const key = keyOf(actor, input);
    return key ? leaveWaitlist(key, now) : refuse("not_found");
  },
});

/** Takes anybody's entry off the waitlist. */
export const removeFromWaitlistAction = formAction({
  name: "booking.remove-from-waitlist",
  schema: entrySchema,
  limit: { max: 200, windowSeconds: 3600 },
  allow: keepsAllSchedules,
  run: async ({ actor, input: { entryId }, now }) => {
    if (!entryId) return refuse("not_found");
    const left = await leaveWaitlist({ entryId, actor, as: "staff" }, now);
    if (!left.ok) return left;
    redirect("/admin/waitlist");
  },
});
