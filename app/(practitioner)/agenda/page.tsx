import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AgendaScreen } from "@/components/visit/agenda-screen";
import { loadAgenda } from "@/lib/visits/loaders/agenda";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("agenda"))("title") };
}

type Props = { searchParams: Promise<{ date?: string | string[] }> };

export default async function AgendaPage({ searchParams }: Props) {
  const { date } = await searchParams;
  return (
    <AgendaScreen
      agenda={await loadAgenda(typeof date === "string" ? date : undefined)}
      selectedId={undefined}
    />
  );
}
