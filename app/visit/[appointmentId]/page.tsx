import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/layout/client-messages";
import { VisitChat } from "@/components/messaging/visit-chat";
import { BackToPlace } from "@/components/queue/back-to-place";
import { PatientRecord } from "@/components/records/patient-record";
import { PatientVisit } from "@/components/visit/patient-visit";
import { PatientPeople } from "@/components/visit/people/patient-people";
import { loadPatientRecord } from "@/lib/records/loaders";
import { loadVisitTalk, newClientId } from "@/lib/visits/loaders/conversation";
import { loadPatientVisit } from "@/lib/visits/loaders/visit";
import type { Query } from "../../query";
import { newsOf } from "../news";

type Props = { params: Promise<{ appointmentId: string }>; searchParams: Promise<Query> };

/** Reads the visit itself, so that the neutral page has its own title and not that of a visit. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { appointmentId } = await params;
  const [visit, t] = await Promise.all([loadPatientVisit(appointmentId), getTranslations("visit")]);
  return {
    title: t("title", { practitioner: visit.practitionerName }),
    robots: { index: false, follow: false },
  };
}

/** A visit of the signed-in patient. */
export default async function VisitPage({ params, searchParams }: Props) {
  const visit = await loadPatientVisit((await params).appointmentId);
  const talk = await loadVisitTalk("patient", visit.appointmentId, undefined);
  const record = await loadPatientRecord(visit.appointmentId, undefined);
  return (
    <PatientVisit
      visit={visit}
      token={undefined}
      news={newsOf(await searchParams)}
      people={<PatientPeople visit={visit} token={undefined} />}
      chat={talk ? <VisitChat talk={talk} token={undefined} newClientId={newClientId()} /> : null}
      conversationId={talk?.conversation?.conversationId ?? null}
    >
      {visit.state.fromLine && visit.rights === "full" ? (
        <ClientMessages namespaces={["queue"]}>
          <BackToPlace initial={visit.state} token={undefined} />
        </ClientMessages>
      ) : null}
      {record ? <PatientRecord record={record} token={undefined} /> : null}
    </PatientVisit>
  );
}
