import { cva } from "class-variance-authority";
import { CircleCheck, Info, type LucideIcon, OctagonAlert, TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";

export type NoticeTone = "info" | "live" | "wait" | "harm";

const ICONS: Record<NoticeTone, LucideIcon> = {
  info: Info,
  live: CircleCheck,
  wait: TriangleAlert,
  harm: OctagonAlert,
};

const look = cva("flex gap-3 rounded-e-md border-s-4 p-4 text-ink", {
  variants: {
    tone: {
      info: "border-accent bg-accent-soft [&>svg]:text-accent",
      live: "border-live bg-live-soft [&>svg]:text-live",
      wait: "border-wait bg-wait-soft [&>svg]:text-wait",
      harm: "border-harm bg-harm-soft [&>svg]:text-harm",
    } satisfies Record<NoticeTone, string>,
  },
});

/**
 * A message in the page.
 *
 * @param announce set when it appears while somebody looks on: `status` waits for a pause in the reading, `alert`
 *   interrupts and is for what must not be missed
 */
export function Notice({
  tone = "info",
  title,
  announce,
  className,
  children,
}: {
  tone?: NoticeTone;
  title?: ReactNode;
  announce?: "status" | "alert";
  className?: string;
  children?: ReactNode;
}) {
  const Icon = ICONS[tone];
  return (
    <div role={announce} className={look({ tone, className })}>
      <Icon aria-hidden="true" className="mt-[0.15em] size-[1.25em] shrink-0" />
      <div className="measure flex min-w-0 flex-col gap-1">
        {title ? <p className="font-semibold">{title}</p> : null}
        {children}
      </div>
    </div>
  );
}
