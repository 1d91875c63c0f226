import { isId } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import type { Weekday, WeeklyInterval } from "../types";

/** A practitioner's weekly hours in the order of the week. */
export async function listWeeklyHours(db: Db, practitionerId: string): Promise<WeeklyInterval[]> {
  if (!isId(practitionerId)) return [];
  const rules = await db.availabilityRule.findMany({
    where: { practitionerId },
    orderBy: [{ weekday: "asc" }, { startTime: "asc" }],
  });
  return rules.map(({ weekday, startTime, endTime }) => ({
    weekday: weekday as Weekday,
    startTime,
    endTime,
  }));
}
