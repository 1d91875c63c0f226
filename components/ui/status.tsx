import { cva } from "class-variance-authority";
import { CalendarCheck, Check, Circle, Clock, type LucideIcon, UserX, Video, X } from "lucide-react";
import type { ReactNode } from "react";

export type StatusKind = "waiting" | "live" | "done" | "cancelled" | "booked" | "noshow" | "neutral";

/** For where the whole mark has no room; the word must then stand beside it. */
export const STATUS_ICONS: Record<StatusKind, LucideIcon> = {
  waiting: Clock,
  live: Video,
  done: Check,
  cancelled: X,
  booked: CalendarCheck,
  noshow: UserX,
  neutral: Circle,
};

const look = cva(
  "inline-flex w-fit items-center gap-1.5 rounded-full px-2.5 py-0.5 text-sm font-medium whitespace-nowrap",
  {
    variants: {
      kind: {
        waiting: "bg-wait-soft text-wait",
        live: "bg-live-soft text-live",
        done: "bg-sunken text-live",
        cancelled: "bg-sunken text-muted line-through decoration-1",
        booked: "bg-accent-soft text-accent",
        noshow: "bg-harm-soft text-harm",
        neutral: "bg-sunken text-muted",
      } satisfies Record<StatusKind, string>,
    },
  },
);

/** The state of a visit: word, icon and colour together, never colour alone. */
export function Status({
  kind,
  className,
  children,
}: {
  kind: StatusKind;
  className?: string;
  children: ReactNode;
}) {
  const Icon = STATUS_ICONS[kind];
  return (
    <span className={look({ kind, className })}>
      <Icon aria-hidden="true" className="size-[1.1em] shrink-0" />
      {children}
    </span>
  );
}
