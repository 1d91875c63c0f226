import { hasRole } from "@/lib/access/rules";
import type { Actor } from "@/lib/access/types";

/** Only administrators keep practitioners, visit types, users and settings; schedules are kept by schedulers too. */
export const canAdminister = (actor: Actor): boolean => hasRole(actor, "administrator");
