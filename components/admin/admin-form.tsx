"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Notice } from "@/components/ui/notice";
import type { AccountRefusal } from "@/lib/admin/types/users";
import type { IntakeRefusal } from "@/lib/booking/types/intake";
import type { FormState } from "@/lib/core/form";
import type {
  InvitationResendRefusal,
  PractitionerEntryRefusal,
  PractitionerRefusal,
} from "@/lib/directory/types";
import { type Bounds, problemsOf } from "./problems";

export type AdminState = FormState<AdminRefusal, unknown>;
type AdminRefusal =
  | PractitionerRefusal
  | PractitionerEntryRefusal
  | InvitationResendRefusal
  | IntakeRefusal
  | AccountRefusal
  | "strands"
  | "no_recording_text";

/** What the fields need to know of the last attempt; nothing was typed before the first. */
export type Attempt = {
  /** By field name; `null` until a form was refused. An unticked box has no value. */
  values: Readonly<Record<string, string>> | null;
  errorOf: (fieldId: string) => string | undefined;
};

/**
 * What became of an administrator's form, above its fields.
 *
 * @param labels field id → its label, in the order of the page
 * @param saved what is said after a success; a form that leads on to another page needs none
 * @param question what is asked where the change strands booked visits
 */
export function AdminForm({
  state,
  labels,
  bounds = {},
  saved,
  question,
  children,
}: {
  state: AdminState;
  labels: Readonly<Record<string, string>>;
  bounds?: Bounds;
  saved?: string;
  question?: ReactNode;
  children: (attempt: Attempt) => ReactNode;
}) {
  const t = useTranslations("admin");
  const errors = useTranslations("errors");
  const problems = useMemo(
    () =>
      problemsOf(state, labels, {
        problem: (field, fault) => t("problem", { field, fault }),
        fault: (fault, fieldId) => t(`faults.${fault}`, bounds[fieldId] ?? { min: 0, max: 0 }),
      }),
    [state, labels, bounds, t],
  );
  const refused = state.status === "refused" ? state : null;
  const attempt: Attempt = {
    values: refused?.values ?? null,
    errorOf: (fieldId) => problems.find((problem) => problem.fieldId === fieldId)?.fault,
  };
  return (
    <div className="flex flex-col gap-4">
      <ErrorSummary title={errors("summaryTitle")} problems={problems} />
      {refused && refused.reason !== "invalid" && refused.reason !== "strands" ? (
        <Notice tone="harm" title={t(`refused.${refused.reason}.title`)} announce="alert">
          <p>{t(`refused.${refused.reason}.body`)}</p>
        </Notice>
      ) : null}
      {children(attempt)}
      {question}
      {saved !== undefined && state.status === "done" ? (
        <Notice tone="live" announce="status">
          <p>{saved}</p>
        </Notice>
      ) : null}
    </div>
  );
}
