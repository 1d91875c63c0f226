"use client";

import { useTranslations } from "next-intl";
import { Notice } from "@/components/ui/notice";
import type { FormState, PipelineRefusal } from "@/lib/core/form";
import type { HandoverRefusal } from "@/lib/visits/types/handover";
import type { ThirdPersonRefusal } from "@/lib/visits/types/third";

type PeopleRefusal = ThirdPersonRefusal | HandoverRefusal | PipelineRefusal;

/** Why nothing came of it. What is wrong with a field stands at the field. */
export function PeopleProblem({ state }: { state: FormState<PeopleRefusal> }) {
  const t = useTranslations("people.refused");
  if (state.status !== "refused" || Object.keys(state.fields).length > 0) return null;
  return (
    <Notice tone="wait" announce="alert">
      <p>{t(state.reason)}</p>
    </Notice>
  );
}
