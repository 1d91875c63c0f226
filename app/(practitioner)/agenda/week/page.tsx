import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type Query, single } from "@/app/query";
import { TurnPage } from "@/components/visit/day/turn-page";
import { WeekScreen } from "@/components/visit/day/week-screen";
import { loadAgendaWeek } from "@/lib/visits/loaders/agenda";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("day.week"))("title") };
}

type Props = { searchParams: Promise<Query> };

export default async function AgendaWeekPage({ searchParams }: Props) {
  const date = single((await searchParams).date);
  const week = await loadAgendaWeek(date);
  return (
    <>
      {date === undefined ? <TurnPage liveKey={`agenda-week:${week.from}`} initial={week} /> : null}
      <WeekScreen week={week} />
    </>
  );
}
