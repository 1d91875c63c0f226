import { clsx } from "clsx";
import type { ReactNode } from "react";

export type Description = { term: ReactNode; details: ReactNode; key: string };

/** Facts about one thing: the term beside its details where there is room, above them on a phone. */
export function DescriptionList({ items, className }: { items: readonly Description[]; className?: string }) {
  return (
    <dl className={clsx("divide-y divide-line", className)}>
      {items.map(({ key, term, details }) => (
        <div
          key={key}
          className="grid gap-x-6 gap-y-0.5 py-3 first:pt-0 last:pb-0 sm:grid-cols-[minmax(8rem,1fr)_2fr]"
        >
          <dt className="text-muted">{term}</dt>
          <dd className="min-w-0">{details}</dd>
        </div>
      ))}
    </dl>
  );
}
