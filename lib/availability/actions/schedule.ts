"use server";

import { revalidatePath } from "next/cache";
import type { Temporal } from "temporal-polyfill";
import { keepsAllSchedules } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { type DetailedRefusal, formAction } from "@/lib/auth/pipeline";
import type { Result } from "@/lib/core/result";
import { loadLocale } from "@/lib/i18n/viewer";
import { canKeepSchedules } from "../ability";
import { describeStranded } from "../format/schedule";
import { removeOverride, setOverride } from "../mutations/overrides";
import { addTimeOff, removeTimeOff } from "../mutations/time-off";
import { changeTimeZone } from "../mutations/time-zone";
import { removeWeeklyPlan, replaceWeeklyHours } from "../mutations/weekly-hours";
import {
  overrideSchema,
  removeOverrideSchema,
  removePlanSchema,
  removeTimeOffSchema,
  timeOffSchema,
  timeZoneSchema,
} from "../schema/schedule";
import { weeklyHoursSchema } from "../schema/weekly-hours";
import type { ScheduleRefusal, StrandedDto, Stranding } from "../types";

/** Keeping a schedule is many small forms; this only stops a script that has run away. */
const LIMIT = { max: 300, windowSeconds: 900 };

/** What a schedule's form is answered: at once on every page, or with the visits that the change would strand. */
async function answer(
  result: Result<unknown, ScheduleRefusal> | Stranding,
  { actor, now }: { actor: Actor; now: Temporal.Instant },
): Promise<Result<unknown, ScheduleRefusal> | DetailedRefusal<ScheduleRefusal, StrandedDto>> {
  if (result.ok) revalidatePath("/", "layout");
  if (!("stranded" in result)) return result;
  const room = keepsAllSchedules(actor) ? "/admin/calendar" : "/agenda";
  const detail = describeStranded(result.stranded, room, { locale: await loadLocale(), now });
  return { ok: false, reason: "strands", detail };
}

export const replaceWeeklyHoursAction = formAction({
  name: "availability.replace-hours",
  schema: weeklyHoursSchema,
  limit: LIMIT,
  allow: canKeepSchedules,
  run: async (asked) => answer(await replaceWeeklyHours(asked.input, asked.actor, asked.now), asked),
});

export const removeWeeklyPlanAction = formAction({
  name: "availability.remove-plan",
  schema: removePlanSchema,
  limit: LIMIT,
  allow: canKeepSchedules,
  run: async (asked) => answer(await removeWeeklyPlan(asked.input, asked.actor, asked.now), asked),
});

export const setOverrideAction = formAction({
  name: "availability.set-override",
  schema: overrideSchema,
  limit: LIMIT,
  allow: canKeepSchedules,
  run: async (asked) => answer(await setOverride(asked.input, asked.actor, asked.now), asked),
});

export const removeOverrideAction = formAction({
  name: "availability.remove-override",
  schema: removeOverrideSchema,
  limit: LIMIT,
  allow: canKeepSchedules,
  run: async (asked) => answer(await removeOverride(asked.input, asked.actor, asked.now), asked),
});

export const addTimeOffAction = formAction({
  name: "availability.add-time-off",
  schema: timeOffSchema,
  limit: LIMIT,
  allow: canKeepSchedules,
  run: async (asked) => answer(await addTimeOff(asked.input, asked.actor, asked.now), asked),
});

export const removeTimeOffAction = formAction({
  name: "availability.remove-time-off",
  schema: removeTimeOffSchema,
  limit: LIMIT,
  allow: canKeepSchedules,
  run: async (asked) => answer(await removeTimeOff(asked.input, asked.actor, asked.now), asked),
});

export const changeTimeZoneAction = formAction({
  name: "availability.change-time-zone",
  schema: timeZoneSchema,
  limit: LIMIT,
  allow: canKeepSchedules,
  run: async (asked) => answer(await changeTimeZone(asked.input, asked.actor, asked.now), asked),
});
