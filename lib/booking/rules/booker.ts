import type { AuditActor } from "@/lib/audit/types";
import type { Booker } from "../types/booking";

/** Who reaches a booking by its personal link alone. */
export const hasNoAccount = ({ kind }: Booker): boolean => kind === "guest" || kind === "link";

/** As whom the trail has somebody who books. */
export function bookerActor(booker: Booker): AuditActor {
  switch (booker.kind) {
    case "account":
      return { kind: "user", pseudonym: booker.pseudonym };
    case "staff":
      return booker.actor;
    case "link":
      return { kind: "link", pseudonym: booker.patient.pseudonym };
    case "guest":
      return { kind: "anonymous" };
  }
}
