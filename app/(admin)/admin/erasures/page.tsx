import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ErasureList } from "@/components/privacy/erasure-list";
import { loadErasures } from "@/lib/privacy/loaders/staff";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy.erasure.list"))("title") };
}

export default async function ErasuresPage() {
  return <ErasureList erasures={await loadErasures()} />;
}
