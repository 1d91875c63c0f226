import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CheckScreen } from "@/components/visit/check/check-screen";
import { loadLinkedVisit } from "@/lib/visits/loaders/visit";

type Props = { params: Promise<{ token: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("check");
  return { title: t("title"), robots: { index: false, follow: false } };
}

/** The device check for the visit of a personal link. */
export default async function LinkedCheckPage({ params }: Props) {
  const { token } = await params;
  return <CheckScreen visit={await loadLinkedVisit(token)} token={token} />;
}
