"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef } from "react";
import { Notice } from "@/components/ui/notice";

const REASONS = [
  "slot_taken",
  "patient_busy",
  "not_offered",
  "day_full",
  "no_guest_seat",
  "already_booked",
  "unknown_patient",
  "not_found",
  "not_changeable",
  "too_many_attempts",
  "forbidden",
] as const;
type Reason = (typeof REASONS)[number];

/** Refusals that a written reason overcomes. */
const WITH_REASON: readonly string[] = ["slot_taken", "patient_busy", "not_offered", "day_full"];
export const needsReason = (reason: string | undefined): boolean =>
  reason !== undefined && WITH_REASON.includes(reason);

/** Why staff could not do it. Takes the focus, since the button that was pressed is below. */
export function StaffRefusal({ reason, attempt }: { reason: string; attempt: unknown }) {
  const t = useTranslations("staff.refused");
  const box = useRef<HTMLDivElement>(null);
  // Also for the same refusal a second time: that one is another attempt.
  useEffect(() => {
    if (attempt) box.current?.focus();
  }, [attempt]);
  const known: Reason | "other" = REASONS.find((candidate) => candidate === reason) ?? "other";
  return (
    <div
      ref={box}
      tabIndex={-1}
      // biome-ignore lint/a11y/noAutofocus: without JavaScript the page comes back whole, and this is what changed
      autoFocus
      className="rounded-md"
    >
      <Notice tone="wait" title={t(`${known}.title`)} announce="alert">
        <p>{t(`${known}.body`)}</p>
      </Notice>
    </div>
  );
}
