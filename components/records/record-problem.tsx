"use client";

import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { PipelineRefusal } from "@/lib/core/form";
import type { FeedbackRefusal, NoteRefusal, SummaryRefusal } from "@/lib/records/types";

export type RecordRefusal = NoteRefusal | SummaryRefusal | FeedbackRefusal | PipelineRefusal;
type State =
  | { status: "idle" | "done" | "saved" }
  | { status: "refused"; reason: RecordRefusal; fields: Readonly<Record<string, string>> };

/** Why nothing was saved. What is wrong with a field stands at the field. */
export function RecordProblem({ state }: { state: State }) {
  const t = useTranslations("records.refused");
  if (state.status !== "refused" || Object.keys(state.fields).length > 0) return null;
  return (
    <Notice tone="wait" announce="alert">
      <p>{t(state.reason)}</p>
    </Notice>
  );
}

const FAULTS = ["required", "too_long", "characters"] as const;
export type RecordFault = (typeof FAULTS)[number] | "invalid";

/** A field's fault, as its words are named. */
export function recordFault(state: State, field: string): RecordFault | undefined {
  const fault = state.status === "refused" ? state.fields[field] : undefined;
  if (fault === undefined) return undefined;
  return FAULTS.find((known) => known === fault) ?? "invalid";
}
