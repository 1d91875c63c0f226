import type { AppointmentScope } from "@/lib/access/types";
import type { Db } from "@/lib/db/client";

/** So many are shown; a page of more helps nobody. */
const AT_MOST = 300;

/** What was agreed to for the visits of a scope, taken back or not: the last first. */
export const listOwnConsents = (db: Db, scope: AppointmentScope) =>
  db.consent.findMany({
    where: { appointment: scope },
    include: {
      consentText: true,
      appointment: {
        select: {
          id: true,
          startAt: true,
          encounter: { select: { status: true } },
          practitioner: { select: { displayName: true } },
        },
      },
    },
    orderBy: [{ appointment: { startAt: "desc" } }, { id: "asc" }],
    take: AT_MOST,
  });
