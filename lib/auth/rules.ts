import type { Temporal } from "temporal-polyfill";
import type { Role } from "@/lib/access/types";
import { LAST_SEEN_MINUTES, SESSION_LIMITS, type SessionLimits } from "./constants";

/** Where somebody begins after signing in. */
export function homeOf(roles: readonly Role[]): string {
  if (roles.includes("practitioner")) return "/agenda";
  if (roles.includes("administrator") || roles.includes("scheduler")) return "/admin";
  return "/visits";
}

/** Whether an account is more than a patient's: a link by mail is not enough for it. */
export const isStaff = (roles: readonly Role[]): boolean => roles.some((role) => role !== "patient");

/** Whether somebody signs in by a link from a mail: a patient, whose account is not closed. */
export const mayUseLink = ({ roles, disabledAt }: { roles: readonly Role[]; disabledAt: Date | null }) =>
  disabledAt === null && !isStaff(roles);

/** A name without what does not tell people apart: how its letters and spaces were written. */
export const foldName = (name: string) =>
  name.normalize("NFKC").trim().replace(/\s+/g, " ").toLocaleLowerCase("und");

/** A path of ours to go on to, or undefined: never another site, never a path that a browser reads as one. */
export function safePath(next: string | undefined): string | undefined {
  return next && /^\/(?![/\\])[\x21-\x7e]*$/.test(next) && !next.includes("\\") ? next : undefined;
}

/**
 * The roles that hold in a session. Where staff need a second step, somebody without one is none of the staff until they have set it up:
 * nothing but what is theirs as a patient is there for them.
 */
export const rolesInForce = (
  roles: readonly Role[],
  { hasSecondStep, required }: { hasSecondStep: boolean; required: boolean },
): readonly Role[] => (required && !hasSecondStep ? roles.filter((role) => role === "patient") : roles);

/** Roles that an OpenID provider's groups give, as the configuration says. */
export type RoleMapping = readonly { group: string; role: Role }[];

/** What somebody's groups at the provider mean here. */
export const rolesOfGroups = (groups: readonly string[], mapping: RoleMapping): readonly Role[] => [
  ...new Set(mapping.filter(({ group }) => groups.includes(group)).map(({ role }) => role)),
];

/**
 * The roles of an account after a sign-in by the provider. Roles that the mapping names come and go with the groups; the others are
 * the portal's own matter. Nobody becomes a practitioner without the practitioner that an administrator has made, and the clinic
 * always keeps its last administrator.
 */
export function rolesAfter(
  held: readonly Role[],
  groups: readonly string[],
  mapping: RoleMapping,
  { isPractitioner, isLastAdministrator }: { isPractitioner: boolean; isLastAdministrator: boolean },
): readonly Role[] {
  const granted = rolesOfGroups(groups, mapping).filter((role) => role !== "practitioner" || isPractitioner);
  const kept = held.filter(
    (role) =>
      !mapping.some((named) => named.role === role) ||
      granted.includes(role) ||
      (role === "administrator" && isLastAdministrator),
  );
  return [...kept, ...granted.filter((role) => !kept.includes(role))];
}

/** The limits of a session of somebody with these roles: the shortest of each, and a patient's for whoever has none. */
export function limitsOf(roles: readonly Role[]): SessionLimits {
  const limits = roles.length === 0 ? [SESSION_LIMITS.patient] : roles.map((role) => SESSION_LIMITS[role]);
  return {
    hours: Math.min(...limits.map(({ hours }) => hours)),
    idleMinutes: Math.min(...limits.map(({ idleMinutes }) => idleMinutes)),
  };
}

/**
 * Whether it is time to write down that a session was seen. Also where it was seen in the future, by a clock that has been set right
 * since: until then it would never be idle.
 */
export const isSeenAnew = (lastSeenAt: Temporal.Instant, now: Temporal.Instant): boolean =>
  now.since(lastSeenAt).abs().total("minutes") >= LAST_SEEN_MINUTES;
