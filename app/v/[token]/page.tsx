import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { PatientVisit } from "@/components/visit/patient-visit";
import { loadLinkedVisit } from "@/lib/visits/loaders";

export const metadata: Metadata = { robots: { index: false, follow: false } };

type Props = { params: Promise<{ token: string }>; searchParams: Promise<{ booked?: string }> };

/** A visit by its personal link. Expired, foreign and tampered links are one neutral page. */
export default async function PersonalLinkPage({ params, searchParams }: Props) {
  const { token } = await params;
  const visit = await loadLinkedVisit(token);
  if (!visit) notFound();
  return <PatientVisit visit={visit} token={token} justBooked={(await searchParams).booked === "1"} />;
}
