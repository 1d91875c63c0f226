import { clsx } from "clsx";
import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

/** More on the matter, for those who want it. The browser's own disclosure, so it opens without JavaScript. */
export function Details({
  summary,
  open,
  className,
  children,
}: {
  summary: ReactNode;
  open?: boolean;
  className?: string;
  children: ReactNode;
}) {
  return (
    <details open={open} className={clsx("group", className)}>
      <summary className="flex min-h-control w-fit list-none items-center gap-1.5 rounded-sm text-accent underline underline-offset-4">
        <ChevronRight
          aria-hidden="true"
          className="size-[1.15em] shrink-0 group-open:rotate-90 rtl:-scale-x-100"
        />
        {summary}
      </summary>
      <div className="border-s-4 border-line py-1 ps-4">{children}</div>
    </details>
  );
}
