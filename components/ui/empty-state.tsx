import { clsx } from "clsx";
import { Inbox, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

/** A list without entries: says why, and what can be done about it. */
export function EmptyState({
  title,
  icon: Icon = Inbox,
  action,
  className,
  children,
}: {
  title: ReactNode;
  icon?: LucideIcon;
  action?: ReactNode;
  className?: string;
  children?: ReactNode;
}) {
  return (
    <div
      className={clsx(
        "flex flex-col items-center gap-2 rounded-md border border-dashed border-line px-4 py-10 text-center",
        className,
      )}
    >
      <Icon aria-hidden="true" className="size-8 text-muted" />
      <p className="font-semibold">{title}</p>
      {children ? <div className="measure text-muted">{children}</div> : null}
      {action ? <div className="mt-2">{action}</div> : null}
    </div>
  );
}
