import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type Query, single } from "@/app/query";
import { StaffVisitScreen } from "@/components/visit/staff/staff-visit-screen";
import { loadStaffVisit } from "@/lib/visits/loaders/staff-visit";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("staff.visit"))("title") };
}

type Props = { params: Promise<{ appointmentId: string }>; searchParams: Promise<Query> };

export default async function ClinicVisitPage({ params, searchParams }: Props) {
  const [{ appointmentId }, { done }] = await Promise.all([params, searchParams]);
  return <StaffVisitScreen visit={await loadStaffVisit("admin", appointmentId)} done={single(done)} />;
}
