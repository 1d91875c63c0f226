import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RetentionScreen } from "@/components/admin/retention/retention-screen";
import { loadRetentionPage } from "@/lib/retention/loaders";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("retention"))("title") };
}

export default async function RetentionPage() {
  return <RetentionScreen page={await loadRetentionPage()} />;
}
