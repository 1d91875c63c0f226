"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { OverbookField } from "@/components/booking/staff/overbook-field";
import { needsReason, StaffRefusal } from "@/components/booking/staff/refusal";
import { staffProblems } from "@/components/booking/staff/staff-problems";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import type { StaffArea } from "@/lib/booking/types/staff";
import { IDLE } from "@/lib/core/form";
import { moveAsStaffAction } from "@/lib/visits/actions/staff";

type Props = {
  area: StaffArea;
  appointmentId: string;
  practitionerId: string;
  startIso: string;
  isFree: boolean;
  email: string | null;
};

/** Moves the visit to the time that the page names. */
export function MoveForm({ area, appointmentId, practitionerId, startIso, isFree, email }: Props) {
  const t = useTranslations("staff");
  const errors = useTranslations("errors");
  const labels = useMemo(() => ({ overbookReason: t("overbook.label") }), [t]);
  return (
    <Form id="staff-move" action={moveAsStaffAction} initialState={IDLE}>
      {(state) => {
        const refused = state.status === "refused" ? state : null;
        const problems = staffProblems(state, labels, (fault) => t(`faults.${fault}`));
        return (
          <div className="flex flex-col gap-5">
            <ErrorSummary title={errors("summaryTitle")} problems={problems} />
            {refused && problems.length === 0 ? (
              <StaffRefusal reason={refused.reason} attempt={state} />
            ) : null}
            <OverbookField
              isNeeded={!isFree || needsReason(refused?.reason)}
              value={refused?.values.overbookReason}
              error={problems[0]?.fault}
            />
            <p className="measure text-muted">{email ? t("move.mails", { email }) : t("move.noMail")}</p>
            <SubmitButton className="self-start">{t("move.submit")}</SubmitButton>
            <input type="hidden" name="area" value={area} />
            <input type="hidden" name="appointmentId" value={appointmentId} />
            <input type="hidden" name="practitionerId" value={practitionerId} />
            <input type="hidden" name="startAt" value={startIso} />
          </div>
        );
      }}
    </Form>
  );
}
