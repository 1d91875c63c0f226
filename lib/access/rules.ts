import type { Temporal } from "temporal-polyfill";
import type { AuditActor } from "@/lib/audit/types";
import type { AccessPurpose, Prisma } from "@/lib/db/generated/client";
import { hashToken, isToken } from "@/lib/security/tokens";
import { toDate } from "@/lib/time/instant";
import type {
  AccountScope,
  Actor,
  AppointmentScope,
  ConversationScope,
  EmergencyScope,
  LinkScope,
  PatientScope,
  PersonScope,
  Role,
  UserActor,
} from "./types";

/** Matches no row: the filter of whoever may see nothing. */
const nothing = <Filter extends { id?: unknown }>() => ({ id: { in: [] } }) as { id: unknown } as Filter;

/**
 * Of people who were not erased. What the clinic must still keep of those who were is on nobody's screen: neither the practitioner's
 * who wrote it, nor an administrator's.
 */
const KNOWN = { patient: { erasureId: null } } as const satisfies Prisma.AppointmentWhereInput;

export const hasRole = (actor: Actor, role: Role): boolean =>
  actor.kind === "user" && actor.roles.includes(role);

/** Whether somebody keeps every practitioner's schedule and bookings. */
export const keepsAllSchedules = (actor: Actor): boolean =>
  hasRole(actor, "scheduler") || hasRole(actor, "administrator");

/**
 * The appointments whose visit an actor takes part in: a patient's own, a practitioner's own, or the one of a personal
 * link. Schedulers and administrators take part in none.
 */
export function appointmentScope(actor: Actor): AppointmentScope {
  return participantFilter(actor) as AppointmentScope;
}

/** The appointments in which the actor is the practitioner; the portal itself acts in every practitioner's place. */
export function practitionerScope(actor: Actor): AppointmentScope {
  if (actor.kind === "system") return {} as AppointmentScope;
  const practitionerId =
    actor.kind === "user" && hasRole(actor, "practitioner") ? actor.practitionerId : undefined;
  return practitionerId ? ({ practitionerId, ...KNOWN } as AppointmentScope) : nothing();
}

/**
 * The appointments whose time, practitioner and standing an actor keeps as staff: all of them for schedulers and administrators,
 * their own for practitioners. It opens nothing clinical: who reads the visit itself asks {@link appointmentScope}.
 */
export function schedulingScope(actor: Actor): AppointmentScope {
  return keepsAllSchedules(actor) ? (KNOWN as AppointmentScope) : practitionerScope(actor);
}

/**
 * The patients whom an actor may look up to book for them: all of them for schedulers and administrators, for practitioners those
 * who have had a visit with them or will. What a patient never took, an offer of the waitlist, makes nobody known.
 */
export function lookUpScope(actor: Actor): PatientScope {
  if (keepsAllSchedules(actor)) return KNOWN.patient as PatientScope;
  const own = { AND: [practitionerScope(actor), { status: { not: "pending" as const } }] };
  return { appointments: { some: own } } as PatientScope;
}

/**
 * The patients whose wishes and places in a line an actor keeps as staff: all of them for schedulers, administrators and the portal
 * itself, else none.
 */
export function keptPatientScope(actor: Actor): PatientScope {
  return actor.kind === "system" || keepsAllSchedules(actor) ? ({} as PatientScope) : nothing();
}

/** The patients for whom an actor speaks: themselves, and those without an account whose contact they are. */
export function ownPatientScope(actor: Actor): PatientScope {
  if (actor.kind !== "user") return nothing();
  const { userId } = actor;
  return { OR: [{ userId }, { contactUserId: userId }] } as PatientScope;
}

/** The patients without an account for whom an actor speaks. */
export function dependantScope(actor: Actor): PatientScope {
  return actor.kind === "user" ? ({ contactUserId: actor.userId } as PatientScope) : nothing();
}

/** The accounts that an actor keeps: all of them for administrators, else none. */
export function accountScope(actor: Actor): AccountScope {
  return hasRole(actor, "administrator") ? ({} as AccountScope) : nothing();
}

/** The account of whoever is signed in. */
export function ownAccountScope(actor: Pick<UserActor, "userId">): AccountScope {
  return { id: actor.userId } as AccountScope;
}

/**
 * One person, with everything of theirs. Unscoped: for the jobs that make an export or carry out an erasure, in which nobody is signed
 * in, and for who decides about one.
 */
export const unsafePersonScope = (person: Omit<PersonScope, symbol>): PersonScope => person as PersonScope;

