"use client";

import { clsx } from "clsx";
import { useTranslations } from "next-intl";
import { useFormStatus } from "react-dom";
import type { FreeTimeDto } from "@/lib/booking/types/times";
import { useIsGone } from "./live-times";

/** The second line stands below the time and not in its row, so that nothing moves when a time is taken. */
const look =
  "relative inline-flex h-12 min-w-16 items-center justify-center rounded-md border px-2 leading-tight font-semibold tabular-nums transition-colors select-none";

/** The field that says which time was chosen. */
const NAME = "startAt";

/**
 * A free time as the button of the form around it. One that somebody else takes meanwhile stays in its place, struck through, until
 * the page is another.
 *
 * @param label the whole of it for screen readers, beginning with what is seen: "10:30, Tuesday 14 March"
 * @param isHeld whether the visitor holds this time already
 */
export function TimeButton({
  time,
  label,
  isHeld = false,
}: {
  time: FreeTimeDto;
  label: string;
  isHeld?: boolean;
}) {
  const t = useTranslations("home.times");
  const { pending, data } = useFormStatus();
  const isPressed = pending && data?.get(NAME) === time.iso;
  // A time that is being claimed here is soon not free for the others, and says nothing about it.
  const isGone = useIsGone(time.minute) && !isPressed && !isHeld;
  const state = isGone ? t("gone") : isHeld ? t("yours") : time.offset;
  return (
    <button
      // Stays in the order of Tab: what has the focus must not vanish from under it.
      type={isGone || pending ? "button" : "submit"}
      name={NAME}
      value={time.iso}
      aria-label={isGone || isHeld ? `${label}, ${state}` : label}
      aria-disabled={isGone || pending || undefined}
      className={clsx(
        look,
        isGone && "cursor-not-allowed border-dashed border-control text-muted",
        isHeld && "border-accent bg-accent-soft text-ink hover:bg-sunken",
        !isGone && !isHeld && "border-control bg-surface text-ink hover:bg-sunken active:bg-sunken",
        pending && "cursor-progress",
      )}
    >
      <time dateTime={time.iso} className={isGone ? "line-through" : undefined}>
        {time.time}
      </time>
      {state ? (
        <span className="absolute inset-x-0 bottom-0.5 text-xs leading-none font-normal text-muted">
          {state}
        </span>
      ) : null}
      <span
        aria-hidden="true"
        className={clsx(
          "absolute inset-x-2 bottom-1 h-0.5 rounded-full bg-current",
          isPressed ? "animate-pulse" : "invisible",
        )}
      />
    </button>
  );
}
