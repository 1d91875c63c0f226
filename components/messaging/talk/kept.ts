/*
 * What somebody was writing and what was not sent yet, in this tab alone: over a reload, and gone with the tab. Where a browser keeps
 * nothing, nothing is kept.
 */

/** A message on its way. */
export type Waiting = {
  clientId: string;
  text: string;
  files: { attachmentId: string; name: string }[];
};

type Kept = { draft: string; waiting: Waiting[] };

const keyOf = (conversationId: string) => `conversation:${conversationId}`;

export function readKept(conversationId: string): Kept {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(keyOf(conversationId)) ?? "{}");
    const { draft, waiting } = kept as Partial<Kept>;
    return { draft: typeof draft === "string" ? draft : "", waiting: Array.isArray(waiting) ? waiting : [] };
  } catch {
    return { draft: "", waiting: [] };
  }
}

export function keep(conversationId: string, change: Partial<Kept>): void {
  try {
    const next = { ...readKept(conversationId), ...change };
    if (next.draft === "" && next.waiting.length === 0) sessionStorage.removeItem(keyOf(conversationId));
    else sessionStorage.setItem(keyOf(conversationId), JSON.stringify(next));
  } catch {
    // Private windows may have no room: then a reload loses what was typed.
  }
}
