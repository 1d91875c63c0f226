"use client";

import { useTranslations } from "next-intl";
import { useEffect, useMemo, useState } from "react";
import { Radio, RadioGroup } from "@/components/ui/choice";
import { Field } from "@/components/ui/field";
import { Form } from "@/components/ui/form";
import { Input } from "@/components/ui/input";
import { Link } from "@/components/ui/link";
import { SubmitButton } from "@/components/ui/submit-button";
import { removeOverrideAction, setOverrideAction } from "@/lib/availability/actions/schedule";
import { hoursField } from "@/lib/availability/format/hours";
import type { ScheduleDto, StrandedDto } from "@/lib/availability/types";
import { IDLE } from "@/lib/core/form";
import { HoursDay } from "./hours/hours-day";
import { type DraftHours, draftOfDay, draftOfDayValues } from "./hours/hours-draft";
import { RemoveForm } from "./remove-form";
import { type Attempt, type KeptState, ScheduleForm } from "./schedule-form";
import { StrandedVisits, strandedIn } from "./stranded-visits";

type Props = { schedule: ScheduleDto; path: string; limit: number };

/** Days with hours of their own, or none: those to come, and the form of one. */
export function Overrides({ schedule, path, limit }: Props) {
  const t = useTranslations("schedule.overrides");
  const { practitionerId, overrides, override } = schedule;
  return (
    <div className="flex flex-col gap-4">
      <p className="measure text-muted">{t("lead")}</p>
      {overrides.length === 0 ? (
        <p className="text-muted">{t("none")}</p>
      ) : (
        <ul className="flex flex-col divide-y divide-line rounded-md border border-line bg-surface">
          {overrides.map(({ date, label, lines }) => (
            <li key={date} className="flex flex-col gap-1 px-card py-2">
              <span className="font-medium">{label}</span>
              <span className="text-sm text-muted tabular-nums">
                {lines.length === 0 ? t("closed") : lines.join(", ")}
              </span>
              <span className="flex flex-wrap items-start gap-x-3">
                <Link
                  href={`${path}?date=${date}#special-days`}
                  aria-label={t("editDay", { day: label })}
                  className="flex min-h-8 items-center"
                >
                  {t("edit")}
                </Link>
                <RemoveForm
                  id={`remove-override-${practitionerId}-${date}`}
                  action={removeOverrideAction}
                  fields={{ practitionerId, date }}
                  label={t("remove")}
                  aria-label={t("removeDay", { day: label })}
                />
              </span>
            </li>
          ))}
        </ul>
      )}
      <h3 className="font-semibold">{t(override ? "change" : "add")}</h3>
      <Form
        key={override?.date ?? "new"}
        id={`override-${practitionerId}-${override?.date ?? "new"}`}
        action={setOverrideAction}
        initialState={IDLE}
      >
        {(state) => <Editor schedule={schedule} limit={limit} state={state} />}
      </Form>
    </div>
  );
}

function Editor({
  schedule: { practitionerId, override, today },
  limit,
  state,
}: Pick<Props, "schedule" | "limit"> & { state: KeptState<StrandedDto> }) {
  const t = useTranslations("schedule.overrides");
  const labels = useMemo(() => {
    const found: Record<string, string> = { overrideDate: t("date"), openness: t("openness") };
    found[hoursField.aroundTheClock("date")] = t("hours");
    for (let index = 0; index < limit; index += 1) {
      found[hoursField.start("date", index)] = t("hours");
      found[hoursField.end("date", index)] = t("hours");
    }
    return found;
  }, [limit, t]);
  const stranded = strandedIn(state);
  return (
    <ScheduleForm state={state} labels={labels} saved={t("saved")}>
      {(attempt) => (
        <>
          <input type="hidden" name="practitionerId" value={practitionerId} />
          <Field id="overrideDate" label={t("date")} error={attempt.errorOf("overrideDate")}>
            {(control) => (
              <Input
                {...control}
                name="overrideDate"
                type="date"
                min={today}
                required
                className="max-w-48"
                defaultValue={attempt.values?.overrideDate ?? override?.date}
              />
            )}
          </Field>
          <DayFields override={override} limit={limit} attempt={attempt} />
          <SubmitButton variant="secondary" className="self-start">
            {t("submit")}
          </SubmitButton>
          {stranded ? <StrandedVisits stranded={stranded} /> : null}
        </>
      )}
    </ScheduleForm>
  );
}

/** Closed, or which hours. Without JavaScript both are there, and the hours of a closed day are left aside. */
function DayFields({
  override,
  limit,
  attempt: { values, errorOf },
}: {
  override: ScheduleDto["override"];
  limit: number;
  attempt: Attempt;
}) {
  const t = useTranslations("schedule");
  const closedBefore = override === null || override.intervals.length === 0;
  const [isClosed, setClosed] = useState(values ? values.openness !== "open" : closedBefore);
  const [day, setDay] = useState<DraftHours>(() =>
    values ? draftOfDayValues(values, "date", limit) : draftOfDay(override?.intervals ?? []),
  );
  const [focusId, setFocusId] = useState<string>();
  useEffect(() => {
    if (focusId !== undefined) document.getElementById(focusId)?.focus();
    setFocusId(undefined);
  }, [focusId]);
  return (
    <>
      <RadioGroup id="openness" legend={t("overrides.openness")} error={errorOf("openness")}>
        {(["closed", "open"] as const).map((openness) => (
          <Radio
            key={openness}
            id={openness === "closed" ? "openness" : `openness.${openness}`}
            name="openness"
            value={openness}
            label={t(openness === "closed" ? "overrides.isClosed" : "overrides.isOpen")}
            checked={isClosed === (openness === "closed")}
            onChange={() => setClosed(openness === "closed")}
          />
        ))}
      </RadioGroup>
      <div className={isClosed ? "hidden noscript:block" : undefined}>
        <HoursDay
          dayKey="date"
          day={day}
          name={t("hours.date")}
          limit={limit}
          errorOf={errorOf}
          onChange={(changed, next) => {
            setDay(changed);
            setFocusId(next);
          }}
        />
      </div>
    </>
  );
}
