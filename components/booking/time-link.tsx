import NextLink from "next/link";
import { buttonClass } from "@/components/ui/button";
import type { FreeTimeDto } from "@/lib/booking/types/times";
import { LinkProgress } from "./link-progress";

/**
 * A free time as a button; it leads to the page that books it. Not fetched beforehand: there are too many of them.
 *
 * @param label the whole of it for screen readers, beginning with what is seen: "10:30, Tuesday 14 March"
 */
export function TimeLink({ time, label }: { time: FreeTimeDto; label: string }) {
  return (
    <NextLink
      href={time.href}
      prefetch={false}
      aria-label={label}
      className={buttonClass({ className: "relative min-w-16 px-3 font-semibold tabular-nums" })}
    >
      <time dateTime={time.iso}>{time.time}</time>
      {time.offset ? <span className="text-xs font-normal text-muted">{time.offset}</span> : null}
      <LinkProgress />
    </NextLink>
  );
}
