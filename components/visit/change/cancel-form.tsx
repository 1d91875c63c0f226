"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { ButtonLink } from "@/components/ui/button";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { IDLE } from "@/lib/core/form";
import { REASON_MAX_LENGTH } from "@/lib/core/limits";
import { cancelVisitAction } from "@/lib/visits/actions/change";
import type { PatientVisitDto } from "@/lib/visits/types/visit";
import { type ChangeState, Refused } from "./refused";
import { VisitKey } from "./visit-key";

type Props = { visit: Pick<PatientVisitDto, "appointmentId" | "path">; token: string | undefined };

/** Asks why, without insisting, and cancels the visit. */
export function CancelForm(props: Props) {
  return (
    <Form id="cancel" action={cancelVisitAction} initialState={IDLE}>
      {(state) => <View {...props} state={state} />}
    </Form>
  );
}

function View({ visit, token, state }: Props & { state: ChangeState }) {
  const t = useTranslations("change");
  const errors = useTranslations("errors");
  const common = useTranslations("common");
  const refused = state.status === "refused" ? state : null;
  const fault = refused?.fields.reason;
  const problem =
    fault === undefined
      ? undefined
      : t(fault === "too_long" ? "problems.reasonTooLong" : "problems.reasonCharacters", {
          count: REASON_MAX_LENGTH,
        });
  const problems = useMemo(() => (problem ? [{ fieldId: "reason", message: problem }] : []), [problem]);
  return (
    <div className="flex flex-col gap-6">
      <ErrorSummary title={errors("summaryTitle")} problems={problems} />
      {refused && !problem ? <Refused state={refused} /> : null}
      <Field
        id="reason"
        label={t("cancel.reason")}
        note={common("optional")}
        hint={t("cancel.reasonHint")}
        error={problem}
      >
        {(control) => (
          <Textarea {...control} name="reason" defaultValue={refused?.values.reason} className="max-w-160" />
        )}
      </Field>
      <VisitKey appointmentId={visit.appointmentId} token={token} />
      <div className="flex flex-col gap-3 sm:flex-row">
        <SubmitButton variant="harm" size="lg">
          {t("cancel.submit")}
        </SubmitButton>
        <ButtonLink href={visit.path} size="lg">
          {t("cancel.keep")}
        </ButtonLink>
      </div>
    </div>
  );
}
