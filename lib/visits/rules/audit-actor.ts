import type { Actor } from "@/lib/access/types";
import type { AuditActor } from "@/lib/audit/types";

/** An actor as the trail names one: by pseudonym, or not at all. */
export function auditActor(actor: Actor): AuditActor {
  switch (actor.kind) {
    case "user":
      return { kind: "user", pseudonym: actor.pseudonym };
    case "link":
      return { kind: "link", pseudonym: actor.patientPseudonym };
    case "anonymous":
    case "system":
      return { kind: actor.kind };
  }
}
