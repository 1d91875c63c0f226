"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Checkbox } from "@/components/ui/choice";
import { EmailField, NameField, PhoneField } from "@/components/ui/contact-fields";
import { ErrorSummary } from "@/components/ui/error-summary";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input, Select } from "@/components/ui/input";
import { Notice } from "@/components/ui/notice";
import { SubmitButton } from "@/components/ui/submit-button";
import { joinWaitlistAsGuestAction, joinWaitlistAsPatientAction } from "@/lib/booking/actions/waitlist";
import type { JoinWaitlistDto } from "@/lib/booking/types/waitlist";
import { IDLE } from "@/lib/core/form";
import { type JoinState, joinProblems } from "./waitlist-problems";

/** When somebody could come, and how to reach them where they have no account. */
export function JoinWaitlistForm({ page }: { page: JoinWaitlistDto }) {
  const view = (state: JoinState) => <View page={page} state={state} />;
  return page.accountName === null ? (
    <Form id="join-waitlist" action={joinWaitlistAsGuestAction} initialState={IDLE}>
      {view}
    </Form>
  ) : (
    <Form id="join-waitlist" action={joinWaitlistAsPatientAction} initialState={IDLE}>
      {view}
    </Form>
  );
}

function View({ page, state }: { page: JoinWaitlistDto; state: JoinState }) {
  const t = useTranslations("waitlist");
  const errors = useTranslations("errors");
  const problems = useMemo(
    () => joinProblems(state).map(({ fieldId, words }) => ({ fieldId, message: t(`problems.${words}`) })),
    [state, t],
  );
  const refused = state.status === "refused" ? state : null;
  const values = refused?.values ?? {};
  const errorOf = (id: string) => problems.find(({ fieldId }) => fieldId === id)?.message;
  const fields = { page, values, errorOf };
  return (
    <div className="flex flex-col gap-6">
      <ErrorSummary title={errors("summaryTitle")} problems={problems} />
      {refused && refused.reason !== "invalid" ? (
        <Notice tone="wait" announce="alert" title={t(`refused.${refused.reason}`)} />
      ) : null}
      <WishFields {...fields} />
      {page.accountName === null ? (
        <ContactFields {...fields} />
      ) : (
        <p className="measure">{t("asAccount", { name: page.accountName })}</p>
      )}
      <SubmitButton size="lg" className="self-stretch sm:self-start">
        {t("submit")}
      </SubmitButton>
      {"practitionerId" in page.waitsFor ? (
        <input type="hidden" name="practitionerId" value={page.waitsFor.practitionerId} />
      ) : (
        <input type="hidden" name="specialtyCode" value={page.waitsFor.specialtyCode} />
      )}
    </div>
  );
}

type FieldsProps = {
  page: JoinWaitlistDto;
  values: Readonly<Record<string, string>>;
  errorOf: (fieldId: string) => string | undefined;
};

function WishFields({ page, values, errorOf }: FieldsProps) {
  const t = useTranslations("waitlist");
  const chosen = page.visitTypes.find(({ isChosen }) => isChosen)?.visitTypeId;
  const limits = { min: page.firstDate, max: page.lastDate };
  return (
    <>
      <Field id="visitTypeId" label={t("visitType")}>
        {(control) => (
          <Select
            {...control}
            name="visitTypeId"
            defaultValue={values.visitTypeId ?? chosen}
            className="max-w-100"
          >
            {page.visitTypes.map(({ visitTypeId, name }) => (
              <option key={visitTypeId} value={visitTypeId}>
                {name}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <div className="flex flex-wrap gap-4">
        <Field id="fromOn" label={t("from")} error={errorOf("fromOn")}>
          {(control) => (
            <Input
              {...control}
              {...limits}
              type="date"
              name="fromOn"
              required
              defaultValue={values.fromOn ?? page.firstDate}
            />
          )}
        </Field>
        <Field id="toOn" label={t("to")} error={errorOf("toOn")}>
          {(control) => (
            <Input
              {...control}
              {...limits}
              type="date"
              name="toOn"
              required
              defaultValue={values.toOn ?? page.lastDate}
            />
          )}
        </Field>
      </div>
      <fieldset className="flex flex-col gap-1" aria-describedby="days-hint">
        <legend className="font-medium">{t("days")}</legend>
        <p id="days-hint" className="measure text-muted">
          {t("daysHint")}
        </p>
        <div className="grid gap-x-6 sm:grid-cols-2">
          {page.weekdays.map(({ weekday, name }) => (
            <Checkbox
              key={weekday}
              id={`weekday-${weekday}`}
              name={`weekday.${weekday}`}
              label={name}
              defaultChecked={values[`weekday.${weekday}`] === "on"}
            />
          ))}
        </div>
      </fieldset>
      <fieldset className="flex flex-col gap-2" aria-describedby="hours-hint">
        <legend className="font-medium">{t("hours")}</legend>
        <p id="hours-hint" className="measure text-muted">
          {t("hoursHint", page.zone)}
        </p>
        <div className="flex flex-wrap gap-4">
          <Field id="fromTime" label={t("fromTime")} error={errorOf("fromTime")}>
            {(control) => <Input {...control} type="time" name="fromTime" defaultValue={values.fromTime} />}
          </Field>
          <Field id="toTime" label={t("toTime")} error={errorOf("toTime")}>
            {(control) => <Input {...control} type="time" name="toTime" defaultValue={values.toTime} />}
          </Field>
        </div>
      </fieldset>
    </>
  );
}

function ContactFields({ values, errorOf }: FieldsProps) {
  const t = useTranslations("waitlist");
  const optional = useTranslations("common")("optional");
  return (
    <>
      <NameField label={t("name")} error={errorOf("name")} value={values.name} />
      <EmailField label={t("email")} hint={t("emailHint")} error={errorOf("email")} value={values.email} />
      <PhoneField label={t("phone")} note={optional} error={errorOf("phone")} value={values.phone} />
    </>
  );
}
