import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type Query, single } from "@/app/query";
import { AgendaScreen } from "@/components/visit/agenda-screen";
import { AgendaVisit } from "@/components/visit/agenda-visit";
import { loadAgenda, loadPractitionerVisit } from "@/lib/visits/loaders/agenda";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("agenda"))("title") };
}

type Props = { params: Promise<{ appointmentId: string }>; searchParams: Promise<Query> };

export default async function AgendaVisitPage({ params, searchParams }: Props) {
  const visit = await loadPractitionerVisit((await params).appointmentId);
  const agenda = await loadAgenda(visit.date);
  return (
    <AgendaScreen agenda={agenda} selectedId={visit.appointmentId}>
      <AgendaVisit visit={visit} agenda={agenda} done={single((await searchParams).done)} />
    </AgendaScreen>
  );
}
