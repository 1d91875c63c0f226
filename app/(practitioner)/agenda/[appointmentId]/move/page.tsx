import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type Query, singles } from "@/app/query";
import { MoveScreen } from "@/components/visit/staff/move-screen";
import { loadStaffMove } from "@/lib/visits/loaders/staff-visit";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("staff.move"))("heading") };
}

type Props = { params: Promise<{ appointmentId: string }>; searchParams: Promise<Query> };

export default async function AgendaMovePage({ params, searchParams }: Props) {
  const [{ appointmentId }, query] = await Promise.all([params, searchParams]);
  return <MoveScreen page={await loadStaffMove("agenda", appointmentId, singles(query))} />;
}
