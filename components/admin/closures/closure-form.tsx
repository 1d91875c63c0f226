"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { ScheduleForm } from "@/components/availability/schedule-form";
import { StrandedVisits, strandedIn } from "@/components/availability/stranded-visits";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { addClosureAction } from "@/lib/availability/actions/closures";
import { IDLE } from "@/lib/core/form";

/**
 * Closes the clinic for a day or for some in a row.
 *
 * @param known how many closures the list has: with another one the fields begin empty again
 */
export function ClosureForm({ today, known }: { today: string; known: number }) {
  const t = useTranslations("schedule.closures");
  const optional = useTranslations("common")("optional");
  const labels = useMemo(
    () => ({ title: t("nameLabel"), closedFrom: t("from"), closedUntil: t("until") }),
    [t],
  );
  return (
    <Form id="closure" action={addClosureAction} initialState={IDLE}>
      {(state) => {
        const stranded = strandedIn(state);
        return (
          <ScheduleForm state={state} labels={labels} saved={t("saved")}>
            {({ values, errorOf }) => (
              <>
                <div key={known} className="flex flex-col gap-4">
                  <Field id="title" label={labels.title} hint={t("nameHint")} error={errorOf("title")}>
                    {(control) => (
                      <Input
                        {...control}
                        name="title"
                        required
                        autoComplete="off"
                        defaultValue={values?.title}
                      />
                    )}
                  </Field>
                  <div className="grid items-end gap-4 sm:grid-cols-2">
                    {(["closedFrom", "closedUntil"] as const).map((name) => (
                      <Field
                        key={name}
                        id={name}
                        label={labels[name]}
                        note={name === "closedUntil" ? optional : undefined}
                        hint={name === "closedUntil" ? t("untilHint") : undefined}
                        error={errorOf(name)}
                      >
                        {(control) => (
                          <Input
                            {...control}
                            name={name}
                            type="date"
                            min={today}
                            required={name === "closedFrom"}
                            defaultValue={values?.[name]}
                          />
                        )}
                      </Field>
                    ))}
                  </div>
                </div>
                <SubmitButton className="self-start">{t("submit")}</SubmitButton>
                {stranded ? <StrandedVisits stranded={stranded} withPractitioner /> : null}
              </>
            )}
          </ScheduleForm>
        );
      }}
    </Form>
  );
}
