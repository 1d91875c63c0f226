import type { ConversationState, SearchDto } from "@/lib/messaging/types";
import type { Writer } from "../files/upload";

type Calls = {
  mark: Record<never, never>;
  earlier: Pick<ConversationState, "messages" | "earlier">;
  search: SearchDto;
};

/** Makes one of a conversation's calls; nothing where it did not get through. The personal link's token travels in the body. */
export async function callConversation<K extends keyof Calls>(
  call: K,
  { conversationId, as, token }: Writer,
  more: object,
): Promise<Calls[K] | undefined> {
  try {
    const response = await fetch(`/api/conversations/${conversationId}/${call}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ as, ...(token === undefined ? {} : { token }), ...more }),
      cache: "no-store",
    });
    return response.ok ? await response.json() : undefined;
  } catch {
    return undefined;
  }
}
