"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useMemo } from "react";
import { BookingFields } from "@/components/booking/form/booking-fields";
import { type AskedState, presentIntake, problemsOf } from "@/components/booking/form/booking-problems";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Select } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import type { BookingHelpDto } from "@/lib/booking/types/form";
import { type FormState, IDLE, type PipelineRefusal } from "@/lib/core/form";
import { joinQueueAsGuestAction, joinQueueAsPatientAction } from "@/lib/queue/actions/place";
import type { JoinPageDto, JoinQueueRefusal } from "@/lib/queue/types";

type State = FormState<JoinQueueRefusal, Pick<BookingHelpDto, "intake">>;
type Props = {
  page: JoinPageDto;
  /** A random UUID of this page: the form sent twice joins once. */
  idempotencyKey: string;
  /** Stands before the fields. */
  children: ReactNode;
};

/** The form that puts somebody into the line, for a guest or for the account that is signed in. It asks what a booking asks. */
export function JoinForm(props: Props) {
  const view = (state: State) => <View {...props} state={state} />;
  return props.page.account === null ? (
    <Form id="join-queue" action={joinQueueAsGuestAction} initialState={IDLE}>
      {view}
    </Form>
  ) : (
    <Form id="join-queue" action={joinQueueAsPatientAction} initialState={IDLE}>
      {view}
    </Form>
  );
}

function View({ page, idempotencyKey, children, state }: Props & { state: State }) {
  const t = useTranslations("queue.now");
  const booking = useTranslations("booking");
  const errors = useTranslations("errors");
  const problems = useMemo(
    () =>
      problemsOf(state as AskedState).map((problem) => ({
        fieldId: problem.fieldId,
        message:
          "question" in problem
            ? booking(`problems.${problem.words}`, { question: problem.question })
            : booking(`problems.${problem.words}`),
      })),
    [state, booking],
  );
  const refused = state.status === "refused" ? state : null;
  return (
    <div className="flex flex-col gap-6">
      <ErrorSummary title={errors("summaryTitle")} problems={problems} />
      {refused && problems.length === 0 ? <Refused reason={refused.reason} /> : null}
      {children}
      <Field id="language" label={t("language")} hint={t("languageHint")}>
        {(control) => (
          <Select
            {...control}
            name="language"
            className="max-w-100"
            defaultValue={refused?.values.language ?? ""}
          >
            <option value="">{t("anyLanguage")}</option>
            {page.languages.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <BookingFields
        account={page.account}
        emailHint={t("emailHint")}
        intake={presentIntake(state as AskedState, page.intake)}
        values={refused?.values ?? {}}
        errorOf={(id) => problems.find(({ fieldId }) => fieldId === id)?.message}
      />
      <SubmitButton size="lg" className="self-stretch sm:self-start">
        {t("submit")}
      </SubmitButton>
      <input type="hidden" name="specialtyId" value={page.specialtyId} />
      <input type="hidden" name="visitTypeId" value={page.kind.visitTypeId} />
      <input type="hidden" name="idempotencyKey" value={refused?.values.idempotencyKey ?? idempotencyKey} />
    </div>
  );
}

function Refused({ reason }: { reason: JoinQueueRefusal | PipelineRefusal }) {
  const t = useTranslations("queue.now.refused");
  return (
    <Notice tone="wait" announce="alert">
      <p>{t(reason)}</p>
    </Notice>
  );
}
