"use client";

import { clsx } from "clsx";
import { Timer, TimerOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useRef } from "react";
import { useFormStatus } from "react-dom";
import type { HoldDto } from "@/lib/booking/types/form";
import { useHold } from "./use-hold";

/** When the time that is left is said aloud, in seconds. */
const SAID_AT = [60, 300] as const;

const clockOf = (seconds: number) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

/**
 * How long the page's time is kept for this visitor. It counts down with JavaScript and names the end without; both lines are there from
 * the start, so that nothing moves. Screen readers hear of it twice before the end, and at the end.
 */
export function HoldCountdown({ hold }: { hold: HoldDto }) {
  const t = useTranslations("booking.hold");
  const { pending } = useFormStatus();
  const left = useHold(hold, pending);
  const first = useRef(hold.secondsLeft);
  const isOver = left === 0;
  const passed = SAID_AT.find((mark) => left <= mark && first.current > mark);
  const Icon = isOver ? TimerOff : Timer;
  return (
    <div
      data-hold={isOver ? "over" : "held"}
      className={clsx(
        "flex gap-3 rounded-e-md border-s-4 p-4",
        isOver ? "border-wait bg-wait-soft" : "border-accent bg-accent-soft",
      )}
    >
      <Icon
        aria-hidden="true"
        className={clsx("mt-[0.15em] size-[1.25em] shrink-0", isOver ? "text-wait" : "text-accent")}
      />
      <div className="flex min-w-0 flex-col gap-1">
        <p className="font-semibold">{isOver ? t("over") : t("until", { time: hold.untilTime })}</p>
        {isOver ? (
          <p>{t("stillFree")}</p>
        ) : (
          <p>
            <span className="[@media(scripting:none)]:hidden">
              {t.rich("left", {
                clock: clockOf(left),
                time: (text) => (
                  <span role="timer" aria-live="off" className="tabular-nums">
                    {text}
                  </span>
                ),
              })}{" "}
            </span>
            {t("explain")}
          </p>
        )}
      </div>
      <p role="status" className="sr-only">
        {isOver ? `${t("over")} ${t("stillFree")}` : passed ? t("said", { minutes: passed / 60 }) : ""}
      </p>
    </div>
  );
}
