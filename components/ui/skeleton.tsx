import { clsx } from "clsx";

/**
 * The place of something that is coming. Give it the size of what comes, so that nothing moves when it does; wrap a
 * group of them in one element that says "loading" in words.
 */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={clsx("animate-pulse rounded-sm bg-sunken", className)} />;
}
