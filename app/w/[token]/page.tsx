import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { EntryView } from "@/components/booking/waitlist/entry-view";
import { loadLinkedEntry } from "@/lib/booking/loaders/waitlist";

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ joined?: string }> };

/** Reads the entry itself, so that the neutral page has its own title. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [entry, t] = await Promise.all([loadLinkedEntry((await params).token), getTranslations("waitlist")]);
  if (!entry) notFound();
  return { title: t("entry.title"), robots: { index: false, follow: false } };
}

/** A place on the waitlist by its personal link. Opening it takes and changes nothing. */
export default async function WaitlistLinkPage({ params, searchParams }: Props) {
  const { token } = await params;
  const entry = await loadLinkedEntry(token);
  if (!entry) notFound();
  return <EntryView entry={entry} token={token} justJoined={(await searchParams).joined === "1"} />;
}
