import { clsx } from "clsx";
import { LoaderCircle } from "lucide-react";

/** Says "working" to the eye only: the words beside it say it to everybody. */
export function Spinner({ className }: { className?: string }) {
  return (
    <LoaderCircle aria-hidden="true" className={clsx("size-[1.15em] shrink-0 animate-spin", className)} />
  );
}
