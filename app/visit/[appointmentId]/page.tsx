import type { Metadata } from "next";
import { PatientVisit } from "@/components/visit/patient-visit";
import { loadPatientVisit } from "@/lib/visits/loaders";

export const metadata: Metadata = { robots: { index: false, follow: false } };

type Props = { params: Promise<{ appointmentId: string }>; searchParams: Promise<{ booked?: string }> };

/** A visit of the signed-in patient. */
export default async function VisitPage({ params, searchParams }: Props) {
  const visit = await loadPatientVisit((await params).appointmentId);
  return <PatientVisit visit={visit} token={undefined} justBooked={(await searchParams).booked === "1"} />;
}
