"use client";

import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { FormState } from "@/lib/core/form";
import type { AnswerRefusal } from "@/lib/queue/types";

/** Why nothing came of it. */
export function QueueProblem({ state }: { state: FormState<AnswerRefusal> }) {
  const t = useTranslations("queue.duty.refused");
  if (state.status !== "refused") return null;
  return (
    <Notice tone="wait" announce="alert">
      <p>{t(state.reason)}</p>
    </Notice>
  );
}
