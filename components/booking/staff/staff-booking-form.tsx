"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Textarea } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import type { ChoiceDto, FoundPatientDto, StaffArea, StaffBookingDto } from "@/lib/booking/types/staff";
import { type FormState, IDLE } from "@/lib/core/form";
import { bookAsStaffAction } from "@/lib/visits/actions/staff";
import { OverbookField } from "./overbook-field";
import { FOUND_FIELD, type FoundLine, PatientFields, useFoundWords } from "./patient-fields";
import { needsReason, StaffRefusal } from "./refusal";
import { staffProblems } from "./staff-problems";

type Props = {
  area: StaffArea;
  practitionerId: string;
  visitTypeId: string;
  startIso: string;
  isFree: boolean;
  /** A random UUID of this page: the form sent twice books once. */
  idempotencyKey: string;
  languages: readonly ChoiceDto[];
  locale: string;
  /** The visit that this one follows: its patient is not asked for. */
  follows: StaffBookingDto["follows"];
};
type State = FormState<string, FoundPatientDto[]>;

/** Books the chosen time for a patient: finds one or takes a new one's name, and books, all in one form that keeps what was typed. */
export function StaffBookingForm(props: Props) {
  return (
    <Form id="staff-book" action={bookAsStaffAction} initialState={IDLE}>
      {(state) => <View {...props} state={state} />}
    </Form>
  );
}

/** Who was found by the last search, or by one before it. */
function foundIn(state: State, words: (patient: FoundPatientDto) => string): FoundLine[] | null {
  if (state.status !== "refused") return null;
  if (state.detail) return state.detail.map((found) => ({ patientId: found.patientId, words: words(found) }));
  const kept = Object.entries(state.values).filter(([name]) => name.startsWith(FOUND_FIELD));
  return kept.length === 0
    ? null
    : kept.map(([name, said]) => ({ patientId: name.slice(FOUND_FIELD.length), words: said }));
}

function View({
  area,
  practitionerId,
  visitTypeId,
  startIso,
  isFree,
  idempotencyKey,
  languages,
  locale,
  follows,
  state,
}: Props & { state: State }) {
  const t = useTranslations("staff");
  const errors = useTranslations("errors");
  const words = useFoundWords();
  const refused = state.status === "refused" ? state : null;
  const wasAsked = refused?.reason === "unchosen";
  const labels = useMemo(
    () => ({
      search: t("patient.search"),
      patientId: t("patient.legend"),
      name: t("patient.name"),
      contactName: t("patient.contactName"),
      email: t("patient.email"),
      phone: t("patient.phone"),
      reason: t("reason"),
      overbookReason: t("overbook.label"),
    }),
    [t],
  );
  const problems = useMemo(
    () => staffProblems(state, labels, (fault) => t(`faults.${fault}`)),
    [state, labels, t],
  );
  const errorOf = (fieldId: string) => problems.find((problem) => problem.fieldId === fieldId)?.fault;
  const values = refused?.values ?? {};
  // "Book" without anybody chosen, as opposed to "Find".
  const isUnchosen = wasAsked && values.intent !== "find";
  return (
    <div className="flex flex-col gap-5">
      <ErrorSummary title={errors("summaryTitle")} problems={problems} />
      {refused && !wasAsked && problems.length === 0 ? (
        <StaffRefusal reason={refused.reason} attempt={state} />
      ) : null}
      {isUnchosen ? <StaffRefusal reason="unknown_patient" attempt={state} /> : null}
      {follows ? (
        <>
          <input type="hidden" name="who" value="known" />
          <input type="hidden" name="patientId" value={follows.patientId} />
          <input type="hidden" name="followsId" value={follows.appointmentId} />
        </>
      ) : (
        <PatientFields
          key={wasAsked ? JSON.stringify(refused.detail?.map(({ patientId }) => patientId)) : "typed"}
          found={foundIn(state, words)}
          languages={languages}
          locale={locale}
          values={values}
          errorOf={errorOf}
        />
      )}
      <Field
        id="reason"
        label={t("reason")}
        note={t("optional")}
        hint={t("reasonHint")}
        error={errorOf("reason")}
      >
        {(control) => (
          <Textarea {...control} name="reason" rows={2} defaultValue={values.reason} className="max-w-160" />
        )}
      </Field>
      <OverbookField
        isNeeded={!isFree || needsReason(refused?.reason)}
        value={values.overbookReason}
        error={errorOf("overbookReason")}
      />
      <SubmitButton name="intent" value="book" className="self-start">
        {t("book")}
      </SubmitButton>
      <input type="hidden" name="area" value={area} />
      <input type="hidden" name="practitionerId" value={practitionerId} />
      <input type="hidden" name="visitTypeId" value={visitTypeId} />
      <input type="hidden" name="startAt" value={startIso} />
      <input type="hidden" name="idempotencyKey" value={values.idempotencyKey ?? idempotencyKey} />
    </div>
  );
}
