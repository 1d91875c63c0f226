"use client";

import { clsx } from "clsx";
import { useLinkStatus } from "next/link";

/**
 * A bar at the foot of a link that was pressed, while the page behind it is on its way. The pages of booking have no `loading`
 * file: its skeleton is replaced by a script, so without JavaScript it would stay for ever, and an unknown address could no longer
 * answer 404. The place of the bar is always there, so nothing moves.
 */
export function LinkProgress({ className }: { className?: string }) {
  const { pending } = useLinkStatus();
  return (
    <span
      aria-hidden="true"
      className={clsx(
        "pointer-events-none absolute inset-x-2 bottom-1 h-0.5 rounded-full bg-current",
        pending ? "animate-pulse" : "invisible",
        className,
      )}
    />
  );
}
