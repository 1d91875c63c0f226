"use client";

import { useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { Form } from "@/components/ui/form";
import { SubmitButton } from "@/components/ui/submit-button";
import { replaceWeeklyHoursAction } from "@/lib/admin/actions";
import { hoursField } from "@/lib/availability/format/hours";
import type { DayName, Weekday, WeeklyInterval } from "@/lib/availability/types";
import { IDLE } from "@/lib/core/form";
import { AdminForm, type AdminState, type Attempt } from "@/components/admin/admin-form";
import { HoursDay } from "./hours-day";
import { copyDay, type DraftDay, draftOfHours, draftOfValues, hoursOfDraft } from "./hours-draft";
import { WeekPreview } from "./week-preview";

type Props = {
  practitionerId: string;
  hours: readonly WeeklyInterval[];
  names: readonly DayName[];
  /** The place whose clock the hours are on. */
  place: string;
  /** How many intervals a day may have. */
  limit: number;
};

/** A practitioner's weekly hours, with a picture of the week that follows every change. Works by a plain post too. */
export function HoursEditor(props: Props) {
  return (
    <Form id={`hours-${props.practitionerId}`} action={replaceWeeklyHoursAction} initialState={IDLE}>
      {(state) => <Editor {...props} state={state} />}
    </Form>
  );
}

/** Every field that can have a fault → its label: the day's name. */
function labelsOf(names: readonly DayName[], limit: number): Record<string, string> {
  const labels: Record<string, string> = {};
  for (const { weekday, long } of names) {
    labels[hoursField.aroundTheClock(weekday)] = long;
    for (let index = 0; index < limit; index += 1) {
      labels[hoursField.start(weekday, index)] = long;
      labels[hoursField.end(weekday, index)] = long;
    }
  }
  return labels;
}

function Editor({ practitionerId, hours, names, place, limit, state }: Props & { state: AdminState }) {
  const t = useTranslations("admin.hours");
  const labels = useMemo(() => labelsOf(names, limit), [names, limit]);
  return (
    <AdminForm state={state} labels={labels} saved={t("saved")}>
      {(attempt) => (
        <>
          <p className="measure text-muted">{t("lead", { place })}</p>
          <input type="hidden" name="practitionerId" value={practitionerId} />
          <Week hours={hours} names={names} limit={limit} attempt={attempt} state={state} />
          <SubmitButton className="self-start">{t("submit")}</SubmitButton>
        </>
      )}
    </AdminForm>
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
  state: AdminState;
}) {
  const t = useTranslations("admin.hours");
  const [days, setDays] = useState<readonly DraftDay[]>(() =>
    attempt.values ? draftOfValues(attempt.values, limit) : draftOfHours(hours),
  );
  const [focusId, setFocusId] = useState<string>();
  /** What was just done, as long as the form has not been sent since. */
  const [done, setDone] = useState<{ words: string; before: AdminState }>();
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
            day={day}
            names={names}
            limit={limit}
            errorOf={attempt.errorOf}
            onChange={change}
            onCopy={(to) => copy(day.weekday, to)}
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
