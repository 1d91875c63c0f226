import { Temporal } from "temporal-polyfill";

/** Shorter than this no visit is begun at once. */
export const SHORTEST_INSTANT_MINUTES = 10;

/** A claim on a practitioner's time, buffers included; half-open. */
export type StandingClaim = { start: Temporal.Instant; end: Temporal.Instant };

/**
 * How long a visit that begins now may last: the visit type's duration, cut at the practitioner's next claim.
 *
 * @param claims those that are still to be kept; what remains of a visit that is over is none
 * @returns its end; `practitioner_busy` where a claim covers this moment; `too_short` for less than ten minutes
 */
export function instantEnd(
  claims: readonly StandingClaim[],
  durationMinutes: number,
  now: Temporal.Instant,
): Temporal.Instant | "practitioner_busy" | "too_short" {
  let end = now.add({ minutes: durationMinutes });
  for (const claim of claims) {
    if (Temporal.Instant.compare(claim.end, now) <= 0) continue;
    if (Temporal.Instant.compare(claim.start, now) <= 0) return "practitioner_busy";
    if (Temporal.Instant.compare(claim.start, end) < 0) end = claim.start;
  }
  return now.until(end).total("minutes") < SHORTEST_INSTANT_MINUTES ? "too_short" : end;
}
