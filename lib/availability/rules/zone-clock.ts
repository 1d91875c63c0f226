import { Temporal } from "temporal-polyfill";
import { isTimeZone } from "@/lib/core/time-zone";

const DAY = 86_400_000;
/** No zone was ever further from UTC. */
const MAX_OFFSET = 16 * 3_600_000;
/** Transitions are looked up for so long a time at once: a few library calls, for years of slots. */
const CHUNK = 4 * 366 * DAY;
/** More chunks than all zones have in the years that anybody books; then the oldest goes. */
const MAX_CHUNKS = 2_000;

/** Between two transitions: everything from `start` up to `end` is `offset` milliseconds ahead of UTC. */
export type Era = { start: number; end: number; offset: number };

/**
 * A zone's clock from one instant to another, from transitions that were looked up once. Offsets are milliseconds, instants epoch
 * milliseconds, and local times milliseconds as if the wall clock were UTC's.
 */
export class ZoneClock {
  readonly #eras: readonly Era[];
  /** Where the last answer was: the next question is nearly always about the same era. */
  #at = 0;

  constructor(eras: readonly Era[]) {
    this.#eras = eras;
  }

  /** The era of an instant. */
  eraAt(instant: number): Era {
    let at = this.#at;
    while (at > 0 && instant < this.#era(at).start) at -= 1;
    while (at < this.#eras.length - 1 && instant >= this.#era(at).end) at += 1;
    this.#at = at;
    return this.#era(at);
  }

  /** The civil day on which an instant falls, as days since 1970-01-01. */
  dayAt(instant: number): number {
    return Math.floor((instant + this.eraAt(instant).offset) / DAY);
  }

  /**
   * The instant of a local time by Temporal's `compatible` rule: of two the earlier; of none the one that is as much later as the
   * clock was put forward, since the offset from before the gap still counts.
   */
  instantOf(local: number): number {
    this.eraAt(local - MAX_OFFSET);
    for (let at = this.#at; ; at += 1) {
      const era = this.#era(at);
      const isLast = at === this.#eras.length - 1;
      if (!isLast && local >= era.end + era.offset) continue;
      if (at > 0 && local < era.start + era.offset) return local - this.#era(at - 1).offset;
      return local - era.offset;
    }
  }

  #era(at: number): Era {
    return this.#eras[at] as Era;
  }
}

type Zone = { chunks: Map<number, readonly Era[]> };
const zones = new Map<string, Zone>();
let chunks = 0;

/**
 * The clock of a zone for every instant in `[from, to]`, with a day to spare on both sides.
 *
 * @throws {RangeError} for a name that the IANA database does not know
 */
export function zoneClock(timeZone: string, from: number, to: number): ZoneClock {
  const zone = zones.get(timeZone) ?? openZone(timeZone);
  const first = Math.floor((from - 3 * DAY) / CHUNK);
  const last = Math.floor((to + 3 * DAY) / CHUNK);
  if (first === last) return new ZoneClock(chunkOf(zone, timeZone, first));
  const eras: Era[] = [];
  for (let index = first; index <= last; index += 1) eras.push(...chunkOf(zone, timeZone, index));
  return new ZoneClock(eras);
}

/** Whether the IANA database knows a zone; asked once for each name that it does. */
export const isKnownZone = (timeZone: string): boolean => zones.has(timeZone) || isTimeZone(timeZone);

function openZone(timeZone: string): Zone {
  if (!isTimeZone(timeZone)) throw new RangeError("zoneClock: timeZone");
  const zone = { chunks: new Map() };
  zones.set(timeZone, zone);
  return zone;
}

function chunkOf(zone: Zone, timeZone: string, index: number): readonly Era[] {
  const known = zone.chunks.get(index);
  if (known) return known;
  if (chunks >= MAX_CHUNKS) {
    zones.clear();
    chunks = 0;
  }
  const eras = lookUp(timeZone, index * CHUNK, (index + 1) * CHUNK);
  zone.chunks.set(index, eras);
  chunks += 1;
  return eras;
}

/** The eras of a zone within `[from, to)`, cut at both ends. */
function lookUp(timeZone: string, from: number, to: number): Era[] {
  const eras: Era[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(from).toZonedDateTimeISO(timeZone);
  for (;;) {
    const next = at.getTimeZoneTransition("next");
    const start = at.epochMilliseconds;
    const end = Math.min(to, next?.epochMilliseconds ?? to);
    eras.push({ start, end, offset: at.offsetNanoseconds / 1_000_000 });
    if (!next || next.epochMilliseconds >= to) return eras;
    at = next;
  }
}
