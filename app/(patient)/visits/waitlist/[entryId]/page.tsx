import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { EntryView } from "@/components/booking/waitlist/entry-view";
import { loadOwnEntry } from "@/lib/booking/loaders/waitlist";

type Props = { params: Promise<{ entryId: string }>; searchParams: Promise<{ joined?: string }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [entry, t] = await Promise.all([loadOwnEntry((await params).entryId), getTranslations("waitlist")]);
  if (!entry) notFound();
  return { title: t("entry.title") };
}

/** A place on the waitlist of the signed-in patient. */
export default async function OwnWaitlistEntryPage({ params, searchParams }: Props) {
  const entry = await loadOwnEntry((await params).entryId);
  if (!entry) notFound();
  return <EntryView entry={entry} token={undefined} justJoined={(await searchParams).joined === "1"} />;
}
