import { readEarlier } from "@/lib/messaging/loaders/conversation";
import { earlierSchema } from "@/lib/messaging/schema";
import { conversationCall } from "../../call";

/** Messages from before those that the page has. A POST, although nothing changes: a personal link's token travels in the body. */
export const POST = conversationCall(
  "messages.earlier",
  earlierSchema,
  ({ actor, conversationId, body: { as, before } }) => readEarlier(actor, as, conversationId, before),
);
