import "server-only";
import type { Temporal } from "temporal-polyfill";
import { practitionerScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import type { Locale } from "@/lib/i18n/locales";
import { loadLocale } from "@/lib/i18n/viewer";
import { formatTime } from "@/lib/time/format";
import { toInstant } from "@/lib/time/instant";
import { seatsInUse } from "../data/seats";
import { findVisit } from "../data/visits";
import type { SeatsDto } from "../types/seats";

/** Which visits hold the licence's guest seats at this moment, for the practitioner of one that needs some. */
export const loadSeats = async (actor: Actor, appointmentId: string) =>
  readSeats(actor, appointmentId, await loadLocale(), systemNow());

/** The same in a language, at an instant. */
export async function readSeats(
  actor: Actor,
  appointmentId: string,
  locale: Locale,
  now: Temporal.Instant,
): Promise<Result<SeatsDto, "not_found">> {
  const visit = await findVisit(db(), practitionerScope(actor), appointmentId);
  if (!visit) return refuse("not_found");
  const viewer = { locale, timeZone: visit.practitioner.timeZone };
  const holders = await db().slot.findMany({
    where: { ...seatsInUse(now), appointmentId: { not: appointmentId } },
    select: {
      id: true,
      seats: true,
      visitStartAt: true,
      visitEndAt: true,
      practitioner: { select: { displayName: true } },
    },
    orderBy: [{ visitStartAt: "asc" }, { id: "asc" }],
  });
  const own = await db().slot.findUnique({ where: { appointmentId }, select: { seats: true } });
  const limit = env().TRUECONF_GUEST_SEATS;
  const used = holders.reduce((sum, { seats }) => sum + seats, 0);
  // Under an account the patient still takes one, and whoever else was let in.
  const isAccountEnough = limit === undefined || used + (own?.seats ?? 0) - 1 <= limit;
  return ok({
    limit: limit ?? null,
    visits: holders.map(({ id, seats, visitStartAt, visitEndAt, practitioner }) => ({
      key: id,
      practitionerName: practitioner.displayName,
      from: formatTime(toInstant(visitStartAt), viewer),
      to: formatTime(toInstant(visitEndAt), viewer),
      seats,
    })),
    account:
      visit.encounter.entry === "account"
        ? "used"
        : visit.practitioner.trueconfUser === null
          ? "none"
          : isAccountEnough
            ? "at_hand"
            : "no_help",
  });
}
