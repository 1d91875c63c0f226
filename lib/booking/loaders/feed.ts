import "server-only";
import { noteRefusal } from "@/lib/auth/loaders";
import { systemNow } from "@/lib/core/clock";
import { env } from "@/lib/core/env";
import { db } from "@/lib/db/client";
import { findFeed } from "../data/feed";
import { describeFeed } from "../format/feed";

/** The calendar that a feed's token opens, as text; nothing for every token that opens none, whatever the reason. */
export async function loadFeed(token: string): Promise<string | undefined> {
  const feed = await findFeed(db(), token, systemNow());
  if (!feed) {
    await noteRefusal("link.calendar");
    return undefined;
  }
  const { PORTAL_URL, CLINIC_NAME } = env();
  return describeFeed(feed.rows, { ...feed, portalUrl: PORTAL_URL, clinicName: CLINIC_NAME });
}
