import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { type Query, single } from "@/app/query";
import { ClientMessages } from "@/components/layout/client-messages";
import { VisitChat } from "@/components/messaging/visit-chat";
import { VisitRecord } from "@/components/records/visit-record";
import { AgendaScreen } from "@/components/visit/agenda-screen";
import { AgendaVisit } from "@/components/visit/agenda-visit";
import { HandOver } from "@/components/visit/people/hand-over";
import { PeoplePanel } from "@/components/visit/people/people-panel";
import { loadVisitRecord } from "@/lib/records/loaders";
import { loadAgenda, loadPractitionerVisit } from "@/lib/visits/loaders/agenda";
import { loadVisitTalk, newClientId } from "@/lib/visits/loaders/conversation";
import { loadColleagues, loadHandovers } from "@/lib/visits/loaders/handover";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("agenda"))("title") };
}

type Props = { params: Promise<{ appointmentId: string }>; searchParams: Promise<Query> };

export default async function AgendaVisitPage({ params, searchParams }: Props) {
  const visit = await loadPractitionerVisit((await params).appointmentId);
  const agenda = await loadAgenda(visit.date);
  const [handovers, colleagues] = [await loadHandovers(), await loadColleagues()];
  const talk = await loadVisitTalk("practitioner", visit.appointmentId, undefined);
  const record = await loadVisitRecord(visit.appointmentId);
  return (
    <AgendaScreen agenda={agenda} selectedId={visit.appointmentId}>
      <AgendaVisit
        visit={visit}
        agenda={agenda}
        done={single((await searchParams).done)}
        people={
          <ClientMessages namespaces={["people"]}>
            <PeoplePanel
              key={visit.appointmentId}
              initial={visit.state}
              token={undefined}
              as="practitioner"
            />
            <HandOver state={visit.state} colleagues={colleagues} initial={handovers} />
          </ClientMessages>
        }
        hasTalk={Boolean(talk?.conversation)}
      >
        {record ? <VisitRecord record={record} state={visit.state} /> : null}
        {talk ? <VisitChat talk={talk} token={undefined} newClientId={newClientId()} /> : null}
      </AgendaVisit>
    </AgendaScreen>
  );
}
