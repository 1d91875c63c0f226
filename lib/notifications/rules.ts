import { Temporal } from "temporal-polyfill";
import { toInstant } from "@/lib/time/instant";
import { GIVE_UP_AFTER_HOURS } from "./constants";
import type { NotificationRow } from "./data";
import type { Obstacle } from "./types";

type Judged = Pick<NotificationRow, "kind" | "sequence" | "patient" | "user"> & {
  appointment: Pick<NonNullable<NotificationRow["appointment"]>, "status" | "sequence" | "endAt"> | null;
};

/** Why a mail should not go out any more, or nothing. It may have waited for days. */
export function obstacleTo(row: Judged, now: Temporal.Instant): Obstacle | undefined {
  if (row.user?.disabledAt) return "disabled";
  if (!(row.patient ?? row.user)?.email) return "no_address";
  if (row.kind === "invitation") return row.user?.passwordHash ? "superseded" : undefined;
  const { appointment } = row;
  if (!appointment || appointment.sequence !== row.sequence) return "superseded";
  const stillToCome: readonly string[] = ["booked", "arrived"];
  const spokenOf = row.kind === "appointment_cancelled" ? ["cancelled"] : stillToCome;
  if (!spokenOf.includes(appointment.status)) return "superseded";
  if (Temporal.Instant.compare(toInstant(appointment.endAt), now) <= 0) return "too_late";
  return undefined;
}

/** True when a mail has been tried for so long that somebody should look at it. */
export const shouldGiveUp = (
  { createdAt }: Pick<NotificationRow, "createdAt">,
  now: Temporal.Instant,
): boolean => Temporal.Instant.compare(toInstant(createdAt).add({ hours: GIVE_UP_AFTER_HOURS }), now) <= 0;
