import type { Role } from "@/lib/access/types";

/** A user as the screens see one: never the hash, never the session's version. */
export type SignedInUser = { userId: string; name: string; email: string; roles: readonly Role[] };

/** Why a sign-in was refused. One reason for an unknown address, a wrong password and a disabled account. */
export type SignInRefusal = "wrong_credentials" | "too_many_attempts";

export type InvitationRefusal = "link_invalid";
