import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FeedScreen } from "@/components/visit/feed/feed-screen";
import { loadFeedPage } from "@/lib/visits/loaders/feed";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("change.feed");
  return { title: t("title"), robots: { index: false, follow: false } };
}

/** The calendar of the signed-in patient's account. */
export default async function SubscribePage() {
  return <FeedScreen page={await loadFeedPage("/visits")} token={undefined} />;
}
