import { ClientMessages } from "@/components/layout/client-messages";
import { DutyPanel } from "@/components/queue/duty-panel";
import { HandoverOffers } from "@/components/visit/people/handover-offers";
import { loadDuty } from "@/lib/queue/loaders/duty";
import { loadHandovers } from "@/lib/visits/loaders/handover";

/**
 * What a practitioner is asked, whatever page of the staff's they are on: patients from the line, and visits that colleagues hand over.
 * In a layout, so that it goes on from page to page: whoever opens another page for a while is still on duty, and is still rung.
 */
export async function PractitionerAsks() {
  const [duty, handovers] = await Promise.all([loadDuty(), loadHandovers()]);
  return (
    <ClientMessages namespaces={["queue", "people"]}>
      <DutyPanel initial={duty} />
      <HandoverOffers initial={handovers} />
    </ClientMessages>
  );
}
