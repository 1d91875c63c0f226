import { Temporal } from "temporal-polyfill";
import type { Actor } from "@/lib/access/types";
import { newId } from "@/lib/core/ids";
import { ok, refuse } from "@/lib/core/result";
import { toDate } from "@/lib/time/instant";
import { dateIn } from "@/lib/time/zones";
import { MAX_OVERRIDES } from "../constants";
import type { DateOverride } from "../types";
import { changeSchedule, type OfSchedule } from "./change";
import { toDateColumn } from "./weekly-hours";

/**
 * Gives one civil date hours of its own, or closes it; an override that the date has already is replaced.
 *
 * @returns nothing, or `not_found`, `past`, `too_many`, `strands` with the visits
 */
export const setOverride = (
  { date, intervals, ...of }: OfSchedule & DateOverride,
  actor: Actor,
  now: Temporal.Instant,
) =>
  changeSchedule<"past" | "too_many">(of, actor, now, async (tx, { timeZone }) => {
    const today = dateIn(now, timeZone);
    if (Temporal.PlainDate.compare(date, today) < 0) return refuse("past");
    const { practitionerId } = of;
    await tx.availabilityOverride.deleteMany({ where: { practitionerId, date: toDateColumn(date) } });
    const coming = await tx.availabilityOverride.count({
      where: { practitionerId, date: { gte: toDateColumn(today.toString()) } },
    });
    if (coming >= MAX_OVERRIDES) return refuse("too_many");
    await tx.availabilityOverride.create({
      data: {
        id: newId(),
        practitionerId,
        date: toDateColumn(date),
        createdAt: toDate(now),
        intervals: { createMany: { data: intervals.map((interval) => ({ id: newId(), ...interval })) } },
      },
    });
    return ok({
      action: "practitioner.override_changed" as const,
      details: { date, intervals: intervals.length },
    });
  });

/** Gives a date its weekly hours back. @returns nothing, or `not_found`, `strands` with the visits */
export const removeOverride = (
  { date, ...of }: OfSchedule & { date: string },
  actor: Actor,
  now: Temporal.Instant,
) =>
  changeSchedule<"not_found">(of, actor, now, async (tx) => {
    const { count } = await tx.availabilityOverride.deleteMany({
      where: { practitionerId: of.practitionerId, date: toDateColumn(date) },
    });
    return count === 0
      ? refuse("not_found")
      : ok({ action: "practitioner.override_removed" as const, details: { date } });
  });
