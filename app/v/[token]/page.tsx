import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PatientVisit } from "@/components/visit/patient-visit";
import { loadLinkedVisit } from "@/lib/visits/loaders/visit";

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ booked?: string }> };

/** Reads the visit itself, so that the neutral page has its own title and not that of a visit. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [visit, t] = await Promise.all([loadLinkedVisit((await params).token), getTranslations("visit")]);
  return {
    title: t("title", { practitioner: visit.practitionerName }),
    robots: { index: false, follow: false },
  };
}

/** A visit by its personal link. Expired, foreign and tampered links are one neutral page. */
export default async function PersonalLinkPage({ params, searchParams }: Props) {
  const { token } = await params;
  const visit = await loadLinkedVisit(token);
  return <PatientVisit visit={visit} token={token} justBooked={(await searchParams).booked === "1"} />;
}
