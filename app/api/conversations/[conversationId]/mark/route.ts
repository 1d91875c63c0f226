import { markConversation } from "@/lib/messaging/mutations/mark";
import { markSchema } from "@/lib/messaging/schema";
import { conversationCall } from "../../call";

/** How far one side has got: which messages have reached a browser, and which were seen. */
export const POST = conversationCall(
  "messages.mark",
  markSchema,
  async ({ actor, conversationId, now, body: { as, delivered, read } }) => {
    const marked = await markConversation(actor, as, { conversationId, delivered, read }, now);
    return marked.ok ? {} : undefined;
  },
);
