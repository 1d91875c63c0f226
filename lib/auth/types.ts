import type { Role } from "@/lib/access/types";

/** A user as the screens see one: never the hash, never the session's version. */
export type SignedInUser = { userId: string; name: string; email: string; roles: readonly Role[] };

export type InvitationRefusal = "link_invalid";
