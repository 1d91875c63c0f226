"use server";

import { redirect } from "next/navigation";
import { formAction } from "@/lib/auth/pipeline";
import { loadIntakeHelp } from "@/lib/booking/loaders/help";
import type { BookingHelpDto } from "@/lib/booking/types/form";
import { refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { loadViewer } from "@/lib/i18n/viewer";
import { loadChanger } from "@/lib/visits/loaders/link";
import { findEntryByToken } from "../data/entry";
import { specialtyPath } from "../format";
import { enterFromPlace, enterFromVisit } from "../mutations/enter";
import { type JoinQueue, joinQueue, leavePhone, leaveQueue } from "../mutations/join";
import {
  backToPlaceSchema,
  joinAsGuestSchema,
  joinAsPatientSchema,
  leavePhoneSchema,
  placeSchema,
} from "../schema";
import type { JoinQueueRefusal } from "../types";

type Help = Pick<BookingHelpDto, "intake">;
type Wish = Omit<JoinQueue, "booker" | "locale" | "timeZone" | "address">;

const SELDOM = { max: 20, windowSeconds: 3600 };
const OFTEN = { max: 100, windowSeconds: 3600 };

const helpFor = async (reason: string, wish: Wish): Promise<Help> => ({
  intake: reason === "answers" || reason === "consents" ? await loadIntakeHelp(wish) : null,
});

/** Joins a queue without an account and leads to the place by personal link. */
export const joinQueueAsGuestAction = formAction<typeof joinAsGuestSchema, JoinQueueRefusal, Help>({
  name: "queue.join",
  schema: joinAsGuestSchema,
  limit: SELDOM,
  allow: () => true,
  run: async ({ input: { wish, patient }, now, origin: { address } }) => {
    const { locale, timeZone } = await loadViewer();
    const booker = { kind: "guest", ...patient } as const;
    const joined = await joinQueue({ ...wish, booker, locale, timeZone, address }, now);
    if (!joined.ok) return joined;
    redirect(`/q/${joined.value.token}`);
  },
  help: async (reason, { input: { wish } }) => helpFor(reason, wish),
});

/** Joins a queue for the signed-in patient, or for somebody for whom they speak, and leads to the place. */
export const joinQueueAsPatientAction = formAction<typeof joinAsPatientSchema, JoinQueueRefusal, Help>({
  name: "queue.join",
  schema: joinAsPatientSchema,
  limit: SELDOM,
  allow: (actor) => actor.kind === "user" && actor.patientId !== undefined,
  run: async ({ actor, input: { wish, patient: chosen }, now }) => {
    if (actor.kind !== "user" || !actor.patientId) return refuse("unknown_patient");
    const { locale, timeZone } = await loadViewer();
    const { userId, pseudonym, address } = actor;
    const patient = chosen === "me" ? { id: actor.patientId } : chosen;
    const booker = { kind: "account", userId, pseudonym, patient } as const;
    const joined = await joinQueue({ ...wish, booker, locale, timeZone, address }, now);
    if (!joined.ok) return joined;
    redirect(`/q/${joined.value.token}`);
  },
  help: async (reason, { input: { wish } }) => helpFor(reason, wish),
});

/** Leaves the queue. */
export const leaveQueueAction = formAction({
  name: "queue.leave",
  schema: placeSchema,
  limit: OFTEN,
  allow: () => true,
  run: async ({ input: { token }, now, origin }) => {
    const entry = await findEntryByToken(db(), token);
    return entry ? leaveQueue(entry.id, now, origin) : refuse("not_found");
  },
});

/** Leaves the queue and leads to the times of the same specialty. */
export const bookInsteadAction = formAction({
  name: "queue.leave",
  schema: placeSchema,
  limit: OFTEN,
  allow: () => true,
  run: async ({ input: { token }, now, origin }) => {
    const entry = await findEntryByToken(db(), token);
    if (!entry) return refuse("not_found");
    await leaveQueue(entry.id, now, origin);
    redirect(specialtyPath(entry.specialty.code));
  },
});

/** Leaves a telephone number with a place. */
export const leavePhoneAction = formAction({
  name: "queue.phone",
  schema: leavePhoneSchema,
  limit: SELDOM,
  allow: () => true,
  run: async ({ input: { token, phone }, now, origin }) => {
    const entry = await findEntryByToken(db(), token);
    return entry ? leavePhone(entry.id, phone, now, origin) : refuse("not_found");
  },
});

/** Leads from a place whose turn has come to the visit, by a personal link of its own. */
export const enterVisitAction = formAction<typeof placeSchema, "not_found">({
  name: "queue.enter",
  schema: placeSchema,
  limit: OFTEN,
  allow: () => true,
  run: async ({ input: { token }, now, origin }) => {
    const entered = await enterFromPlace(token, now, origin);
    if (!entered.ok) return entered;
    redirect(`/v/${entered.value}`);
  },
});

/** Leads from a visit that did not begin back to the place in the line, by a personal link of its own. */
export const backToPlaceAction = formAction<typeof backToPlaceSchema, "not_found">({
  name: "queue.back",
  schema: backToPlaceSchema,
  limit: OFTEN,
  allow: () => true,
  run: async ({ input, now }) => {
    const visit = await loadChanger(input);
    if (!visit) return refuse("not_found");
    const back = await enterFromVisit(visit.actor, visit.appointmentId, now);
    if (!back.ok) return back;
    redirect(`/q/${back.value}`);
  },
});
