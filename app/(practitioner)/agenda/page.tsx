import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type Query, single } from "@/app/query";
import { AgendaScreen } from "@/components/visit/agenda-screen";
import { TurnPage } from "@/components/visit/day/turn-page";
import { loadAgenda } from "@/lib/visits/loaders/agenda";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("agenda"))("title") };
}

type Props = { searchParams: Promise<Query> };

export default async function AgendaPage({ searchParams }: Props) {
  const date = single((await searchParams).date);
  const agenda = await loadAgenda(date);
  return (
    <>
      {date === undefined ? <TurnPage liveKey={`agenda:${agenda.date}`} initial={agenda} /> : null}
      <AgendaScreen agenda={agenda} selectedId={undefined} />
    </>
  );
}
