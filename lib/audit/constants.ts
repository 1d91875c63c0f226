import { env } from "@/lib/core/env";
import { deriveKey } from "@/lib/security/tokens";

/**
 * The key of the trail's hashes. It outlives the secrets that are changed now and then, since the whole trail is followed with it; an
 * installation that has none of its own goes on with the one that comes from `AUTH_SECRET`, and keeps it by naming that secret here.
 */
export const auditKey = (): Uint8Array<ArrayBuffer> =>
  deriveKey("audit", env().AUDIT_KEY ?? env().AUTH_SECRET);

/** Whoever reads or saves the same thing again and again within so long does it in one sitting: the trail says it once. */
export const SITTING_MINUTES = 10;

/**
 * So long an event may stand without a seal, and a seal without its line outside the database: the worker does both every minute. What
 * takes longer could be cut off unseen.
 */
export const SEALED_WITHIN_MINUTES = 5;

/** So much may the clocks of those who write and of who seals differ. */
export const CLOCKS_DIFFER_HOURS = 24;

/** Nothing of the trail goes before, whatever a clinic sets: claims for which it is evidence become barred after three years (§§ 195, 199 BGB). */
export const LEAST_KEPT_YEARS = 3;

/** So long it may take to find what goes from a trail of many years: nobody waits for it. */
export const CUT_TIMEOUT_MS = 600_000;
