import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CheckScreen } from "@/components/visit/check/check-screen";
import { loadPatientVisit } from "@/lib/visits/loaders/visit";

type Props = { params: Promise<{ appointmentId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("check");
  return { title: t("title"), robots: { index: false, follow: false } };
}

/** The device check for a visit of the signed-in patient. */
export default async function VisitCheckPage({ params }: Props) {
  const visit = await loadPatientVisit((await params).appointmentId);
  return <CheckScreen visit={visit} token={undefined} />;
}
