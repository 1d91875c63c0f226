import { hasRole } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";

/** Only administrators keep practitioners, visit types and hours. */
export const canAdminister = (actor: Actor): boolean => hasRole(actor, "administrator");
