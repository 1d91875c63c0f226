import type { Link, Person } from "../links";
import type { Switches } from "../switches";
import type { Conference } from "./conferences";
import { localId } from "./users";

/** Why the entry is refused; the call page has words for each. */
export type EntryRefusal =
  | "loginFail"
  | "not_started"
  | "guests_not_allowed"
  | "not_planned"
  | "already_joined"
  | "no_seat"
  | "full";

type Present = { person: Person; conferenceId: string };
type Question = {
  conference: Conference;
  link: Link;
  /** Everybody in any conference, whoever would be replaced left out. */
  others: readonly Present[];
  switches: Switches;
};

/**
 * May this person enter now? Order matters to what a visitor reads: first the conference's own rules, then room.
 *
 * A virtual room lets people in before any start; a scheduled conference lets in its owner only (TrueConf API: start rules).
 */
export function findEntryRefusal({ conference, link, others, switches }: Question): EntryRefusal | undefined {
  const isOwner = link.person.kind === "user" && link.person.id === localId(conference.owner);
  const awaitsStart = conference.schedule.type !== -1 && conference.state === "stopped";
  if (awaitsStart && !isOwner) return "not_started";

  if (link.person.kind === "guest") {
    if (!conference.allow_guests) return "guests_not_allowed";
    if (conference.allow_only_planned_participants && switches.plannedOnlyBlocksGuests) return "not_planned";
    const guests = others.filter(({ person }) => person.kind === "guest").length;
    if (guests >= switches.guestSeats) return "no_seat";
  }
  const inside = others.filter(({ conferenceId }) => conferenceId === conference.id).length;
  return inside >= conference.max_participants ? "full" : undefined;
}
