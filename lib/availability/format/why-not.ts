import type { Temporal } from "temporal-polyfill";
import type { PractitionerDto } from "@/lib/directory/types";
import { formatDate, formatTime, zonePlace } from "@/lib/time/format";
import type { Obstacle } from "../data/why-not";
import type { WhyNotDto, WhyNotOffered } from "../types";

type Answer = NonNullable<WhyNotDto["answer"]>;
type Asked = {
  practitioner: Pick<PractitionerDto, "id" | "displayName" | "timeZone">;
  visitType: { id: string; name: string };
  date: Temporal.PlainDate;
  at: Temporal.Instant;
};
/** `keepsAll`: every practitioner's schedule is theirs to change. */
type Reader = { locale: string; keepsAll: boolean; isAdministrator: boolean };

/** The reasons why a start is not offered, on the practitioner's clock, with what is in the way and where to change it. */
export function describeWhyNot(
  asked: Asked,
  found: {
    reasons: readonly WhyNotOffered[];
    obstacles: readonly Obstacle[];
    /** Names of the closures on that day. */
    closures: readonly string[];
  },
  reader: Reader,
  now: Temporal.Instant,
): Answer {
  const { practitioner, visitType, at } = asked;
  const viewer = { locale: reader.locale, timeZone: practitioner.timeZone };
  const taken = found.obstacles.map(({ kind, appointmentId, start, end }) => ({
    text: `${formatTime(start, viewer)}–${formatTime(end, viewer)}`,
    kind,
    href: appointmentId && visitPath(appointmentId, reader),
  }));
  const closed = found.closures.map((text) => ({ text, kind: null, href: null }));
  const detailsOf = (reason: WhyNotOffered) =>
    reason === "busy" || reason === "buffer" ? taken : reason === "closure" ? closed : [];
  return {
    practitioner: practitioner.displayName,
    visitType: visitType.name,
    when: `${formatDate(at, viewer, now)}, ${formatTime(at, viewer)}`,
    place: zonePlace(viewer),
    reasons: found.reasons.map((reason) => ({
      reason,
      details: detailsOf(reason),
      href: remedyPath(reason, asked, reader),
    })),
  };
}

const visitPath = (appointmentId: string, { keepsAll }: Reader) =>
  keepsAll ? `/admin/calendar/${appointmentId}` : `/agenda/${appointmentId}`;

/** Where whoever reads this can change what stands against a start. */
function remedyPath(
  reason: WhyNotOffered,
  { practitioner, visitType, date }: Asked,
  { keepsAll, isAdministrator }: Reader,
): string | null {
  const schedule = keepsAll ? `/admin/practitioners/${practitioner.id}` : "/schedule";
  switch (reason) {
    case "outside_hours":
    case "off_grid":
    case "time_off":
      return schedule;
    case "override":
      return `${schedule}?date=${date}`;
    case "practitioner_inactive":
    case "visit_type_not_given":
      return isAdministrator ? schedule : null;
    case "closure":
      return keepsAll ? "/admin/closures" : null;
    case "too_soon":
    case "beyond_horizon":
    case "day_full":
    case "visit_type_inactive":
      return isAdministrator ? `/admin/visit-types/${visitType.id}` : null;
    case "past":
    case "busy":
    case "buffer":
    case "no_guest_seat":
      return null;
  }
}
