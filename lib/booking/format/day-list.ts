import { Temporal } from "temporal-polyfill";
import type { FreeSlot } from "@/lib/availability/types";
import type { Viewer } from "@/lib/time/format";
import { groupByDate, isEarlier, type ListWindow } from "../rules/calendar";
import type { DayListDto, ListedDayDto } from "../types/times";
import { dayHref, describeCommon, describeOpenDay, describeRange, type TimesInput } from "./times";

/** How many of a day's times the list shows: two rows on a phone, one on a desk. */
const FIRST_TIMES = 6;
/** How many more days "show more" shows. */
export const DAYS_AT_ONCE = 7;

type DayListInput = TimesInput & {
  window: ListWindow;
  /** How many days with free times to show. */
  count: number;
};

/** The next days with free times: the first times of each, and all of the day that was asked for. */
export function describeDayList(input: DayListInput, viewer: Viewer, now: Temporal.Instant): DayListDto {
  const { window, slots, link, count, day } = input;
  const from = window.from.equals(input.today) ? {} : { from: window.from.toString() };
  const days = [...groupByDate(slots, viewer.timeZone)];
  const list = (query: { day?: string; days?: number; from?: string }) =>
    ({ view: "list", ...from, ...(count > DAYS_AT_ONCE ? { days: count } : {}), ...query }) as const;

  const describeDay = ([date, free]: [string, FreeSlot[]]): ListedDayDto => {
    const isOpen = date === day;
    const some = isOpen ? free : free.slice(0, FIRST_TIMES);
    const more = some.length < free.length;
    return {
      ...describeOpenDay(Temporal.PlainDate.from(date), some, viewer, now),
      freeTimes: free.length,
      isOpen,
      allHref: more ? dayHref(input, list({ day: date })) : null,
    };
  };
  const more =
    days.length > count
      ? list({ days: count + DAYS_AT_ONCE })
      : isEarlier(window.to, input.lastDate)
        ? ({ view: "list", from: window.to.add({ days: 1 }).toString() } as const)
        : undefined;
  return {
    ...describeCommon(input, describeRange(window.from, window.to, viewer.timeZone), slots[0], viewer, now),
    days: days.slice(0, count).map(describeDay),
    moreFrom: days[count]?.[0] ?? null,
    moreHref: more ? link(more) : null,
    firstHref: window.from.equals(input.today) ? null : link({ view: "list" }),
  };
}
