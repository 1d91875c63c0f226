import { Temporal } from "temporal-polyfill";
import type { Actor } from "@/lib/access/types";
import { newId } from "@/lib/core/ids";
import { ok, refuse } from "@/lib/core/result";
import { toDate } from "@/lib/time/instant";
import { dateIn } from "@/lib/time/zones";
import { MAX_TIMES_OFF } from "../constants";
import type { TimeOffPeriod } from "../types";
import { changeSchedule, type OfSchedule } from "./change";
import { toDateColumn } from "./weekly-hours";

/** Adds time off, on the wall clock of the practitioner's zone. @returns nothing, or `not_found`, `past`, `too_many`, `strands` */
export const addTimeOff = (
  { startOn, startTime, endOn, endTime, ...of }: OfSchedule & Omit<TimeOffPeriod, "timeOffId">,
  actor: Actor,
  now: Temporal.Instant,
) =>
  changeSchedule<"past" | "too_many">(of, actor, now, async (tx, { timeZone }) => {
    const today = dateIn(now, timeZone);
    if (Temporal.PlainDate.compare(endOn, today) < 0) return refuse("past");
    const { practitionerId } = of;
    const coming = await tx.timeOff.count({
      where: { practitionerId, endOn: { gte: toDateColumn(today.toString()) } },
    });
    if (coming >= MAX_TIMES_OFF) return refuse("too_many");
    await tx.timeOff.create({
      data: {
        id: newId(),
        practitionerId,
        startOn: toDateColumn(startOn),
        startTime,
        endOn: toDateColumn(endOn),
        endTime,
        createdAt: toDate(now),
      },
    });
    return ok({ action: "practitioner.time_off_added" as const, details: {} });
  });

/** Takes time off back. @returns nothing, or `not_found` */
export const removeTimeOff = (
  { timeOffId, ...of }: OfSchedule & { timeOffId: string },
  actor: Actor,
  now: Temporal.Instant,
) =>
  changeSchedule<"not_found">(of, actor, now, async (tx) => {
    const { count } = await tx.timeOff.deleteMany({
      where: { id: timeOffId, practitionerId: of.practitionerId },
    });
    return count === 0
      ? refuse("not_found")
      : ok({ action: "practitioner.time_off_removed" as const, details: {} });
  });
