/** Somebody in the line. Times in epoch milliseconds. */
export type Waiting = {
  entryId: string;
  visitTypeId: string;
  /** ISO 639-1; none for any. */
  language: string | undefined;
  priority: number;
  joinedAt: number;
  /** Practitioners who are not to be asked for them now: they have just let them go. */
  notBy: ReadonlySet<string>;
};

/** A practitioner on duty whom nobody is offered to at the moment. */
export type OnDuty = {
  practitionerId: string;
  languages: readonly string[];
  /**
   * The visit types that they could begin now: offered by them, and with time enough before their next visit. Each with the guest seats that are
   * free for it; infinitely many where nobody counts.
   */
  canBegin: ReadonlyMap<string, number>;
  /** How many guest seats a visit of theirs takes. */
  seats: number;
  idleSince: number;
};

export type Match = { entryId: string; practitionerId: string };

/** Who goes first: by the priority that staff gave, then by when they came. */
export const compareWaiting = (a: Waiting, b: Waiting): number =>
  b.priority - a.priority || a.joinedAt - b.joinedAt || (a.entryId < b.entryId ? -1 : 1);

/** Who is asked first: whoever has been idle longest. */
export const compareIdle = (a: OnDuty, b: OnDuty): number =>
  a.idleSince - b.idleSince || (a.practitionerId < b.practitionerId ? -1 : 1);

/**
 * Who is offered to whom: everybody in their order, each to the longest idle practitioner who speaks their language and has the
 * time and the guest seats. Whom nobody can take now keeps the place, and holds nobody behind them up.
 *
 * @param promisedSeats what the visits take that are being offered to others already: nobody is rung for a seat that another is rung for
 */
export function matchQueue(
  waiting: readonly Waiting[],
  onDuty: readonly OnDuty[],
  promisedSeats = 0,
): Match[] {
  const free = [...onDuty].sort(compareIdle);
  const matches: Match[] = [];
  let promised = promisedSeats;
  for (const entry of [...waiting].sort(compareWaiting)) {
    const at = free.findIndex((practitioner) => canTake(practitioner, entry, promised));
    const [practitioner] = at < 0 ? [] : free.splice(at, 1);
    if (!practitioner) continue;
    promised += practitioner.seats;
    matches.push({ entryId: entry.entryId, practitionerId: practitioner.practitionerId });
  }
  return matches;
}

export const canTake = (
  { practitionerId, languages, canBegin, seats }: Omit<OnDuty, "idleSince">,
  { visitTypeId, language, notBy }: Pick<Waiting, "visitTypeId" | "language" | "notBy">,
  promisedSeats: number,
): boolean =>
  (canBegin.get(visitTypeId) ?? Number.NEGATIVE_INFINITY) >= promisedSeats + seats &&
  (language === undefined || languages.includes(language)) &&
  !notBy.has(practitionerId);
