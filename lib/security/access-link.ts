import type { Temporal } from "temporal-polyfill";
import { newId, newToken } from "@/lib/core/ids";
import type { Db } from "@/lib/db/client";
import { toDate } from "@/lib/time/instant";
import { hashToken } from "./tokens";

/**
 * Makes another personal link to one appointment. It has no end of its own: what it opens, and until when, follows the
 * appointment's times.
 *
 * @returns the token, for the link `/v/<token>`; only its hash is stored
 */
export async function mintVisitLink(db: Db, appointmentId: string, now: Temporal.Instant): Promise<string> {
  const token = newToken();
  await db.accessLink.create({
    data: {
      id: newId(),
      purpose: "visit",
      tokenHash: hashToken(token),
      appointmentId,
      createdAt: toDate(now),
    },
  });
  return token;
}
