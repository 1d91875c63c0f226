import type { Role } from "@/lib/access/types";

/** How long a set-up link can be used, in hours. */
export const SETUP_LINK_HOURS = 24;

/** The roles that administrators give and take. Patients and practitioners are such by their own records. */
export const GIVEN_ROLES = ["scheduler", "administrator"] as const satisfies readonly Role[];
