"use client";

import { useComposedRefs } from "radix-ui/internal";
import { type ComponentProps, type Ref, type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { enterText, type TextField, takeEarlyPress, takeEarlyText } from "./early";

/*
 * Parts of a page that only scripts give a meaning. The server's page shows them before those have come, on a slow phone for seconds: what
 * is pressed and entered by then is meant all the same, see docs/decisions/0043.
 */

/**
 * @param take what was done to the element before it came to life, or nothing; asked at once, before the element hears anything by itself
 * @param redo does it anew, once everything around the element is alive
 */
function useEarly<T extends Element, Done>(
  given: Ref<T> | undefined,
  take: (element: T | null) => Done | undefined,
  redo: (element: T, done: Done) => void,
) {
  const own: RefObject<T | null> = useRef(null);
  const done = useRef<Done>(undefined);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an element comes to life once
  useLayoutEffect(() => {
    done.current ??= take(own.current);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an element comes to life once
  useEffect(() => {
    const what = done.current;
    done.current = undefined;
    // After the effects of everything around it, which came to life at the same time.
    if (what !== undefined) setTimeout(() => own.current && redo(own.current, what));
  }, []);
  return useComposedRefs(own, given);
}

const press = (button: HTMLButtonElement) => button.click();
const takePress = (button: HTMLButtonElement | null) => takeEarlyPress(button) || undefined;
const useEntered = <T extends TextField>(given: Ref<T> | undefined) =>
  useEarly<T, string>(given, takeEarlyText, enterText);

/** A button that does something here. */
export function LiveButton({ ref, type, ...props }: ComponentProps<"button">) {
  return <button {...props} type={type} ref={useEarly(ref, takePress, press)} />;
}

/** A field whose text a component keeps. */
export function LiveInput({ ref, ...props }: ComponentProps<"input">) {
  return <input {...props} ref={useEntered(ref)} />;
}

/** The same with several lines. */
export function LiveTextarea({ ref, ...props }: ComponentProps<"textarea">) {
  return <textarea {...props} ref={useEntered(ref)} />;
}

/** The same with choices. */
export function LiveSelect({ ref, ...props }: ComponentProps<"select">) {
  return <select {...props} ref={useEntered(ref)} />;
}
