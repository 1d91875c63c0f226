import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CancelScreen } from "@/components/visit/change/cancel-screen";
import { loadLinkedVisit } from "@/lib/visits/loaders/visit";

type Props = { params: Promise<{ token: string }> };

/** Reads the visit itself, so that the neutral page has its own title. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [t] = await Promise.all([getTranslations("change.cancel"), loadLinkedVisit((await params).token)]);
  return { title: t("title"), robots: { index: false, follow: false } };
}

/** Cancels a visit by its personal link, once it is asked to by the button there: opening the page changes nothing. */
export default async function CancelPage({ params }: Props) {
  const { token } = await params;
  return <CancelScreen visit={await loadLinkedVisit(token)} token={token} />;
}
