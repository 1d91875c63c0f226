import "server-only";
import type { Temporal } from "temporal-polyfill";
import { readDoor, tooMany } from "@/app/api/door";
import { presenceSchema } from "@/lib/booking/schema/hold";
import type { Presence } from "@/lib/booking/types/hold";
import { systemNow } from "@/lib/core/clock";
import { privateJson } from "@/lib/security/api-request";
import { countAttempt } from "@/lib/security/rate-limit";
import { readVisitorHash } from "@/lib/security/visitor";

/** Far above what a page says by itself. */
const LIMIT = { max: 120, windowSeconds: 60 };

/**
 * Builds the handler of what the page about a hold says of itself: 200 with the seconds for which this visitor still holds the time.
 * To everybody else it answers that there are none, whether there is such a hold or not.
 */
export const presenceCall =
  (hear: (presence: Presence, now: Temporal.Instant) => Promise<Temporal.Instant | undefined>) =>
  async (request: Request): Promise<Response> => {
    const said = await readDoor("booking.presence", request, presenceSchema);
    if (said instanceof Response) return said;
    const holderHash = await readVisitorHash();
    if (!holderHash) return privateJson({ secondsLeft: 0 });
    const now = systemNow();
    const visitor = Buffer.from(holderHash).toString("base64url");
    const retryAfterSeconds = await countAttempt("booking.presence", visitor, LIMIT, now);
    if (retryAfterSeconds !== undefined)
      return tooMany("booking.presence", { kind: "anonymous" }, retryAfterSeconds);
    const expiresAt = await hear({ ...said, holderHash }, now);
    const secondsLeft = expiresAt ? Math.max(0, Math.floor(expiresAt.since(now).total("seconds"))) : 0;
    return privateJson({ secondsLeft });
  };
