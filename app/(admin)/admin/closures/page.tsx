import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClosuresScreen } from "@/components/admin/closures/closures-screen";
import { CALENDAR_FILE_MAX_BYTES } from "@/lib/availability/constants";
import { loadClosures } from "@/lib/availability/loaders/schedule";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("schedule"))("closures.title") };
}

export default async function ClosuresPage() {
  return <ClosuresScreen {...(await loadClosures())} fileBytes={CALENDAR_FILE_MAX_BYTES} />;
}
