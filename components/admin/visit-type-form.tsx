"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Checkbox } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { createVisitTypeAction, updateVisitTypeAction } from "@/lib/admin/actions/clinic";
import { IDLE } from "@/lib/core/form";
import { AdminForm, type Attempt } from "./admin-form";
import type { Bounds } from "./problems";

const NAMES = ["nameEn", "nameRu"] as const;
const TIMES = ["durationMinutes", "intervalMinutes", "bufferBeforeMinutes", "bufferAfterMinutes"] as const;
const LIMITS = ["minNoticeMinutes", "horizonDays", "maxPerDay"] as const;
const CHANGES = ["changeNoticeMinutes", "reminderMinutes"] as const;
/** These may be left empty. */
const OPTIONAL: readonly string[] = ["maxPerDay", "reminderMinutes"];

type FieldName =
  | (typeof NAMES)[number]
  | (typeof TIMES)[number]
  | (typeof LIMITS)[number]
  | (typeof CHANGES)[number];
/** What the fields show before anything was typed. */
export type VisitTypeValues = Record<FieldName, string>;

function useLabels(): Record<FieldName, string> {
  const t = useTranslations("admin.visitType");
  return {
    nameEn: t("nameEn"),
    nameRu: t("nameRu"),
    durationMinutes: t("durationMinutes"),
    intervalMinutes: t("intervalMinutes"),
    bufferBeforeMinutes: t("bufferBeforeMinutes"),
    bufferAfterMinutes: t("bufferAfterMinutes"),
    minNoticeMinutes: t("minNoticeMinutes"),
    horizonDays: t("horizonDays"),
    maxPerDay: t("maxPerDay"),
    changeNoticeMinutes: t("changeNoticeMinutes"),
    reminderMinutes: t("reminderMinutes"),
  };
}

type Props = { given: VisitTypeValues; bounds: Bounds };

export function NewVisitTypeForm({ given, bounds }: Props) {
  const t = useTranslations("admin");
  const labels = useLabels();
  return (
    <Form id="new-visit-type" action={createVisitTypeAction} initialState={IDLE}>
      {(state) => (
        <AdminForm state={state} labels={labels} bounds={bounds}>
          {(attempt) => (
            <>
              <VisitTypeFields given={given} labels={labels} attempt={attempt} />
              <SubmitButton className="self-start">{t("newVisitType.submit")}</SubmitButton>
            </>
          )}
        </AdminForm>
      )}
    </Form>
  );
}

export function VisitTypeForm({
  visitTypeId,
  active,
  offeredNow,
  given,
  bounds,
}: Props & { visitTypeId: string; active: boolean; offeredNow: boolean }) {
  const t = useTranslations("admin.visitType");
  const labels = useLabels();
  return (
    <Form id={`visit-type-${visitTypeId}`} action={updateVisitTypeAction} initialState={IDLE}>
      {(state) => (
        <AdminForm state={state} labels={labels} bounds={bounds} saved={t("saved")}>
          {(attempt) => (
            <>
              <input type="hidden" name="visitTypeId" value={visitTypeId} />
              <VisitTypeFields given={given} labels={labels} attempt={attempt} />
              <Checkbox
                id="active"
                name="active"
                label={t("active")}
                hint={t("activeHint")}
                defaultChecked={attempt.values ? attempt.values.active === "on" : active}
              />
              <Checkbox
                id="offeredNow"
                name="offeredNow"
                label={t("offeredNow")}
                hint={t("offeredNowHint")}
                defaultChecked={attempt.values ? attempt.values.offeredNow === "on" : offeredNow}
              />
              <SubmitButton className="self-start">{t("submit")}</SubmitButton>
            </>
          )}
        </AdminForm>
      )}
    </Form>
  );
}

function VisitTypeFields({
  given,
  labels,
  attempt: { values, errorOf },
}: {
  given: VisitTypeValues;
  labels: Record<FieldName, string>;
  attempt: Attempt;
}) {
  const t = useTranslations("admin.visitType");
  const hints: Partial<Record<FieldName, string>> = {
    intervalMinutes: t("intervalMinutesHint"),
    bufferAfterMinutes: t("bufferHint"),
    minNoticeMinutes: t("minNoticeMinutesHint"),
    maxPerDay: t("maxPerDayHint"),
    changeNoticeMinutes: t("changeNoticeMinutesHint"),
    reminderMinutes: t("reminderMinutesHint"),
  };
  const field = (name: FieldName, isNumber: boolean) => (
    <Field key={name} id={name} label={labels[name]} hint={hints[name]} error={errorOf(name)}>
      {(control) => (
        <Input
          {...control}
          name={name}
          required={!OPTIONAL.includes(name)}
          autoComplete="off"
          defaultValue={values?.[name] ?? given[name]}
          {...(isNumber ? { inputMode: "numeric", className: "max-w-28 tabular-nums" } : {})}
        />
      )}
    </Field>
  );
  return (
    <>
      <Group legend={t("names")}>{NAMES.map((name) => field(name, false))}</Group>
      <Group legend={t("times")}>{TIMES.map((name) => field(name, true))}</Group>
      <Group legend={t("limits")}>{LIMITS.map((name) => field(name, true))}</Group>
      <Group legend={t("changes")}>{CHANGES.map((name) => field(name, true))}</Group>
    </>
  );
}

const Group = ({ legend, children }: { legend: string; children: ReactNode }) => (
  <fieldset className="rounded-md border border-line bg-surface p-card">
    <legend className="px-1 font-semibold">{legend}</legend>
    <div className="grid items-end gap-4 sm:grid-cols-2">{children}</div>
  </fieldset>
);
