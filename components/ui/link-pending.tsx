"use client";

import { useLinkStatus } from "next/link";

/**
 * A line along the foot of the link that holds it, while the page it leads to is being fetched. A patient's pages have no
 * loading screen (it would hide them from browsers without JavaScript), so this says that the press was felt.
 */
export function LinkPending() {
  const { pending } = useLinkStatus();
  if (!pending) return null;
  return (
    <span
      aria-hidden="true"
      className="absolute inset-x-2 bottom-1 h-0.5 animate-pulse rounded-full bg-current"
    />
  );
}
