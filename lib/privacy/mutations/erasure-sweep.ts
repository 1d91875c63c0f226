import type { Temporal } from "temporal-polyfill";
import { logger } from "@/lib/core/logger";
import { db } from "@/lib/db/client";
import { toDate } from "@/lib/time/instant";
import { ERASURE_RETRY_MINUTES } from "../constants";
import { WITH_RECORDS } from "../data/erasure";
import { carryOutErasure } from "./erasure";

/** Goes on with erasures whose job was given up, and removes what stayed for a while: addresses of last mails, names beside records. */
export async function sweepErasures(now: Temporal.Instant): Promise<void> {
  const late = await db().erasure.findMany({
    where: {
      status: "approved",
      decidedAt: { lt: toDate(now.subtract({ minutes: ERASURE_RETRY_MINUTES })) },
    },
    select: { id: true },
  });
  for (const { id: erasureId } of late)
    await carryOutErasure(erasureId, now).catch((error: unknown) =>
      logger().warn({ err: error, erasureId }, "privacy: an erasure is to be tried again"),
    );
  await db().erasure.updateMany({
    where: { status: "done", contactSealed: { not: null }, notifications: { none: { status: "queued" } } },
    data: { contactSealed: null, contactKeyId: null },
  });
  await db().patient.updateMany({
    where: { identitySealed: { not: null }, NOT: WITH_RECORDS },
    data: { identitySealed: null, identityKeyId: null },
  });
}
