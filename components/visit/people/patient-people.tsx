import { ClientMessages } from "@/components/layout/client-messages";
import { Card } from "@/components/ui/card";
import type { PatientVisitDto } from "@/lib/visits/types/visit";
import { PeoplePanel } from "./people-panel";

/** Who takes part in a patient's visit, and the way to ask somebody in, while it is to come or goes on. */
export function PatientPeople({ visit, token }: { visit: PatientVisitDto; token: string | undefined }) {
  const isOpen = ["booked", "waiting", "in_progress"].includes(visit.state.phase);
  if (!isOpen || visit.rights !== "full") return null;
  return (
    <Card>
      <ClientMessages namespaces={["people"]}>
        <PeoplePanel initial={visit.state} token={token} as="patient" />
      </ClientMessages>
    </Card>
  );
}
