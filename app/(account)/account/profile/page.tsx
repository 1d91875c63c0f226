import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ProfileScreen } from "@/components/privacy/profile-screen";
import { loadProfilePage } from "@/lib/privacy/loaders/own";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.profile");
  return { title: t("title"), robots: { index: false, follow: false } };
}

/** Where patients correct what is kept of who they are. */
export default async function ProfilePage() {
  return <ProfileScreen {...(await loadProfilePage())} />;
}
