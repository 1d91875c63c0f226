"use client";

import { Copy, Plus, X } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/choice";
import { FieldError } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Menu, MenuItem } from "@/components/ui/menu";
import { hoursField } from "@/lib/availability/format/hours";
import type { DayName, Weekday } from "@/lib/availability/types";
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
  names: readonly DayName[];
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
export function HoursDay({ day, names, limit, errorOf, onChange, onCopy }: Props) {
  const t = useTranslations("admin.hours");
  const { weekday, intervals, aroundTheClock } = day;
  const name = names.find((known) => known.weekday === weekday)?.long ?? "";
  const error = faultOf(day, limit, errorOf);
  const clock = hoursField.aroundTheClock(weekday);
  const add = () => onChange(addInterval(day), hoursField.start(weekday, intervals.length));

  return (
    <fieldset className="flex min-w-0 flex-col gap-1 border-t border-line py-2 first:border-t-0 sm:block sm:ps-32">
      <legend className="float-start flex min-h-control items-center font-medium sm:-ms-32 sm:w-32">
        {name}
      </legend>
      {error ? <FieldError id={`day.${weekday}`}>{error}</FieldError> : null}
      <div className="flex flex-wrap gap-x-6 gap-y-1">
        {aroundTheClock
          ? null
          : intervals.map((interval, index) => (
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
        {intervals.length < limit ? <SpareRow weekday={weekday} day={name} index={intervals.length} /> : null}
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
            <CopyTargets weekday={weekday} names={names} onCopy={onCopy} />
          </Menu>
        </div>
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

function CopyTargets({
  weekday,
  names,
  onCopy,
}: {
  weekday: Weekday;
  names: readonly DayName[];
  onCopy: Props["onCopy"];
}) {
  const t = useTranslations("admin.hours");
  const next = names.find((name) => name.weekday === weekday + 1);
  return (
    <>
      {next ? (
        <MenuItem onSelect={() => onCopy([next.weekday])}>{t("copyToNext", { day: next.long })}</MenuItem>
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
function SpareRow({ weekday, day, index }: { weekday: Weekday; day: string; index: number }) {
  const t = useTranslations("admin.hours");
  const control = (part: "start" | "end") => ({
    name: hoursField[part](weekday, index),
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
