"use client";

import { useComposedRefs } from "radix-ui/internal";
import { type ComponentProps, useEffect, useLayoutEffect, useRef } from "react";
import { takeEarlyPress } from "./early-press";

/**
 * A button that only scripts give a meaning. The server's page shows it before they have come, on a slow phone for seconds: whoever presses
 * it by then has pressed it all the same, see docs/decisions/0043.
 */
export function LiveButton({ ref, type, ...props }: ComponentProps<"button">) {
  const own = useRef<HTMLButtonElement>(null);
  const composed = useComposedRefs(own, ref);
  const isMeant = useRef(false);

  // At once, so that no press that the button hears itself is taken for an earlier one.
  useLayoutEffect(() => {
    isMeant.current ||= takeEarlyPress(own.current);
  }, []);

  useEffect(() => {
    if (!isMeant.current) return;
    isMeant.current = false;
    // After the effects of everything around it, which came to life at the same time.
    setTimeout(() => own.current?.click());
  }, []);

  return <button {...props} type={type} ref={composed} />;
}
