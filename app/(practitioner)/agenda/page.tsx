import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/layout/client-messages";
import { DutyPanel } from "@/components/queue/duty-panel";
import { AgendaScreen } from "@/components/visit/agenda-screen";
import { loadDuty } from "@/lib/queue/loaders/duty";
import { loadAgenda } from "@/lib/visits/loaders/agenda";
import { loadHandovers } from "@/lib/visits/loaders/handover";

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
      handovers={await loadHandovers()}
      duty={
        <ClientMessages namespaces={["queue"]}>
          <DutyPanel initial={await loadDuty()} />
        </ClientMessages>
      }
    />
  );
}
