import type { Role } from "@/lib/access/types";

/** Whoever works at the clinic signs in with the account for it, though what they are as patients is erased. */
export const isStaff = (roles: readonly Role[]): boolean => roles.some((role) => role !== "patient");

/**
 * Whether an account outlives the erasure of what somebody is as a patient: they work with it, or it is a practitioner's, whose visits are
 * figures for good. The latter is not said by roles alone, which a provider's groups take away at any sign-in.
 */
export const isAccountKept = (account: { roles: readonly Role[]; practitioner: object | null }): boolean =>
  isStaff(account.roles) || account.practitioner !== null;
