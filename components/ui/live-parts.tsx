"use client";

import { useComposedRefs } from "radix-ui/internal";
import { type ComponentProps, type Ref, type RefObject, useEffect, useLayoutEffect, useRef } from "react";
import { earlyPressOf, enterAnew, pressAnew, showEarlyText, type TextField, tickAnew } from "./early";

/*
 * Parts of a page that only scripts give a meaning. The server's page shows them before those have come, on a slow phone for seconds: what
 * is pressed and entered by then is meant all the same, see docs/decisions/0043.
 */

/**
 * @param find what was done to the element before it came to life, or nothing; asked at once, before the element hears anything by itself
 * @param redo does it anew, once everything around the element is alive
 */
function useEarly<T extends Element, Done>(
  given: Ref<T> | undefined,
  find: (element: T) => Done | undefined,
  redo: (element: T, done: Done) => void,
) {
  const own: RefObject<T | null> = useRef(null);
  const found = useRef<Done>(undefined);
  const isAsked = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an element comes to life once
  useLayoutEffect(() => {
    if (isAsked.current || !own.current) return;
    isAsked.current = true;
    found.current = find(own.current);
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: an element comes to life once
  useEffect(() => {
    const done = found.current;
    found.current = undefined;
    // After the effects of everything around it, which came to life at the same time.
    if (done !== undefined) setTimeout(() => own.current && redo(own.current, done));
  }, []);
  return useComposedRefs(own, given);
}

const useText = <T extends TextField>(given: Ref<T> | undefined) =>
  useEarly<T, true>(given, showEarlyText, enterAnew);

/** A button that does something here. */
export function LiveButton({ ref, type, ...props }: ComponentProps<"button">) {
  return <button {...props} type={type} ref={useEarly(ref, earlyPressOf, pressAnew)} />;
}

/** A field whose text a component keeps. */
export function LiveInput({ ref, ...props }: ComponentProps<"input">) {
  return <input {...props} ref={useText(ref)} />;
}

/** A field of several lines, whoever keeps its text: React puts back what the server wrote in either case. */
export function LiveTextarea({ ref, ...props }: ComponentProps<"textarea">) {
  return <textarea {...props} ref={useText(ref)} />;
}

/** A field with choices that a component keeps. */
export function LiveSelect({ ref, ...props }: ComponentProps<"select">) {
  return <select {...props} ref={useText(ref)} />;
}

/** A box, or one answer of several, that a component keeps. */
export function LiveBox({ ref, checked = false, ...props }: ComponentProps<"input">) {
  // Whichever answer was left has changed as well; it says nothing of its own.
  const find = (box: HTMLInputElement) =>
    box.checked === checked || (box.type === "radio" && checked) ? undefined : true;
  const own = useEarly(ref, find, (box: HTMLInputElement) => tickAnew(box, checked));
  return <input {...props} checked={checked} ref={own} />;
}
