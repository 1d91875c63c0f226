import { hasRole } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";

/** Only administrators decide how long the clinic keeps what. */
export const canSetPeriods = (actor: Actor): boolean => hasRole(actor, "administrator");
