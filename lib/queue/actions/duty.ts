"use server";

import { revalidatePath } from "next/cache";
import { hasRole, keepsAllSchedules } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { formAction } from "@/lib/auth/pipeline";
import { type FormState, IDLE } from "@/lib/core/form";
import { ok, refuse } from "@/lib/core/result";
import { acceptOffer, declineOffer } from "../mutations/answer";
import { setDuty } from "../mutations/duty";
import { givePriority, takePriorityBack } from "../mutations/priority";
import { dutySchema, entrySchema, offerSchema, prioritySchema } from "../schema";
import type { AnswerRefusal, PriorityRefusal } from "../types";

const limit = { max: 300, windowSeconds: 3600 };
const isPractitioner = (actor: Actor) => hasRole(actor, "practitioner");

/** Begins or ends to take visits from the queue. */
export const setDutyAction = formAction<typeof dutySchema, "not_found">({
  name: "queue.duty",
  schema: dutySchema,
  limit,
  allow: isPractitioner,
  run: async ({ actor, input: { onDuty }, now }) => {
    if (actor.kind !== "user") return refuse("not_found");
    const set = await setDuty(actor, onDuty, now);
    if (set.ok) revalidatePath("/agenda");
    return set;
  },
});

export type AcceptState = FormState<AnswerRefusal> | { status: "accepted"; appointmentId: string };

/** Takes the visit that was offered. */
export async function acceptOfferAction(_previous: AcceptState, sent: FormData): Promise<AcceptState> {
  let appointmentId: string | undefined;
  const accept = formAction<typeof offerSchema, AnswerRefusal>({
    name: "queue.accept",
    schema: offerSchema,
    limit,
    allow: isPractitioner,
    run: async ({ actor, input: { offerId }, now }) => {
      if (actor.kind !== "user") return refuse("not_found");
      const accepted = await acceptOffer(actor, offerId, now);
      if (!accepted.ok) return accepted;
      appointmentId = accepted.value.appointmentId;
      return ok();
    },
  });
  const state = await accept(IDLE, sent);
  return appointmentId === undefined ? state : { status: "accepted", appointmentId };
}

/** Lets go of the visit that was offered. */
export const declineQueueOfferAction = formAction<typeof offerSchema, "not_found" | "offer_ended">({
  name: "queue.decline",
  schema: offerSchema,
  limit,
  allow: isPractitioner,
  run: async ({ actor, input: { offerId }, now }) =>
    actor.kind === "user" ? declineOffer(actor, offerId, now) : refuse("not_found"),
});

/** Lets somebody who waits go first. */
export const givePriorityAction = formAction<typeof prioritySchema, PriorityRefusal>({
  name: "queue.priority",
  schema: prioritySchema,
  limit,
  allow: keepsAllSchedules,
  run: async ({ actor, input, now }) => {
    const given = await givePriority(actor, input, now);
    if (given.ok) revalidatePath("/admin/queue");
    return given;
  },
});

/** Takes it back that somebody goes first. */
export const takePriorityBackAction = formAction<typeof entrySchema, PriorityRefusal>({
  name: "queue.priority_back",
  schema: entrySchema,
  limit,
  allow: keepsAllSchedules,
  run: async ({ actor, input: { entryId }, now }) => {
    const taken = await takePriorityBack(actor, entryId, now);
    if (taken.ok) revalidatePath("/admin/queue");
    return taken;
  },
});
