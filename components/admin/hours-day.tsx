"use client";

import { Copy, Plus, X } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Menu, MenuItem } from "@/components/ui/menu";
import { hoursField } from "@/lib/availability/format";
import type { Weekday } from "@/lib/availability/types";
import { weekdayName } from "@/lib/time/weekdays";
import {
  addInterval,
  changeInterval,
  type DraftDay,
  type DraftInterval,
  removeInterval,
} from "./hours-draft";

export const addButtonId = (weekday: Weekday) => `add.${weekday}`;

type Props = {
  day: DraftDay;
  /** More intervals than this are not offered. */
  limit: number;
  errorOf: (fieldId: string) => string | undefined;
  /** @param focusId the control that should have the focus next, since the one that was pressed may be gone */
  onChange: (day: DraftDay, focusId?: string) => void;
  onCopy: (to: readonly Weekday[]) => void;
};

const WORKING_DAYS: readonly Weekday[] = [1, 2, 3, 4, 5];
const ALL_DAYS: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

/**
 * One day's hours. Without JavaScript a spare row stands ready, and a row is taken away by emptying it; what needs a script is
 * not shown there.
 */
export function HoursDay({ day, limit, errorOf, onChange, onCopy }: Props) {
  const t = useTranslations("admin.hours");
  const name = weekdayName(day.weekday, useLocale());
  const { weekday, intervals, aroundTheClock } = day;
  const error = faultOf(day, limit, errorOf);
  const clock = hoursField.aroundTheClock(weekday);
  const add = () => onChange(addInterval(day), hoursField.start(weekday, intervals.length));

  return (
    <fieldset className="grid gap-x-4 gap-y-1 border-t border-line py-2 first:border-t-0 sm:grid-cols-[7rem_1fr_auto] sm:items-start">
      <legend className="float-start flex min-h-control items-center font-medium sm:w-28">{name}</legend>
      <div className="flex min-w-0 flex-col gap-1 sm:col-start-2">
        {error ? <FieldError id={`day.${weekday}`}>{error}</FieldError> : null}
        <div className="flex flex-wrap gap-x-6 gap-y-1">
          {aroundTheClock ? null : (
            <>
              {intervals.map((interval, index) => (
                <IntervalRow
                  key={interval.key}
                  weekday={weekday}
                  day={name}
                  index={index}
                  interval={interval}
                  error={error}
                  onChange={(changed) => onChange(changeInterval(day, changed))}
                  onRemove={() => onChange(removeInterval(day, interval.key), addButtonId(weekday))}
                />
              ))}
              {intervals.length === 0 ? (
                <p className="flex min-h-control items-center text-muted noscript:hidden">{t("closed")}</p>
              ) : null}
            </>
          )}
          {intervals.length < limit ? (
            <SpareRow weekday={weekday} day={name} index={intervals.length} />
          ) : null}
        </div>
        <Checkbox
          id={clock}
          name={clock}
          label={t("aroundTheClock")}
          checked={aroundTheClock}
          onChange={(event) => onChange({ ...day, aroundTheClock: event.target.checked })}
        />
      </div>
      <div className="flex gap-1 sm:col-start-3 noscript:hidden">
        <Button
          id={addButtonId(weekday)}
          variant="quiet"
          size="sm"
          aria-label={t("addTo", { day: name })}
          disabled={aroundTheClock || intervals.length >= limit}
          onClick={add}
        >
          <Plus aria-hidden="true" className="size-4" />
          {t("add")}
        </Button>
        <Menu
          trigger={
            <Button variant="quiet" size="sm" aria-label={t("copyFrom", { day: name })}>
              <Copy aria-hidden="true" className="size-4" />
              {t("copy")}
            </Button>
          }
        >
          <CopyTargets weekday={weekday} onCopy={onCopy} />
        </Menu>
      </div>
    </fieldset>
  );
}

/** The first fault among a day's fields. */
function faultOf({ weekday }: DraftDay, limit: number, errorOf: Props["errorOf"]): string | undefined {
  const rows = Array.from({ length: limit }, (_, index) => [
    hoursField.start(weekday, index),
    hoursField.end(weekday, index),
  ]);
  return [hoursField.aroundTheClock(weekday), ...rows.flat()]
    .map(errorOf)
    .find((fault) => fault !== undefined);
}

function CopyTargets({ weekday, onCopy }: { weekday: Weekday; onCopy: Props["onCopy"] }) {
  const t = useTranslations("admin.hours");
  const locale = useLocale();
  const next = ALL_DAYS.find((other) => other === weekday + 1);
  return (
    <>
      {next ? (
        <MenuItem onSelect={() => onCopy([next])}>
          {t("copyToNext", { day: weekdayName(next, locale) })}
        </MenuItem>
      ) : null}
      <MenuItem onSelect={() => onCopy(WORKING_DAYS)}>{t("copyToWeekdays")}</MenuItem>
      <MenuItem onSelect={() => onCopy(ALL_DAYS)}>{t("copyToAll")}</MenuItem>
    </>
  );
}

type RowProps = {
  weekday: Weekday;
  day: string;
  index: number;
  interval: DraftInterval;
  error: string | undefined;
  onChange: (interval: DraftInterval) => void;
  onRemove: () => void;
};

function IntervalRow({ weekday, day, index, interval, error, onChange, onRemove }: RowProps) {
  const t = useTranslations("admin.hours");
  const { start, end } = interval;
  const control = (part: "start" | "end") => {
    const name = hoursField[part](weekday, index);
    return {
      id: name,
      name,
      type: "time",
      value: interval[part],
      "aria-label": t(part, { day }),
      "aria-invalid": error ? (true as const) : undefined,
      "aria-describedby": error ? `day.${weekday}-error` : undefined,
      className: "max-w-28 tabular-nums",
    };
  };
  return (
    <div className="flex items-center gap-1.5">
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
function SpareRow({ weekday, day, index }: { weekday: Weekday; day: string; index: number }) {
  const t = useTranslations("admin.hours");
  const control = (part: "start" | "end") => ({
    name: hoursField[part](weekday, index),
    type: "time",
    "aria-label": t(part, { day }),
    className: "max-w-28 tabular-nums",
  });
  return (
    <div className="hidden items-center gap-1.5 noscript:flex">
      <Input {...control("start")} />
      <span aria-hidden="true">–</span>
      <Input {...control("end")} />
    </div>
  );
}
