import type { Role } from "@/lib/access/types";

/** Whoever works at the clinic keeps the account for it, though what they are as patients is erased. */
export const isStaff = (roles: readonly Role[]): boolean => roles.some((role) => role !== "patient");
