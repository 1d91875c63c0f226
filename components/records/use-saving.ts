"use client";

import { unstable_rethrow } from "next/navigation";
import { type FormEvent, useActionState, useCallback, useRef, useState } from "react";
import type { SavedState } from "@/lib/records/actions";
import type { RecordRefusal } from "./record-problem";
import { attempt, beginning, type Held, type Save, type Saving, type Text } from "./saving";

/**
 * What was saved from this tab, by text: a page that somebody goes back to is shown as it was first loaded, and would then take what
 * they wrote themselves for a newer version. In memory, so that it goes with the tab.
 */
const written = new Map<string, Text>();
/** In the same way what was sent and has not got through yet, with the number that it named. */
const underWayTo = new Map<string, Text>();

/**
 * Saves a text by a server action whose answer may be lost with the line: what was typed stays on the page, and the state says so.
 * Savings are made one after the other, also once the editor is gone, and each names the one before it. Without JavaScript the form posts
 * like any other.
 *
 * @param key of the text
 * @param numberField the field in which a saving names what its writer has seen
 * @param loaded the text as it came with the page; a later one that another page brings is not taken over unseen
 * @returns `initial`: what was saved, and what was typed beyond it; `held` is a new object after each attempt, so that an effect can follow it
 */
export function useSaving<R extends RecordRefusal>(
  action: (previous: SavedState<R>, sent: FormData) => Promise<SavedState<R>>,
  { key, numberField, loaded }: { key: string; numberField: "version" | "revision"; loaded: Text },
) {
  const [served, post] = useActionState(action, { status: "idle" });
  const [initial] = useState(() => beginning(loaded, written.get(key), underWayTo.get(key)));
  const [held, setHeld] = useState<Held<R>>({ state: served, number: initial.number, lost: null });
  const [underWay, setUnderWay] = useState(0);
  const line = useRef(Promise.resolve(held));

  const send = useCallback(
    (fields: Saving<R>["fields"], by: Save<R> = action): Promise<Held<R>> => {
      const text = fields.text ?? "";
      setUnderWay((count) => count + 1);
      line.current = line.current.then(async (before) => {
        underWayTo.set(key, { number: before.number, text });
        const after = await attempt(before, { fields, by }, numberField, (error) => {
          try {
            unstable_rethrow(error);
          } catch (signal) {
            // A redirect of Next's is for the page to follow, not for this promise.
            setHeld(() => {
              throw signal;
            });
          }
        });
        if (after.state.status === "saved" && !after.lost) written.set(key, { number: after.number, text });
        if (!after.lost) underWayTo.delete(key);
        setHeld(after);
        setUnderWay((count) => count - 1);
        return after;
      });
      return line.current;
    },
    [action, key, numberField],
  );

  const formOf = (onSend: () => void) => ({
    action: post,
    onSubmit: (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault();
      onSend();
    },
  });
  return { initial, held, isSaving: underWay > 0, send, formOf };
}
