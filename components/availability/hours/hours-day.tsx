"use client";

import { Copy, Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Menu, MenuItem } from "@/components/ui/menu";
import { hoursField } from "@/lib/availability/format/hours";
import type { DayKey, DayName, Weekday } from "@/lib/availability/types";
import {
  addInterval,
  changeInterval,
  type DraftHours,
  type DraftInterval,
  removeInterval,
} from "./hours-draft";

export const addButtonId = (day: DayKey) => `add.${day}`;

type Props<D extends DraftHours> = {
  /** Which day's fields these are. */
  dayKey: DayKey;
  day: D;
  name: string;
  /** More intervals than this are not offered. */
  limit: number;
  errorOf: (fieldId: string) => string | undefined;
  /** @param focusId the control that should have the focus next, since the one that was pressed may be gone */
  onChange: (day: D, focusId?: string) => void;
  /** Where the hours can be copied to, where they can. */
  copy?: ReactNode;
};

const WORKING_DAYS: readonly Weekday[] = [1, 2, 3, 4, 5];
const ALL_DAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/**
 * One day's hours. Without JavaScript a spare row stands ready, and a row is taken away by emptying it; what needs a script is
 * not shown there.
 */
export function HoursDay<D extends DraftHours>({
  dayKey,
  day,
  name,
  limit,
  errorOf,
  onChange,
  copy,
}: Props<D>) {
  const t = useTranslations("schedule.hours");
  const { intervals, aroundTheClock } = day;
  const error = faultOf(dayKey, limit, errorOf);
  const clock = hoursField.aroundTheClock(dayKey);
  const add = () => onChange(addInterval(day), hoursField.start(dayKey, intervals.length));

  return (
    <fieldset className="flex min-w-0 flex-col gap-1 border-t border-line py-2 first:border-t-0 sm:block sm:ps-32">
      <legend className="float-start flex min-h-control items-center font-medium sm:-ms-32 sm:w-32">
        {name}
      </legend>
      {error ? <FieldError id={`day.${dayKey}`}>{error}</FieldError> : null}
      <div className="flex flex-wrap gap-x-6 gap-y-1">
        {aroundTheClock
          ? null
          : intervals.map((interval, index) => (
              <IntervalRow
                key={interval.key}
                dayKey={dayKey}
                day={name}
                index={index}
                interval={interval}
                error={error}
                onChange={(changed) => onChange(changeInterval(day, changed))}
                onRemove={() => onChange(removeInterval(day, interval.key), addButtonId(dayKey))}
              />
            ))}
        {intervals.length < limit ? <SpareRow dayKey={dayKey} day={name} index={intervals.length} /> : null}
      </div>
      <div className="flex flex-wrap items-center gap-x-3">
        <Checkbox
          id={clock}
          name={clock}
          label={t("aroundTheClock")}
          checked={aroundTheClock}
          onChange={(event) => onChange({ ...day, aroundTheClock: event.target.checked })}
        />
        <div className="ms-auto flex noscript:hidden">
          <Button
            id={addButtonId(dayKey)}
            variant="quiet"
            size="sm"
            aria-label={t("addTo", { day: name })}
            disabled={aroundTheClock || intervals.length >= limit}
            onClick={add}
          >
            <Plus aria-hidden="true" className="size-4" />
            {t("add")}
          </Button>
          {copy}
        </div>
      </div>
    </fieldset>
  );
}

/** The first fault among a day's fields. */
function faultOf(
  dayKey: DayKey,
  limit: number,
  errorOf: (fieldId: string) => string | undefined,
): string | undefined {
  const rows = Array.from({ length: limit }, (_, index) => [
    hoursField.start(dayKey, index),
    hoursField.end(dayKey, index),
  ]);
  return [hoursField.aroundTheClock(dayKey), ...rows.flat()]
    .map(errorOf)
    .find((fault) => fault !== undefined);
}

/** Gives a weekday's hours to other days of the week. */
export function CopyMenu({
  weekday,
  names,
  onCopy,
}: {
  weekday: Weekday;
  names: readonly DayName[];
  onCopy: (to: readonly Weekday[]) => void;
}) {
  const t = useTranslations("schedule.hours");
  const day = names.find((known) => known.weekday === weekday)?.long ?? "";
  const next = names.find((name) => name.weekday === weekday + 1);
  return (
    <Menu
      trigger={
        <Button variant="quiet" size="sm" aria-label={t("copyFrom", { day })}>
          <Copy aria-hidden="true" className="size-4" />
          {t("copy")}
        </Button>
      }
    >
      {next ? (
        <MenuItem onSelect={() => onCopy([next.weekday])}>{t("copyToNext", { day: next.long })}</MenuItem>
      ) : null}
      <MenuItem onSelect={() => onCopy(WORKING_DAYS)}>{t("copyToWeekdays")}</MenuItem>
      <MenuItem onSelect={() => onCopy(ALL_DAYS)}>{t("copyToAll")}</MenuItem>
    </Menu>
  );
}

type RowProps = {
  dayKey: DayKey;
  day: string;
  index: number;
  interval: DraftInterval;
  error: string | undefined;
  onChange: (interval: DraftInterval) => void;
  onRemove: () => void;
};

function IntervalRow({ dayKey, day, index, interval, error, onChange, onRemove }: RowProps) {
  const t = useTranslations("schedule.hours");
  const { start, end } = interval;
  const control = (part: "start" | "end") => {
    const name = hoursField[part](dayKey, index);
    return {
      id: name,
      name,
      type: "time",
      value: interval[part],
      "aria-label": t(part, { day }),
      "aria-invalid": error ? (true as const) : undefined,
      "aria-describedby": error ? `day.${dayKey}-error` : undefined,
      className: "max-w-32 px-2 tabular-nums",
    };
  };
  return (
    <div className="flex max-w-full min-w-0 items-center gap-1.5">
      <Input
        {...control("start")}
        onChange={(event) => onChange({ ...interval, start: event.target.value })}
      />
      <span aria-hidden="true">–</span>
      <Input {...control("end")} onChange={(event) => onChange({ ...interval, end: event.target.value })} />
      {start !== "" && end !== "" && end < start ? (
        <span className="text-xs text-muted">{t("nextDay")}</span>
      ) : null}
      <Button
        variant="quiet"
        size="sm"
        className="px-1.5 noscript:hidden"
        aria-label={start === "" && end === "" ? t("removeEmpty", { day }) : t("remove", { start, end, day })}
        onClick={onRemove}
      >
        <X aria-hidden="true" className="size-4" />
      </Button>
    </div>
  );
}

/** A row that only pages without JavaScript show; left empty it is no interval. */
function SpareRow({ dayKey, day, index }: { dayKey: DayKey; day: string; index: number }) {
  const t = useTranslations("schedule.hours");
  const control = (part: "start" | "end") => ({
    name: hoursField[part](dayKey, index),
    type: "time",
    "aria-label": t(part, { day }),
    className: "max-w-32 px-2 tabular-nums",
  });
  return (
    <div className="hidden items-center gap-1.5 noscript:flex">
      <Input {...control("start")} />
      <span aria-hidden="true">–</span>
      <Input {...control("end")} />
    </div>
  );
}
