"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { StaffRefusal } from "@/components/booking/staff/refusal";
import { staffProblems } from "@/components/booking/staff/staff-problems";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { StaffArea } from "@/lib/booking/types/staff";
import { IDLE } from "@/lib/core/form";
import { cancelAsStaffAction } from "@/lib/visits/actions/staff";

/** Cancels the visit for good, which the page has said. */
export function CancelForm({
  area,
  appointmentId,
  email,
}: {
  area: StaffArea;
  appointmentId: string;
  email: string | null;
}) {
  const t = useTranslations("staff");
  const errors = useTranslations("errors");
  const labels = useMemo(() => ({ reason: t("cancel.reason") }), [t]);
  return (
    <Form id="staff-cancel" action={cancelAsStaffAction} initialState={IDLE}>
      {(state) => {
        const refused = state.status === "refused" ? state : null;
        const problems = staffProblems(state, labels, (fault) => t(`faults.${fault}`));
        return (
          <div className="flex flex-col gap-5">
            <ErrorSummary title={errors("summaryTitle")} problems={problems} />
            {refused && problems.length === 0 ? (
              <StaffRefusal reason={refused.reason} attempt={state} />
            ) : null}
            <Field
              id="reason"
              label={t("cancel.reason")}
              hint={t("cancel.reasonHint")}
              error={problems[0]?.fault}
            >
              {(control) => (
                <Textarea
                  {...control}
                  name="reason"
                  rows={2}
                  required
                  defaultValue={refused?.values.reason}
                  className="max-w-160"
                />
              )}
            </Field>
            <p className="measure text-muted">{email ? t("cancel.mails", { email }) : t("cancel.noMail")}</p>
            <SubmitButton variant="harm" className="self-start">
              {t("cancel.submit")}
            </SubmitButton>
            <input type="hidden" name="area" value={area} />
            <input type="hidden" name="appointmentId" value={appointmentId} />
          </div>
        );
      }}
    </Form>
  );
}
