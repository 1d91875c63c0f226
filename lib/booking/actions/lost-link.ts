"use server";

import { setTimeout as delay } from "node:timers/promises";
import { formAction } from "@/lib/auth/pipeline";
import { ok } from "@/lib/core/result";
import { requestVisitList } from "../mutations/lost-link";
import { lostLinkSchema } from "../schema/lost-link";

/** Longer than the work takes, so that the time of the answer does not tell either whether there was any. */
const ANSWERS_AFTER_MS = 700;

/** Field `email`. Always answers the same, at the same time, whoever's address it is. */
export const requestVisitListAction = formAction<typeof lostLinkSchema, never>({
  name: "booking.lost-link",
  schema: lostLinkSchema,
  limit: { max: 10, windowSeconds: 3600 },
  allow: () => true,
  run: async ({ input: { email }, now, origin: { address } }) => {
    await Promise.all([requestVisitList({ email, address }, now), delay(ANSWERS_AFTER_MS)]);
    return ok();
  },
});
