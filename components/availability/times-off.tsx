"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { addTimeOffAction, removeTimeOffAction } from "@/lib/availability/actions/schedule";
import type { ScheduleDto, StrandedDto } from "@/lib/availability/types";
import { IDLE } from "@/lib/core/form";
import { RemoveForm } from "./remove-form";
import { type KeptState, ScheduleForm } from "./schedule-form";
import { StrandedVisits, strandedIn } from "./stranded-visits";

type Props = { schedule: Pick<ScheduleDto, "practitionerId" | "timesOff" | "today"> };

/** When a practitioner is away: what is to come, and the form of one more. */
export function TimesOff({ schedule }: Props) {
  const t = useTranslations("schedule.timesOff");
  const { practitionerId, timesOff } = schedule;
  return (
    <div className="flex flex-col gap-4">
      <p className="measure text-muted">{t("lead")}</p>
      {timesOff.length === 0 ? (
        <p className="text-muted">{t("none")}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line rounded-md border border-line bg-surface">
          {timesOff.map(({ timeOffId, label }) => (
            <li key={timeOffId} className="flex flex-col gap-1 px-card py-2">
              <span className="font-medium tabular-nums">{label}</span>
              <RemoveForm
                id={`remove-time-off-${timeOffId}`}
                action={removeTimeOffAction}
                fields={{ practitionerId, timeOffId }}
                label={t("remove")}
                aria-label={t("removePeriod", { period: label })}
              />
            </li>
          ))}
        </ul>
      )}
      <h3 className="font-semibold">{t("add")}</h3>
      <Form id={`time-off-${practitionerId}`} action={addTimeOffAction} initialState={IDLE}>
        {(state) => <Editor schedule={schedule} state={state} />}
      </Form>
    </div>
  );
}

function Editor({
  schedule: { practitionerId, timesOff, today },
  state,
}: Props & { state: KeptState<StrandedDto> }) {
  const t = useTranslations("schedule.timesOff");
  const optional = useTranslations("common")("optional");
  const labels = useMemo(
    () => ({
      awayFrom: t("from"),
      awayFromTime: t("fromTime"),
      awayUntil: t("until"),
      awayUntilTime: t("untilTime"),
    }),
    [t],
  );
  const stranded = strandedIn(state);
  return (
    <ScheduleForm state={state} labels={labels} saved={t("saved")}>
      {({ values, errorOf }) => {
        const field = (name: keyof typeof labels, type: "date" | "time", hint?: string) => (
          <Field
            id={name}
            label={labels[name]}
            note={name === "awayFrom" ? undefined : optional}
            hint={hint}
            error={errorOf(name)}
          >
            {(control) => (
              <Input
                {...control}
                name={name}
                type={type}
                min={type === "date" ? today : undefined}
                required={name === "awayFrom"}
                defaultValue={values?.[name]}
              />
            )}
          </Field>
        );
        return (
          <>
            <input type="hidden" name="practitionerId" value={practitionerId} />
            {/* What was saved is in the list: the fields begin empty again. */}
            <div key={timesOff.length} className="grid items-end gap-4 sm:grid-cols-2">
              {field("awayFrom", "date")}
              {field("awayFromTime", "time", t("timeHint"))}
              {field("awayUntil", "date", t("untilHint"))}
              {field("awayUntilTime", "time", t("timeHint"))}
            </div>
            <SubmitButton variant="secondary" className="self-start">
              {t("submit")}
            </SubmitButton>
            {stranded ? <StrandedVisits stranded={stranded} /> : null}
          </>
        );
      }}
    </ScheduleForm>
  );
}
