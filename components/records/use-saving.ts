"use client";

import { unstable_rethrow } from "next/navigation";
import { type FormEvent, startTransition, useActionState } from "react";

/**
 * A form's server action whose answer may be lost with the line: what was typed stays on the page, and the state says so. Without
 * JavaScript the form posts like any other.
 *
 * @returns `held` is a new object after each attempt, so that an effect can follow it
 */
export function useSaving<S>(action: (state: Awaited<S>, data: FormData) => Promise<S>, initial: Awaited<S>) {
  const [served, post] = useActionState<S, FormData>(action, initial);
  const [held, dispatch, isSaving] = useActionState(
    async (before: { state: Awaited<S>; isLost: boolean }, data: FormData) => {
      try {
        return { state: await action(before.state, data), isLost: false };
      } catch (error) {
        unstable_rethrow(error);
        return { ...before, isLost: true };
      }
    },
    { state: served, isLost: false },
  );
  const send = (form: HTMLFormElement) => {
    const data = new FormData(form);
    for (const name of [...data.keys()]) if (name.startsWith("$ACTION_")) data.delete(name);
    startTransition(() => dispatch(data));
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (!isSaving) send(event.currentTarget);
  };
  return { held, isSaving, send, form: { action: post, onSubmit: submit } };
}
