import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { EmergencyRecord } from "@/components/emergency/emergency-record";
import { loadEmergencyRecord } from "@/lib/emergency/loaders";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("emergency"))("title"), robots: { index: false, follow: false } };
}

type Props = { params: Promise<{ accessId: string }> };

export default async function EmergencyRecordPage({ params }: Props) {
  return <EmergencyRecord record={await loadEmergencyRecord((await params).accessId)} />;
}
