import { InvariantError } from "@/lib/core/errors";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { trueconf } from "@/lib/trueconf/client";
import type { TrueConfError } from "@/lib/trueconf/errors";
import { buildIframe } from "@/lib/trueconf/guest";
import type { VisitRow } from "../data/visits";
import type { JoinAnswer, JoinRefusal } from "../types/visit";

export type Side = "patient" | "practitioner";

/**
 * Mints one person's way in, with exactly one request to TrueConf. The link lives a minute; it is handed on and forgotten:
 * never stored, cached or logged.
 */
export async function mintWayIn(
  visit: VisitRow,
  side: Side,
  locale: string,
): Promise<Result<JoinAnswer, JoinRefusal>> {
  const { conference } = visit.encounter;
  if (!conference?.openedAt || conference.closedAt) return refuse("video_unavailable");
  const guest = await db().guest.findFirst({
    where: {
      encounterId: visit.encounter.id,
      ...(side === "patient" ? { patientId: visit.patientId } : { practitionerId: visit.practitionerId }),
    },
  });
  if (!guest) throw new InvariantError(`encounter ${visit.encounter.id} has no guest id for its ${side}`);
  const minted = await trueconf().mintGuestLink({
    conferenceId: conference.trueconfId,
    guestId: guest.guestId,
    displayName: side === "patient" ? visit.patient.name : visit.practitioner.displayName,
    lang: locale,
  });
  if (!minted.ok) return refuse(refusalOf(minted.error));
  const { webUrl, expiresAt } = minted.value;
  const title = side === "patient" ? visit.practitioner.displayName : visit.patient.name;
  return ok({ iframe: buildIframe(webUrl, title), webUrl, expiresAt: expiresAt.toString() });
}

/** What a failure of TrueConf means to the person who waits: try again, or call the clinic. */
export function refusalOf(error: TrueConfError): JoinRefusal {
  if (error.kind === "limit") return "no_guest_seat";
  return error.retry === "never" ? "video_misconfigured" : "video_unavailable";
}
