import { Temporal } from "temporal-polyfill";
import type { DatedInterval, WeeklyInterval, WeeklyPlan } from "../types";

const DAY = { days: 1 } as const;
const dayBefore = (date: string): string => Temporal.PlainDate.from(date).subtract(DAY).toString();
const dayAfter = (date: string): string => Temporal.PlainDate.from(date).add(DAY).toString();

/** An open beginning comes before every date, an open end after. ISO dates of four-digit years sort as text. */
const FIRST = "";
const LAST = "~";

const keyOf = ({ weekday, startTime, endTime }: WeeklyInterval): string =>
  `${weekday} ${startTime} ${endTime}`;
const sorted = (hours: readonly WeeklyInterval[]): WeeklyInterval[] =>
  hours.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
const sameHours = (a: readonly WeeklyInterval[], b: readonly WeeklyInterval[]): boolean =>
  a.map(keyOf).join() === b.map(keyOf).join();

/**
 * Dated rules as a row of weekly plans without gaps, from the open beginning to the open end: the hours change where one plan ends
 * and the next begins. A time without hours is a plan without hours. Plans in a row that are alike are one.
 */
export function plansOf(rules: readonly DatedInterval[]): WeeklyPlan[] {
  const changes = rules.flatMap(({ validFrom, validTo }) => [
    ...(validFrom === undefined ? [] : [validFrom]),
    ...(validTo === undefined ? [] : [dayAfter(validTo)]),
  ]);
  const starts = [FIRST, ...[...new Set(changes)].sort()];
  const plans: WeeklyPlan[] = [];
  for (const [index, start] of starts.entries()) {
    const next = starts[index + 1];
    const hours = sorted(
      rules
        .filter(({ validFrom, validTo }) => (validFrom ?? FIRST) <= start && start <= (validTo ?? LAST))
        .map(({ weekday, startTime, endTime }) => ({ weekday, startTime, endTime })),
    );
    const to = next === undefined ? null : dayBefore(next);
    const previous = plans.at(-1);
    if (previous && sameHours(previous.hours, hours)) previous.to = to;
    else plans.push({ from: start === FIRST ? null : start, to, hours });
  }
  return plans;
}

/** The rules that a row of plans stands for. */
export const rulesOf = (plans: readonly WeeklyPlan[]): DatedInterval[] =>
  plans.flatMap(({ from, to, hours }) =>
    hours.map((interval) => ({
      ...interval,
      ...(from === null ? {} : { validFrom: from }),
      ...(to === null ? {} : { validTo: to }),
    })),
  );

/** Gives a time, both ends inclusive and each perhaps open, hours of its own; before and after it everything stays. */
export function withPlan(rules: readonly DatedInterval[], { from, to, hours }: WeeklyPlan): DatedInterval[] {
  const outside = rules.flatMap((rule) => {
    const parts: DatedInterval[] = [];
    const [start, end] = [rule.validFrom ?? FIRST, rule.validTo ?? LAST];
    if (from !== null && start < from) parts.push({ ...rule, validTo: end < from ? end : dayBefore(from) });
    if (to !== null && to < end) parts.push({ ...rule, validFrom: to < start ? start : dayAfter(to) });
    return parts;
  });
  return rulesOf(plansOf([...outside, ...rulesOf([{ from, to, hours }])]));
}

/** Takes the plan away that begins on a date: the one before it goes on in its place. `undefined` where none begins then. */
export function withoutPlan(rules: readonly DatedInterval[], from: string): DatedInterval[] | undefined {
  const plans = plansOf(rules);
  const index = plans.findIndex((plan) => plan.from === from);
  const [before, plan] = [plans[index - 1], plans[index]];
  return before && plan ? withPlan(rules, { ...plan, hours: before.hours }) : undefined;
}
