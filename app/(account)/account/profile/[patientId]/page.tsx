import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProfileScreen } from "@/components/privacy/profile-screen";
import { loadProfilePage } from "@/lib/privacy/loaders/own";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.profile");
  return { title: t("title"), robots: { index: false, follow: false } };
}

type Props = { params: Promise<{ patientId: string }> };

/** Where patients correct what is kept of somebody for whom they speak. */
export default async function DependantProfilePage({ params }: Props) {
  const { patientId } = await params;
  return <ProfileScreen {...(await loadProfilePage(patientId))} />;
}
