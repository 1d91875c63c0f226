"use client";

import { useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { SubmitButton } from "@/components/ui/submit-button";
import { replaceWeeklyHoursAction } from "@/lib/availability/actions/schedule";
import { hoursField } from "@/lib/availability/format/hours";
import type { DayName, ScheduleDto, StrandedDto, Weekday, WeeklyInterval } from "@/lib/availability/types";
import { IDLE } from "@/lib/core/form";
import { type Attempt, type KeptState, ScheduleForm } from "../schedule-form";
import { StrandedVisits, strandedIn } from "../stranded-visits";
import { CopyMenu, HoursDay } from "./hours-day";
import { copyDay, type DraftDay, draftOfHours, draftOfValues, hoursOfDraft } from "./hours-draft";
import { WeekPreview } from "./week-preview";

type Props = {
  schedule: Pick<ScheduleDto, "practitionerId" | "plan" | "place" | "today">;
  names: readonly DayName[];
  /** How many intervals a day may have. */
  limit: number;
};
type State = KeptState<StrandedDto>;

/** Hours of every week within their dates, with a picture of the week that follows every change. Works by a plain post too. */
export function HoursEditor(props: Props) {
  const { practitionerId, plan } = props.schedule;
  const id = `hours-${practitionerId}-${plan.key}`;
  return (
    <Form key={id} id={id} action={replaceWeeklyHoursAction} initialState={IDLE}>
      {(state) => <Editor {...props} state={state} />}
    </Form>
  );
}

/** Every field that can have a fault → its label: the day's name. */
function labelsOf(
  names: readonly DayName[],
  limit: number,
  dates: { validFrom: string; validTo: string },
): Record<string, string> {
  const labels: Record<string, string> = { ...dates };
  for (const { weekday, long } of names) {
    labels[hoursField.aroundTheClock(weekday)] = long;
    for (let index = 0; index < limit; index += 1) {
      labels[hoursField.start(weekday, index)] = long;
      labels[hoursField.end(weekday, index)] = long;
    }
  }
  return labels;
}

function Editor({ schedule, names, limit, state }: Props & { state: State }) {
  const t = useTranslations("schedule");
  const { practitionerId, plan, place, today } = schedule;
  const labels = useMemo(
    () => labelsOf(names, limit, { validFrom: t("hours.validFrom"), validTo: t("hours.validTo") }),
    [names, limit, t],
  );
  const stranded = strandedIn(state);
  return (
    <ScheduleForm state={state} labels={labels} saved={t("hours.saved")}>
      {(attempt) => (
        <>
          <p className="measure text-muted">{t("hours.lead", { place })}</p>
          <input type="hidden" name="practitionerId" value={practitionerId} />
          {plan.isNew ? (
            <NewDates attempt={attempt} today={today} />
          ) : (
            <>
              <input type="hidden" name="validFrom" value={plan.from ?? ""} />
              <input type="hidden" name="validTo" value={plan.to ?? ""} />
            </>
          )}
          <Week hours={plan.hours} names={names} limit={limit} attempt={attempt} state={state} />
          <SubmitButton className="self-start">{t("hours.submit")}</SubmitButton>
          {stranded ? <StrandedVisits stranded={stranded} /> : null}
        </>
      )}
    </ScheduleForm>
  );
}

/** From and until when new hours hold. */
function NewDates({ attempt: { values, errorOf }, today }: { attempt: Attempt; today: string }) {
  const t = useTranslations("schedule");
  const optional = useTranslations("common")("optional");
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="mb-1 font-semibold">{t("plans.newTitle")}</legend>
      <p className="measure text-muted">{t("plans.newLead")}</p>
      <input type="hidden" name="newPlan" value="on" />
      <div className="grid items-end gap-4 sm:grid-cols-2">
        <Field id="validFrom" label={t("hours.validFrom")} error={errorOf("validFrom")}>
          {(control) => (
            <Input
              {...control}
              name="validFrom"
              type="date"
              min={today}
              required
              defaultValue={values?.validFrom}
            />
          )}
        </Field>
        <Field
          id="validTo"
          label={t("hours.validTo")}
          note={optional}
          hint={t("hours.validToHint")}
          error={errorOf("validTo")}
        >
          {(control) => (
            <Input {...control} name="validTo" type="date" min={today} defaultValue={values?.validTo} />
          )}
        </Field>
      </div>
    </fieldset>
  );
}

function Week({
  hours,
  names,
  limit,
  attempt,
  state,
}: {
  hours: readonly WeeklyInterval[];
  names: readonly DayName[];
  limit: number;
  attempt: Attempt;
  state: State;
}) {
  const t = useTranslations("schedule.hours");
  const [days, setDays] = useState<readonly DraftDay[]>(() =>
    attempt.values ? draftOfValues(attempt.values, limit) : draftOfHours(hours),
  );
  const [focusId, setFocusId] = useState<string>();
  /** What was just done, as long as the form has not been sent since. */
  const [done, setDone] = useState<{ words: string; before: State }>();
  useEffect(() => {
    if (focusId !== undefined) document.getElementById(focusId)?.focus();
    setFocusId(undefined);
  }, [focusId]);

  function change(changed: DraftDay, next?: string) {
    setDays((present) => present.map((day) => (day.weekday === changed.weekday ? changed : day)));
    setFocusId(next);
    setDone(undefined);
  }
  function copy(from: Weekday, to: readonly Weekday[]) {
    setDays((present) => copyDay(present, from, to));
    setDone({ words: t("copied"), before: state });
  }

  return (
    <>
      <div className="rounded-md border border-line bg-surface px-card py-1">
        {days.map((day) => (
          <HoursDay
            key={day.weekday}
            dayKey={day.weekday}
            day={day}
            name={names.find(({ weekday }) => weekday === day.weekday)?.long ?? ""}
            limit={limit}
            errorOf={attempt.errorOf}
            onChange={change}
            copy={<CopyMenu weekday={day.weekday} names={names} onCopy={(to) => copy(day.weekday, to)} />}
          />
        ))}
      </div>
      <div>
        <p role="status" className="text-muted">
          {done?.before === state ? done.words : ""}
        </p>
        <WeekPreview hours={hoursOfDraft(days)} names={names} />
      </div>
    </>
  );
}
