import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccountScreen } from "@/components/admin/users/account-screen";
import { loadAccount } from "@/lib/admin/loaders/users";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.user"))("facts") };
}

export default async function UserPage({ params }: { params: Promise<{ userId: string }> }) {
  const { userId } = await params;
  return <AccountScreen page={await loadAccount(userId)} />;
}
