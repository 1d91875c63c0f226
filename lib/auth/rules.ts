import type { Role } from "@/lib/access/types";

/** Where somebody begins after signing in. */
export function homeOf(roles: readonly Role[]): string {
  if (roles.includes("practitioner")) return "/agenda";
  if (roles.includes("administrator")) return "/admin";
  return "/visits";
}

/** A path of ours to go on to, or undefined: never another site, never a path that a browser reads as one. */
export function safePath(next: string | undefined): string | undefined {
  return next && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) && !next.includes("\\") ? next : undefined;
}
