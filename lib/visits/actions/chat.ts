"use server";

import { redirect } from "next/navigation";
import { hasRole } from "@/lib/access/rules";
import { formAction } from "@/lib/auth/pipeline";
import { IDLE } from "@/lib/core/form";
import { ok } from "@/lib/core/result";
import { loadActorAfterVisit } from "../loaders/link";
import { linkToChatVisit, startFromChat } from "../mutations/start-from-chat";
import { joinCardSchema, startVideoSchema } from "../schema/chat";
import type { ChatVisitRefusal, StartVideoState } from "../types/chat";

const limit = { max: 60, windowSeconds: 3600 };

/** The practitioner turns a conversation into a visit; its page then starts it. */
export async function startVideoAction(_previous: StartVideoState, sent: FormData): Promise<StartVideoState> {
  let appointmentId: string | undefined;
  const start = formAction<typeof startVideoSchema, ChatVisitRefusal>({
    name: "visits.startVideo",
    schema: startVideoSchema,
    limit,
    allow: (actor) => hasRole(actor, "practitioner"),
    run: async ({ actor, input, now }) => {
      const started = await startFromChat(actor, input.conversationId, now);
      if (!started.ok) return started;
      appointmentId = started.value.appointmentId;
      return ok();
    },
  });
  const state = await start(IDLE, sent);
  return appointmentId ? { status: "made", appointmentId } : state;
}

/** The patient goes from the card to the visit, where the conversation was opened by another visit's personal link. */
export const joinCardAction = formAction({
  name: "visits.joinCard",
  schema: joinCardSchema,
  limit,
  allow: () => true,
  run: async ({ input: { token, appointmentId }, now }) => {
    const actor = await loadActorAfterVisit(token);
    const linked = await linkToChatVisit(actor, appointmentId, now);
    if (!linked.ok) return linked;
    redirect(`/v/${linked.value}`);
  },
});
