import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { FeedScreen } from "@/components/visit/feed/feed-screen";
import { loadLinkedFeedPage } from "@/lib/visits/loaders/feed";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("change.feed");
  return { title: t("title"), robots: { index: false, follow: false } };
}

/** The calendar of a patient without an account. */
export default async function SubscribePage({ params }: Props) {
  const { token } = await params;
  return <FeedScreen page={await loadLinkedFeedPage(token)} token={token} />;
}
