import type { Actor, UserActor } from "@/lib/access/types";
import { InvariantError } from "@/lib/core/errors";

/** Whoever is signed in keeps their own account, and no other. */
export const isUser = (actor: Actor): boolean => actor.kind === "user";

/** The same for what comes after that was asked. */
export function asUser(actor: Actor): UserActor {
  if (actor.kind !== "user") throw new InvariantError("nobody is signed in");
  return actor;
}
