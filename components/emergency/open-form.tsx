"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Radio, RadioGroup } from "@/components/ui/choice";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input, Textarea } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { type FormState, IDLE, type PipelineRefusal } from "@/lib/core/form";
import { openRecordAction } from "@/lib/emergency/actions";
import type { EmergencyReason, OpenRefusal } from "@/lib/emergency/types";

const FIELDS = ["name", "contact", "reason", "text"] as const;
/** The gravest first. */
const REASONS = [
  "danger",
  "colleague_asks",
  "patient_asks",
  "other",
] as const satisfies readonly EmergencyReason[];
const FAULTS = ["required", "too_long", "characters", "contact"] as const;

const asSentence = (words: string) => words.charAt(0).toLocaleUpperCase() + words.slice(1);

type State = FormState<OpenRefusal>;

const faultOf = (state: State, field: string) => {
  const fault = state.status === "refused" ? state.fields[field] : undefined;
  return fault === undefined ? undefined : (FAULTS.find((known) => known === fault) ?? "invalid");
};

/** Whose record is to be opened, and why. */
export function OpenForm() {
  return (
    <Form id="open-record" action={openRecordAction} initialState={IDLE} className="flex flex-col gap-6">
      {(state) => <Fields state={state} />}
    </Form>
  );
}

function Fields({ state }: { state: State }) {
  const t = useTranslations("emergency");
  const errors = useTranslations("errors");
  const problems = useMemo(
    () =>
      FIELDS.flatMap((field) => {
        const fault = faultOf(state, field);
        return fault
          ? [
              {
                fieldId: field,
                message: t("problem", { field: t(`form.${field}`), fault: t(`faults.${fault}`) }),
              },
            ]
          : [];
      }),
    [state, t],
  );
  const errorOf = (field: string) => {
    const fault = faultOf(state, field);
    return fault && asSentence(t(`faults.${fault}`));
  };
  const values = state.status === "refused" ? state.values : {};
  return (
    <>
      <ErrorSummary title={errors("summaryTitle")} problems={problems} />
      {state.status === "refused" && state.reason !== "invalid" ? (
        <Refused reason={state.reason} retryAfterSeconds={state.retryAfterSeconds} />
      ) : null}
      <Field id="name" label={t("form.name")} error={errorOf("name")}>
        {(control) => (
          <Input {...control} name="name" autoComplete="off" required defaultValue={values.name} />
        )}
      </Field>
      <Field id="contact" label={t("form.contact")} hint={t("form.contactHint")} error={errorOf("contact")}>
        {(control) => (
          <Input {...control} name="contact" autoComplete="off" required defaultValue={values.contact} />
        )}
      </Field>
      <RadioGroup id="reason" legend={t("form.reason")} error={errorOf("reason")}>
        {REASONS.map((reason, at) => (
          <Radio
            key={reason}
            id={at === 0 ? "reason" : `reason-${reason}`}
            name="reason"
            value={reason}
            label={t(`reasons.${reason}`)}
            defaultChecked={values.reason === reason}
          />
        ))}
      </RadioGroup>
      <Field id="text" label={t("form.text")} hint={t("form.textHint")} error={errorOf("text")}>
        {(control) => <Textarea {...control} name="text" rows={3} required defaultValue={values.text} />}
      </Field>
      <SubmitButton className="self-start">{t("form.submit")}</SubmitButton>
    </>
  );
}

function Refused({
  reason,
  retryAfterSeconds = 0,
}: {
  reason: OpenRefusal | PipelineRefusal;
  retryAfterSeconds: number | undefined;
}) {
  const t = useTranslations("emergency.refused");
  return (
    <Notice tone="harm" announce="alert" title={t(`${reason}.title`)}>
      <p>{t(`${reason}.body`, { minutes: Math.ceil(retryAfterSeconds / 60) })}</p>
    </Notice>
  );
}
