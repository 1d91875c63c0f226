import type { SavedState } from "@/lib/records/actions";
import type { RecordRefusal } from "./record-problem";

const IDLE = { status: "idle" } as const;

export type Save<R extends string> = (previous: typeof IDLE, sent: FormData) => Promise<SavedState<R>>;

/** One saving: what the form says, and the action that takes it. */
export type Saving<R extends string> = { fields: Readonly<Record<string, string>>; by: Save<R> };

/** A text as it was saved under a number. */
export type Text = { number: number; text: string };

/**
 * With what an editor begins: what was saved last, and what was typed beyond it. A text that was under way from an older number is not
 * put over a newer one that somebody else may have written.
 *
 * @param written from this tab, where the page was loaded before that
 * @param underWay what has not got through, with the number that it named
 */
export function beginning(
  loaded: Text,
  written: Text | undefined,
  underWay: Text | undefined,
): Text & { typed: string } {
  const saved = written && written.number > loaded.number ? written : loaded;
  return { ...saved, typed: underWay?.number === saved.number ? underWay.text : saved.text };
}

/** Where a text stands: the last answer, the number that the next saving must name, and a saving of which nobody knows whether it arrived. */
export type Held<R extends string> = {
  state: SavedState<R>;
  number: number;
  lost: (Saving<R> & { number: number }) | null;
};

/**
 * Makes one saving. One whose answer was lost is made again before it, just as it was: the portal takes the same text once, so that its
 * answer tells the number from which to go on. Without that a writer would be told of a newer version that is their own.
 *
 * @param onSignal is given what the action threw: it may be meant for the page
 */
export async function attempt<R extends RecordRefusal>(
  before: Held<R>,
  saving: Saving<R>,
  numberField: string,
  onSignal: (error: unknown) => void = () => undefined,
): Promise<Held<R>> {
  let { state, number } = before;
  let open = before.lost ?? { ...saving, number };
  const make = async () => {
    const data = new FormData();
    for (const [name, value] of Object.entries({ ...open.fields, [numberField]: String(open.number) }))
      data.set(name, value);
    state = await open.by(IDLE, data);
    if (state.status === "saved") number = state.number;
  };
  try {
    await make();
    const isSame = open.by === saving.by && open.fields.text === saving.fields.text;
    if (before.lost && !isSame && state.status === "saved") {
      open = { ...saving, number };
      await make();
    }
    return { state, number, lost: null };
  } catch (error) {
    onSignal(error);
    return { state: before.state, number, lost: open };
  }
}
