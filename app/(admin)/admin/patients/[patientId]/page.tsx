import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type Query, single } from "@/app/query";
import { PatientScreen } from "@/components/privacy/patient-screen";
import { loadPatientPage } from "@/lib/privacy/loaders/staff";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy.contact"))("title") };
}

type Props = { params: Promise<{ patientId: string }>; searchParams: Promise<Query> };

/** Who a patient is and how they are reached, and what they ask the clinic itself for about their data. */
export default async function PatientPage({ params, searchParams }: Props) {
  const [{ patientId }, { done }] = await Promise.all([params, searchParams]);
  return <PatientScreen page={await loadPatientPage(patientId)} isDone={single(done) === "corrected"} />;
}
