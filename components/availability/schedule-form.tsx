"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Notice } from "@/components/ui/notice";
import type { ClosureRefusal, ScheduleRefusal } from "@/lib/availability/types";
import type { FormState } from "@/lib/core/form";
import { problemsOf } from "./problems";

export type KeptState<D> = FormState<ScheduleRefusal | ClosureRefusal, D>;

/** What the fields need to know of the last attempt; nothing was typed before the first. */
export type Attempt = {
  /** By field name; `null` until a form was refused. An unticked box has no value. */
  values: Readonly<Record<string, string>> | null;
  errorOf: (fieldId: string) => string | undefined;
};

/** Refusals that a form shows by itself, as questions to go on from. */
const QUESTIONS = ["invalid", "strands", "preview"] as const;
const isQuestion = (reason: string): reason is (typeof QUESTIONS)[number] =>
  QUESTIONS.some((question) => question === reason);

/**
 * What became of a form of a schedule or of the clinic's closures, around its fields.
 *
 * @param labels field name → its label, in the order of the page
 * @param saved what is said after a success that the page does not show by itself
 */
export function ScheduleForm<D>({
  state,
  labels,
  saved,
  children,
}: {
  state: KeptState<D>;
  labels: Readonly<Record<string, string>>;
  saved?: string | undefined;
  children: (attempt: Attempt) => ReactNode;
}) {
  const t = useTranslations("schedule");
  const errors = useTranslations("errors");
  const problems = useMemo(
    () =>
      problemsOf(state, labels, {
        problem: (field, fault) => t("problem", { field, fault }),
        fault: (fault) => t(`faults.${fault}`),
      }),
    [state, labels, t],
  );
  const refused = state.status === "refused" ? state : null;
  const attempt: Attempt = {
    values: refused?.values ?? null,
    errorOf: (fieldId) => problems.find((problem) => problem.fieldId === fieldId)?.fault,
  };
  return (
    <div className="flex flex-col gap-4">
      <ErrorSummary title={errors("summaryTitle")} problems={problems} />
      {refused && !isQuestion(refused.reason) ? (
        <Notice tone="harm" title={t(`refused.${refused.reason}.title`)} announce="alert">
          <p>{t(`refused.${refused.reason}.body`)}</p>
        </Notice>
      ) : null}
      {children(attempt)}
      {saved !== undefined && state.status === "done" ? (
        <Notice tone="live" announce="status">
          <p>{saved}</p>
        </Notice>
      ) : null}
    </div>
  );
}
