import { Temporal } from "temporal-polyfill";
import type { Actor } from "@/lib/access/types";
import { newId } from "@/lib/core/ids";
import { ok, refuse } from "@/lib/core/result";
import type { Tx } from "@/lib/db/client";
import { toDate } from "@/lib/time/instant";
import { startOfDay } from "@/lib/time/zones";
import { MAX_PLANS } from "../constants";
import { toDatedInterval } from "../data/states";
import { plansOf, withoutPlan, withPlan } from "../rules/plans";
import type { DatedInterval, WeeklyInterval } from "../types";
import { changeSchedule, type OfSchedule } from "./change";

/** Hours for every week, or for the weeks between two civil dates; what holds before and after them stays. */
export type WeeklyHours = OfSchedule & {
  hours: readonly WeeklyInterval[];
  /** Both inclusive; open where there is none. */
  validFrom?: string | undefined;
  validTo?: string | undefined;
};

/** Sets a practitioner's weekly hours. @returns nothing, or `not_found`, `too_many`, `strands` with the visits */
export const replaceWeeklyHours = (
  { hours, validFrom = undefined, validTo = undefined, ...of }: WeeklyHours,
  actor: Actor,
  now: Temporal.Instant,
) =>
  changeSchedule<"too_many">(of, actor, now, async (tx) => {
    const rules = await readRules(tx, of.practitionerId);
    const plan = { from: validFrom ?? null, to: validTo ?? null, hours: [...hours] };
    return writeRules(tx, of.practitionerId, withPlan(rules, plan));
  });

/** Takes away the hours that begin on a date: those before them go on. @returns nothing, or `not_found`, `strands` with the visits */
export const removeWeeklyPlan = (
  { validFrom, ...of }: OfSchedule & { validFrom: string },
  actor: Actor,
  now: Temporal.Instant,
) =>
  changeSchedule<"not_found" | "too_many">(of, actor, now, async (tx) => {
    const left = withoutPlan(await readRules(tx, of.practitionerId), validFrom);
    return left ? writeRules(tx, of.practitionerId, left) : refuse("not_found");
  });

async function readRules(tx: Tx, practitionerId: string): Promise<DatedInterval[]> {
  const rows = await tx.availabilityRule.findMany({ where: { practitionerId } });
  return rows.map(toDatedInterval);
}

async function writeRules(tx: Tx, practitionerId: string, rules: readonly DatedInterval[]) {
  if (plansOf(rules).length > MAX_PLANS) return refuse("too_many");
  await tx.availabilityRule.deleteMany({ where: { practitionerId } });
  await tx.availabilityRule.createMany({
    data: rules.map(({ validFrom, validTo, ...interval }) => ({
      id: newId(),
      practitionerId,
      ...interval,
      validFrom: validFrom === undefined ? null : toDateColumn(validFrom),
      validTo: validTo === undefined ? null : toDateColumn(validTo),
    })),
  });
  return ok({ action: "practitioner.hours_changed" as const, details: { rules: rules.length } });
}

/** A civil date's column takes its midnight in UTC. */
export const toDateColumn = (date: string): Date => toDate(startOfDay(Temporal.PlainDate.from(date), "UTC"));
