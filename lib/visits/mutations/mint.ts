import type { Temporal } from "temporal-polyfill";
import { ok, type Result, refuse } from "@/lib/core/result";
import { db } from "@/lib/db/client";
import { trueconf } from "@/lib/trueconf/client";
import type { TrueConfError } from "@/lib/trueconf/errors";
import { buildIframe } from "@/lib/trueconf/guest";
import type { EnteredVisit } from "../data/visits";
import type { JoinAnswer, JoinRefusal } from "../types/visit";
import { ensureGuest, type GuestPerson } from "./guests";

/** Whose way in it is; a third person's name is theirs alone to say. */
export type Entrant = "patient" | "practitioner" | { thirdPersonId: string; name: string };

/**
 * Mints one person's way in, with exactly one request to TrueConf. The link lives a minute; it is handed on and forgotten:
 * never stored, cached or logged. A practitioner with a TrueConf account enters under it, everybody else as a guest.
 */
export async function mintWayIn(
  visit: EnteredVisit,
  entrant: Entrant,
  locale: string,
  now: Temporal.Instant,
): Promise<Result<JoinAnswer, JoinRefusal>> {
  const { conference } = visit.encounter;
  if (!conference?.openedAt || conference.closedAt) return refuse("video_unavailable");
  const conferenceId = conference.trueconfId;
  const account = accountOf(visit);
  const minted =
    entrant === "practitioner" && account
      ? await trueconf().mintUserLink({ conferenceId, trueconfId: account, lang: locale })
      : await trueconf().mintGuestLink({
          conferenceId,
          guestId: await ensureGuest(db(), visit.encounter.id, personOf(visit, entrant), now),
          displayName: nameOf(visit, entrant),
          lang: locale,
        });
  if (!minted.ok) {
    const isForAccount = entrant === "practitioner" && account !== undefined;
    return refuse(
      isForAccount && NO_LINK.has(minted.error.kind) ? "no_browser_link" : refusalOf(minted.error),
    );
  }
  const { webUrl, expiresAt, deeplinks } = minted.value;
  const title = entrant === "practitioner" ? visit.patient.name : visit.practitioner.displayName;
  return ok({
    iframe: buildIframe(webUrl, title),
    webUrl,
    appLinks: visit.windows.appLinks ? { default: null, android: null, ...deeplinks } : null,
    expiresAt: expiresAt.toString(),
  });
}

/** The server offers accounts no web client, or none to this one. */
const NO_LINK: ReadonlySet<TrueConfError["kind"]> = new Set(["configuration", "invalid", "forbidden"]);

/** The TrueConf account under which the practitioner enters this visit; none who enters as a guest. */
export const accountOf = ({
  encounter,
  practitioner,
}: {
  encounter: { entry: "guest" | "account" };
  practitioner: { trueconfUser: string | null };
}): string | undefined =>
  encounter.entry === "account" ? (practitioner.trueconfUser ?? undefined) : undefined;

function personOf(visit: EnteredVisit, entrant: Entrant): GuestPerson {
  if (entrant === "patient") return { patientId: visit.patientId };
  if (entrant === "practitioner") return { practitionerId: visit.practitionerId };
  return { thirdPersonId: entrant.thirdPersonId };
}

function nameOf(visit: EnteredVisit, entrant: Entrant): string {
  if (entrant === "patient") return visit.patient.name;
  return entrant === "practitioner" ? visit.practitioner.displayName : entrant.name;
}

/** What a failure of TrueConf means to the person who waits: try again, or call the clinic. */
export function refusalOf(error: TrueConfError): JoinRefusal {
  if (error.kind === "limit") return "no_guest_seat";
  // Deleted there, or lost by a server that came back without it: the practitioner's return makes it anew.
  if (error.kind === "not_found") return "video_unavailable";
  return error.retry === "never" ? "video_misconfigured" : "video_unavailable";
}
