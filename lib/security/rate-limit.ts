import { createHmac } from "node:crypto";
import type { Temporal } from "temporal-polyfill";
import { db } from "@/lib/db/client";
import { toDate, toInstant } from "@/lib/time/instant";
import { networkOf } from "./address";
import { deriveKey } from "./tokens";

/** So many within so many seconds, for each subject. */
export type Limit = { max: number; windowSeconds: number };

const keyOf = (action: string, subject: string) =>
  `${action}:${createHmac("sha256", deriveKey("rate-limit")).update(networkOf(subject)).digest("base64url")}`;

/**
 * Counts one attempt, across all processes, and tells whether it is within the limit. The subject (an address, an e-mail)
 * is stored only as a keyed hash; an address of IPv6 counts as its network. A window lasts no longer than it may, whatever the clock was when it began: of one that was ahead
 * and has been set right, nothing is left that would keep people out until its time comes.
 *
 * @returns `undefined` when allowed, else the seconds until the window ends
 */
export async function countAttempt(
  action: string,
  subject: string,
  limit: Limit,
  now: Temporal.Instant,
): Promise<number | undefined> {
  const key = keyOf(action, subject);
  const nowDate = toDate(now);
  const resetsAt = toDate(now.add({ seconds: limit.windowSeconds }));
  const rows = await db().$queryRaw<{ count: number; resets_at: Date }[]>`
    INSERT INTO "rate_limit" AS r ("key", "count", "resets_at") VALUES (${key}, 1, ${resetsAt})
    ON CONFLICT ("key") DO UPDATE SET
      "count" = CASE WHEN r."resets_at" <= ${nowDate} THEN 1 ELSE r."count" + 1 END,
      "resets_at" = CASE WHEN r."resets_at" <= ${nowDate} THEN EXCLUDED."resets_at"
        ELSE LEAST(r."resets_at", EXCLUDED."resets_at") END
    RETURNING "count", "resets_at"`;
  const row = rows[0];
  if (!row || row.count <= limit.max) return undefined;
  return Math.max(1, Math.ceil((row.resets_at.getTime() - nowDate.getTime()) / 1000));
}

/** How waits between attempts grow: none after the first ones, then doubled from one second on. */
export type Backoff = {
  free: number;
  longestSeconds: number;
  /** After so long without an attempt nothing is held against anybody. */
  forgetAfterSeconds: number;
};

/** The seconds to wait after so many attempts. */
export const backoffSeconds = (attempts: number, { free, longestSeconds }: Backoff): number =>
  attempts < free ? 0 : Math.min(longestSeconds, 2 ** Math.min(attempts - free, 30));

/**
 * Counts one attempt unless the wait after the one before is not over. In one statement, so that many at once do not slip through
 * together. An attempt of a clock that was ahead counts as one of now, as in {@link countAttempt}.
 *
 * @returns `undefined` when allowed, else the seconds still to wait
 */
export async function countWithBackoff(
  action: string,
  subject: string,
  backoff: Backoff,
  now: Temporal.Instant,
): Promise<number | undefined> {
  const { free, longestSeconds, forgetAfterSeconds } = backoff;
  const key = keyOf(action, subject);
  const nowDate = toDate(now);
  const resetsAt = toDate(now.add({ seconds: forgetAfterSeconds }));
  const counted = await db().$queryRaw<{ count: number }[]>`
    INSERT INTO "rate_limit" AS r ("key", "count", "resets_at") VALUES (${key}, 1, ${resetsAt})
    ON CONFLICT ("key") DO UPDATE SET
      "count" = CASE WHEN r."resets_at" <= ${nowDate} THEN 1 ELSE r."count" + 1 END,
      "resets_at" = EXCLUDED."resets_at"
    WHERE r."resets_at" <= ${nowDate} OR ${nowDate} >= r."resets_at" + make_interval(secs => (
      CASE WHEN r."count" < ${free}::int THEN 0
        ELSE LEAST(${longestSeconds}::float8, power(2, LEAST(r."count" - ${free}::int, 30))) END
    ) - ${forgetAfterSeconds}::float8)
    RETURNING "count"`;
  if (counted.length > 0) return undefined;
  const row = await db().rateLimit.findUnique({ where: { key } });
  if (!row) return undefined;
  if (row.resetsAt > resetsAt) {
    await db().rateLimit.updateMany({ where: { key, resetsAt: { gt: resetsAt } }, data: { resetsAt } });
    return countWithBackoff(action, subject, backoff, now);
  }
  const last = toInstant(row.resetsAt).subtract({ seconds: forgetAfterSeconds });
  const next = last.add({ seconds: backoffSeconds(row.count, backoff) });
  return Math.max(1, Math.ceil(now.until(next).total("seconds")));
}

/** Begins to count anew, after an attempt that proved who it was. */
export async function forgetAttempts(action: string, subject: string): Promise<void> {
  await db().rateLimit.deleteMany({ where: { key: keyOf(action, subject) } });
}

/** Forgets windows that have ended. */
export async function forgetEndedWindows(now: Temporal.Instant): Promise<void> {
  await db().rateLimit.deleteMany({ where: { resetsAt: { lte: toDate(now) } } });
}
