import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { CancelScreen } from "@/components/visit/staff/cancel-screen";
import { loadStaffVisit } from "@/lib/visits/loaders/staff-visit";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("staff.cancel"))("heading") };
}

type Props = { params: Promise<{ appointmentId: string }> };

export default async function AgendaCancelPage({ params }: Props) {
  return <CancelScreen visit={await loadStaffVisit("agenda", (await params).appointmentId)} />;
}
