"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Select } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { changeTimeZoneAction } from "@/lib/availability/actions/schedule";
import { IDLE } from "@/lib/core/form";
import { ScheduleForm } from "./schedule-form";
import { StrandedVisits, strandedIn } from "./stranded-visits";

/** On whose clocks a practitioner's schedule is. */
export function TimeZoneForm({
  practitionerId,
  timeZone,
  zones,
}: {
  practitionerId: string;
  timeZone: string;
  zones: readonly { value: string; label: string }[];
}) {
  const t = useTranslations("schedule.timeZone");
  const labels = useMemo(() => ({ timeZone: t("label") }), [t]);
  return (
    <Form id={`time-zone-${practitionerId}`} action={changeTimeZoneAction} initialState={IDLE}>
      {(state) => {
        const stranded = strandedIn(state);
        return (
          <ScheduleForm state={state} labels={labels} saved={t("saved")}>
            {({ values, errorOf }) => (
              <>
                <input type="hidden" name="practitionerId" value={practitionerId} />
                <Field id="timeZone" label={t("label")} hint={t("hint")} error={errorOf("timeZone")}>
                  {(control) => (
                    <Select
                      {...control}
                      name="timeZone"
                      required
                      defaultValue={values?.timeZone ?? timeZone}
                      className="max-w-md"
                    >
                      {zones.map(({ value, label }) => (
                        <option key={value} value={value}>
                          {label}
                        </option>
                      ))}
                    </Select>
                  )}
                </Field>
                <SubmitButton variant="secondary" className="self-start">
                  {t("submit")}
                </SubmitButton>
                {stranded ? <StrandedVisits stranded={stranded} /> : null}
              </>
            )}
          </ScheduleForm>
        );
      }}
    </Form>
  );
}
