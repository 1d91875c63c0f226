"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { patientScope } from "@/lib/access/rules";
import { formAction } from "@/lib/auth/pipeline";
import { ok, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { findTwo } from "@/lib/messaging/data/conversations";
import { openConversation } from "@/lib/messaging/mutations/open";
import { sendMessage } from "@/lib/messaging/mutations/send";
import { openSchema, sendSchema } from "@/lib/messaging/schema";
import type { Side } from "@/lib/messaging/types";
import { loadActorAfterVisit } from "../loaders/link";

const pathOf = (side: Side, conversationId: string, token: string | undefined): string =>
  token === undefined
    ? `${side === "patient" ? "/messages" : "/inbox"}/${conversationId}`
    : `/v/${token}/messages`;

/** Sends a message. Where no script did, the page comes again with it. */
export const sendMessageAction = formAction({
  name: "messages.send",
  schema: sendSchema,
  allow: () => true,
  run: async ({ input: { as, token, plain, ...message }, now }) => {
    const actor = await loadActorAfterVisit(token);
    const { conversationId, clientId, text } = message;
    const attachmentIds = message["attachmentIds[]"];
    const sent = await sendMessage(actor, as, { conversationId, clientId, text, attachmentIds }, now);
    if (sent.ok && plain) redirect(pathOf(as, conversationId, token));
    return sent;
  },
});

/** Begins a conversation with somebody with whom one has or had a visit, or goes on with it: on its own page, or where it was asked for. */
export const openConversationAction = formAction({
  name: "messages.open",
  schema: openSchema,
  limit: { max: 60, windowSeconds: 3600 },
  allow: () => true,
  run: async ({ input: { as, token, patientId, practitionerId, here }, now }) => {
    const actor = await loadActorAfterVisit(token);
    const two =
      actor.kind === "link"
        ? await findTwo(db(), patientScope(actor), actor.appointmentId)
        : patientId && practitionerId
          ? { patientId, practitionerId }
          : undefined;
    if (!two) return refuse("not_found");
    const opened = await openConversation(actor, as, two, now);
    if (!opened.ok) return opened;
    if (here) {
      refresh();
      return ok();
    }
    redirect(pathOf(as, opened.value.conversationId, token));
  },
});
