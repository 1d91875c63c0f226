"use server";

import { z } from "zod";
import { formAction } from "@/lib/auth/pipeline";
import { feedAddress } from "@/lib/booking/format/feed";
import { createCalendarFeed, revokeCalendarFeed } from "@/lib/booking/mutations/calendar-feed";
import type { FeedAddressDto, FeedRefusal } from "@/lib/booking/types/feed";
import { env } from "@/lib/core/env";
import { type FormState, IDLE } from "@/lib/core/form";
import { ok, refuse } from "@/lib/core/result";
import { loadFeedOwner } from "../loaders/feed";

/** By personal link, whose token travels in the body; else it is the account's that is signed in. */
const feedSchema = z.object({ token: z.string().max(100).optional() });
const limit = { max: 20, windowSeconds: 3600 };

type FeedState = FormState<FeedRefusal> | { status: "made"; address: FeedAddressDto };

/** Makes a calendar to subscribe to. Its address is in this one answer and nowhere else. */
export async function createFeedAction(_previous: FeedState, sent: FormData): Promise<FeedState> {
  let address: FeedAddressDto | undefined;
  const create = formAction<typeof feedSchema, FeedRefusal>({
    name: "visits.feed",
    schema: feedSchema,
    limit,
    allow: () => true,
    run: async ({ input, now }) => {
      const found = await loadFeedOwner(input.token);
      if (!found) return refuse("not_found");
      const made = await createCalendarFeed(found.owner, found.actor, now);
      if (!made.ok) return made;
      address = feedAddress(made.value, env().PORTAL_URL);
      return ok();
    },
  });
  const state = await create(IDLE, sent);
  return address ? { status: "made", address } : state;
}

/** Stops the present one. */
export const revokeFeedAction = formAction<typeof feedSchema, FeedRefusal>({
  name: "visits.feed",
  schema: feedSchema,
  limit,
  allow: () => true,
  run: async ({ input, now }) => {
    const found = await loadFeedOwner(input.token);
    return found ? revokeCalendarFeed(found.owner, found.actor, now) : refuse("not_found");
  },
});
