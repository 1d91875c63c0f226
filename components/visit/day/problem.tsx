"use client";

import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { FormState, PipelineRefusal } from "@/lib/core/form";

export type DayRefusal =
  | "not_found"
  | "too_early"
  | "too_late"
  | "not_changeable"
  | "slot_taken"
  | "patient_busy"
  | "no_guest_seat"
  | "not_waiting"
  | "too_many";

/** Why a form of the day did nothing. What is wrong with a field stands at the field. */
export function DayProblem({ state }: { state: FormState<DayRefusal | PipelineRefusal> }) {
  const t = useTranslations("day.refused");
  if (state.status !== "refused" || Object.keys(state.fields).length > 0) return null;
  return (
    <Notice tone="wait" announce="alert">
      <p>{t(state.reason)}</p>
    </Notice>
  );
}
