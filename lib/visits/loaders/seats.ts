import "server-only";
import { practitionerScope } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";
import { env } from "@/lib/core/env";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { loadLocale } from "@/lib/i18n/viewer";
import { formatTime } from "@/lib/time/format";
import { toInstant } from "@/lib/time/instant";
import { findVisit } from "../data/visits";
import type { SeatsDto } from "../types/seats";

/** Which visits in progress hold the licence's guest seats, for the practitioner of one that needs some. */
export async function loadSeats(actor: Actor, appointmentId: string): Promise<Result<SeatsDto, "not_found">> {
  const visit = await findVisit(db(), practitionerScope(actor), appointmentId);
  if (!visit) return refuse("not_found");
  const viewer = { locale: await loadLocale(), timeZone: visit.practitioner.timeZone };
  const holders = await db().slot.findMany({
    where: { appointment: { encounter: { status: "in_progress" } } },
    select: {
      id: true,
      seats: true,
      visitStartAt: true,
      visitEndAt: true,
      practitioner: { select: { displayName: true } },
    },
    orderBy: [{ visitStartAt: "asc" }, { id: "asc" }],
  });
  return ok({
    limit: env().TRUECONF_GUEST_SEATS ?? null,
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
        : visit.practitioner.trueconfUser !== null
          ? "at_hand"
          : "none",
  });
}
