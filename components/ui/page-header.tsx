import { clsx } from "clsx";
import type { ReactNode } from "react";

/** A page's beginning: the way back, the one `h1`, a line on what the page is for, and the actions on the whole page. */
export function PageHeader({
  title,
  back,
  lead,
  actions,
  className,
}: {
  title: ReactNode;
  /** A link to where one came from. */
  back?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  className?: string;
}) {
  return (
    <header className={clsx("flex flex-col gap-2", className)}>
      {back ? <div className="flex min-h-8 items-center">{back}</div> : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <h1 className="min-w-0 text-2xl font-semibold tracking-tight">{title}</h1>
        {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
      </div>
      {lead ? <p className="measure text-muted">{lead}</p> : null}
    </header>
  );
}
