import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { SecondStepScreen } from "@/components/account/second-step-screen";
import { loadSecondStepPage } from "@/lib/auth/loaders";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("account.secondStep");
  return { title: t("title"), robots: { index: false, follow: false } };
}

/** Where the code at sign-in is set up, changed and turned off. */
export default async function SecondStepRoute() {
  return <SecondStepScreen page={await loadSecondStepPage()} />;
}
