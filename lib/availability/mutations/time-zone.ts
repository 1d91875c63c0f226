import type { Temporal } from "temporal-polyfill";
import type { Actor } from "@/lib/access/types";
import { ok } from "@/lib/core/result";
import { changeSchedule, type OfSchedule } from "./change";

/**
 * Changes the zone on whose clocks a practitioner's hours, special days and time off are: all of them move with it, booked visits
 * do not.
 *
 * @returns nothing, or `not_found`, `strands` with the visits
 */
export const changeTimeZone = (
  { timeZone, ...of }: OfSchedule & { timeZone: string },
  actor: Actor,
  now: Temporal.Instant,
) =>
  changeSchedule<never>(of, actor, now, async (tx) => {
    await tx.practitioner.update({ where: { id: of.practitionerId }, data: { timeZone } });
    return ok({ action: "practitioner.changed" as const, details: { fields: ["timeZone"] } });
  });
