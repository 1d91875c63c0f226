import { readSearch } from "@/lib/messaging/loaders/conversation";
import { searchSchema } from "@/lib/messaging/schema";
import { conversationCall } from "../../call";

/** A search within one conversation. A POST, although nothing changes: what is searched for is nobody else's business. */
export const POST = conversationCall(
  "messages.search",
  searchSchema,
  ({ actor, conversationId, body: { as, query } }) => readSearch(actor, as, conversationId, query),
);
