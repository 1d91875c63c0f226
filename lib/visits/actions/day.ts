"use server";

import { revalidatePath } from "next/cache";
import { hasRole } from "@/lib/access/rules";
import { formAction } from "@/lib/auth/pipeline";
import { isStaff } from "@/lib/booking/ability";
import { announceDelay } from "../mutations/delay";
import { markNoShow } from "../mutations/no-show";
import { revertNoShow } from "../mutations/no-show-revert";
import { sendWaitingMessage } from "../mutations/waiting-message";
import { delaySchema, noShowSchema, revertNoShowSchema, soonSchema, waitingTextSchema } from "../schema/day";

/** What of a visit's pages no stream renews: what can be done about its time. */
function renewVisitPages(appointmentId: string): void {
  revalidatePath(`/agenda/${appointmentId}`);
  revalidatePath(`/admin/calendar/${appointmentId}`);
}

const LIMIT = { max: 300, windowSeconds: 3600 };

/** "I'll be with you soon", to whoever waits for this visit. */
export const sendSoonAction = formAction({
  name: "visits.soon",
  schema: soonSchema,
  limit: LIMIT,
  allow: (actor) => hasRole(actor, "practitioner"),
  run: ({ actor, input: { appointmentId }, now }) =>
    sendWaitingMessage(appointmentId, { kind: "soon" }, actor, now),
});

/** The same in words of one's own. */
export const sendWaitingTextAction = formAction({
  name: "visits.waitingText",
  schema: waitingTextSchema,
  limit: LIMIT,
  allow: (actor) => hasRole(actor, "practitioner"),
  run: ({ actor, input: { appointmentId, text }, now }) =>
    sendWaitingMessage(appointmentId, { kind: "text", text }, actor, now),
});

/** How late the signed-in practitioner runs today. */
export const announceDelayAction = formAction({
  name: "visits.delay",
  schema: delaySchema,
  limit: { max: 60, windowSeconds: 3600 },
  allow: (actor) => hasRole(actor, "practitioner"),
  run: ({ actor, input: { minutes }, now }) => announceDelay(minutes, actor, now),
});

/** Somebody did not come. */
export const markNoShowAction = formAction({
  name: "visits.noShow",
  schema: noShowSchema,
  limit: LIMIT,
  allow: isStaff,
  run: async ({ actor, input: { appointmentId, who }, now }) => {
    const marked = await markNoShow({ appointmentId, who }, actor, now);
    renewVisitPages(appointmentId);
    return marked;
  },
});

/** They did. */
export const revertNoShowAction = formAction({
  name: "visits.noShowReverted",
  schema: revertNoShowSchema,
  limit: LIMIT,
  allow: isStaff,
  run: async ({ actor, input: { appointmentId }, now }) => {
    const reverted = await revertNoShow(appointmentId, actor, now);
    renewVisitPages(appointmentId);
    return reverted;
  },
});