/** The personal link that a token is of, for one purpose, unless it was revoked: none for what is no token of ours. */
export function linkScope(purpose: AccessPurpose, token: string | undefined): LinkScope {
  return isToken(token)
    ? ({ tokenHash: hashToken(token), purpose, revokedAt: null } as LinkScope)
    : nothing();
}

/** The calendar that somebody has made to subscribe to: the account's own, or that of a personal link's patient without an account. */
export function calendarScope(actor: Actor): LinkScope {
  const live = { purpose: "calendar", revokedAt: null } as const;
  if (actor.kind === "user") return { ...live, userId: actor.userId } as LinkScope;
  if (actor.kind !== "link") return nothing();
  const appointments = { some: { id: actor.appointmentId } };
  return { ...live, patient: { userId: null, contactUserId: null, appointments } } as LinkScope;
}

/**
 * The appointments of the patient that an actor is or speaks for: signed in, as the contact of somebody without an account, or by
 * personal link.
 */
export function patientScope(actor: Actor): AppointmentScope {
  if (actor.kind === "link") return { id: actor.appointmentId } as AppointmentScope;
  if (actor.kind !== "user") return nothing();
  const spokenFor = { patient: { contactUserId: actor.userId } };
  return (
    actor.patientId ? { OR: [{ patientId: actor.patientId }, spokenFor] } : spokenFor
  ) as AppointmentScope;
}

/** The appointments in which an actor stands on one side. */
export const sideScope = (actor: Actor, side: "patient" | "practitioner"): AppointmentScope =>
  side === "patient" ? patientScope(actor) : practitionerScope(actor);

/** Fewer appointments than a scope has. A scope is only ever narrowed, and only here. */
export const within = (scope: AppointmentScope, filter: Prisma.AppointmentWhereInput): AppointmentScope =>
  ({ AND: [scope, filter] }) as unknown as AppointmentScope;

/**
 * The accesses by break-glass that an actor holds at a moment: their own, not given back, not over, and theirs only as long as the clinic
 * lets them work. The database looks at each with every reading.
 */
export function emergencyScope(actor: Actor, now: Temporal.Instant): EmergencyScope {
  const practitionerId =
    actor.kind === "user" && hasRole(actor, "practitioner") ? actor.practitionerId : undefined;
  if (!practitionerId) return nothing();
  return {
    practitionerId,
    endedAt: null,
    expiresAt: { gt: toDate(now) },
    practitioner: { active: true, user: { disabledAt: null, roles: { has: "practitioner" } } },
  } as EmergencyScope;
}

/** The appointments that one of these accesses opens: every one of its patients', with whomever, that was more than an offer. */
export function breakGlassScope(actor: Actor, accessId: string, now: Temporal.Instant): AppointmentScope {
  const access = { AND: [emergencyScope(actor, now), { id: accessId }] };
  return {
    status: { not: "pending" },
    patient: { emergencies: { some: { access } } },
  } as AppointmentScope;
}

/**
 * The conversations in which an actor writes on one side. A personal link opens that of its visit's two; administrators, and the
 * portal itself, write in none.
 */
export function conversationScope(actor: Actor, side: "patient" | "practitioner"): ConversationScope {
  return conversationFilter(actor, side) as ConversationScope;
}

function conversationFilter(actor: Actor, side: "patient" | "practitioner"): Prisma.ConversationWhereInput {
  if (side === "practitioner") {
    const isOne = actor.kind === "user" && hasRole(actor, "practitioner") && actor.practitionerId;
    return isOne ? { practitionerId: isOne, ...KNOWN } : nothing();
  }
  if (actor.kind === "link") {
    const appointments = { some: { id: actor.appointmentId } };
    return { patient: { appointments }, practitioner: { appointments } };
  }
  if (actor.kind !== "user") return nothing();
  const spokenFor = { patient: { contactUserId: actor.userId } };
  return actor.patientId ? { OR: [{ patientId: actor.patientId }, spokenFor] } : spokenFor;
}

function participantFilter(actor: Actor): Prisma.AppointmentWhereInput {
  switch (actor.kind) {
    case "system":
      return {};
    case "anonymous":
      return nothing();
    case "link":
    case "user":
      return { OR: [patientScope(actor), practitionerScope(actor)] };
  }
}

/** An actor as the trail names one: by pseudonym, or not at all, and from where. */
export function auditActor(actor: Actor): AuditActor {
  switch (actor.kind) {
    case "user":
      return { kind: "user", pseudonym: actor.pseudonym, address: actor.address };
    case "link":
      return { kind: "link", pseudonym: actor.patientPseudonym, address: actor.address };
    case "anonymous":
      return { kind: "anonymous", address: actor.address };
    case "system":
      return { kind: "system" };
  }
}
