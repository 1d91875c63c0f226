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
import { loadLinkedVisit } from "@/lib/visits/loaders/visit";
import type { Query } from "../../query";
import { newsOf } from "../../visit/news";

type Props = { params: Promise<{ token: string }>; searchParams: Promise<Query> };

/** Reads the visit itself, so that the neutral page has its own title and not that of a visit. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [visit, t] = await Promise.all([loadLinkedVisit((await params).token), getTranslations("visit")]);
  return {
    title: t("title", { practitioner: visit.practitionerName }),
    robots: { index: false, follow: false },
  };
}

/** A visit by its personal link. Expired, foreign and tampered links are one neutral page. */
export default async function PersonalLinkPage({ params, searchParams }: Props) {
  const { token } = await params;
  const visit = await loadLinkedVisit(token);
  const talk = await loadVisitTalk("patient", visit.appointmentId, token);
  const record = await loadPatientRecord(visit.appointmentId, token);
  return (
    <PatientVisit
      visit={visit}
      token={token}
      news={newsOf(await searchParams)}
      people={<PatientPeople visit={visit} token={token} />}
      chat={talk ? <VisitChat talk={talk} token={token} newClientId={newClientId()} /> : null}
      conversationId={talk?.conversation?.conversationId ?? null}
    >
      {visit.state.fromLine && visit.rights === "full" ? (
        <ClientMessages namespaces={["queue"]}>
          <BackToPlace initial={visit.state} token={token} />
        </ClientMessages>
      ) : null}
      {record ? <PatientRecord record={record} token={token} /> : null}
    </PatientVisit>
  );
}
