import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { OwnConsents } from "@/components/account/own-consents";
import { loadOwnConsents } from "@/lib/booking/loaders/consents";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.consents");
  return { title: t("title"), robots: { index: false, follow: false } };
}

/** What the signed-in patient has agreed to. */
export default async function OwnConsentsPage() {
  return <OwnConsents visits={await loadOwnConsents()} />;
}
