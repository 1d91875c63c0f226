import "server-only";
import { headers } from "next/headers";
import { Temporal } from "temporal-polyfill";
import { findFreeSlots } from "@/lib/availability/data/slots";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { db } from "@/lib/db/client";
import { findVisitType } from "@/lib/directory/data";
import { CLINIC_TOPIC, type Topic, timesTopic } from "@/lib/events/topics";
import { clientAddress } from "@/lib/security/address";
import { countAttempt } from "@/lib/security/rate-limit";
import { readVisitorHash } from "@/lib/security/visitor";
import { findNextExpiry } from "../data/holds";
import { parseTimesKey, type TimesWindow } from "../format/live-times";
import { minuteOf } from "../format/times";

/** A page asks anew when it opens another month and every ten minutes; behind one address there may be a whole hospital. */
const LIMIT = { max: 600, windowSeconds: 600 };
/** Where the clinic's guest seats are counted, other practitioners' visits take times away as well; no topic tells of those. */
const SEATS_MS = 60_000;

type LiveTimes = { topics: Topic[]; snapshot: () => Promise<unknown>; endsInMs: () => number | undefined };

/**
 * The free times of a `timesKey`, as minutes since 1970, for whoever asks: they are as open as the page that shows them. A visitor's
 * own hold takes nothing away from them. Read again when a claim or the hours change, when the first hold runs out, and when the
 * first time comes so near that it cannot be booked any more.
 *
 * @returns `undefined` for any other key, and for an address that asks too often
 */
export async function resolveTimesKey(key: string): Promise<LiveTimes | undefined> {
  const window = parseTimesKey(key);
  if (!window) return undefined;
  const address = clientAddress(await headers());
  if (address && (await countAttempt("live.times", address, LIMIT, systemNow())) !== undefined)
    return undefined;
  const exceptHolder = await readVisitorHash();
  let endsInMs: number | undefined;
  return {
    topics: [timesTopic(window.practitionerId), CLINIC_TOPIC],
    snapshot: async () => {
      const read = await readTimes(window, exceptHolder, systemNow());
      endsInMs = read?.endsInMs;
      return read?.free ?? null;
    },
    endsInMs: () => endsInMs,
  };
}

async function readTimes(
  { practitionerId, visitTypeId, fromMinute, toMinute }: TimesWindow,
  exceptHolder: Uint8Array | undefined,
  now: Temporal.Instant,
) {
  const visitType = await findVisitType(db(), visitTypeId);
  if (!visitType) return undefined;
  const instantOf = (minute: number) => Temporal.Instant.fromEpochMilliseconds(minute * 60_000);
  const free = await findFreeSlots(db(), {
    practitionerIds: [practitionerId],
    visitTypeId,
    from: instantOf(fromMinute),
    to: instantOf(toMinute),
    now,
    exceptHolder,
  });
  const slots = free.get(practitionerId) ?? [];
  const ends = [
    slots[0]?.startAt.subtract({ minutes: visitType.minNoticeMinutes }),
    await findNextExpiry(db(), practitionerId, now),
  ].flatMap((end) => (end ? [end.epochMilliseconds - now.epochMilliseconds] : []));
  if (env().TRUECONF_GUEST_SEATS !== undefined) ends.push(SEATS_MS);
  return {
    free: slots.map(({ startAt }) => minuteOf(startAt)),
    endsInMs: ends.length > 0 ? Math.min(...ends) : undefined,
  };
}
