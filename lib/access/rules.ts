import type { AuditActor } from "@/lib/audit/types";
import type { Prisma } from "@/lib/db/generated/client";
import type { Actor, AppointmentScope, ConversationScope, PatientScope, Role } from "./types";

/** Matches no row: the filter of whoever may see nothing. */
const NOTHING: Prisma.AppointmentWhereInput = { id: { in: [] } };

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
  return (practitionerId ? { practitionerId } : NOTHING) as AppointmentScope;
}

/**
 * The appointments whose time, practitioner and standing an actor keeps as staff: all of them for schedulers and administrators,
 * their own for practitioners. It opens nothing clinical: who reads the visit itself asks {@link appointmentScope}.
 */
export function schedulingScope(actor: Actor): AppointmentScope {
  return keepsAllSchedules(actor) ? ({} as AppointmentScope) : practitionerScope(actor);
}

/**
 * The patients whom an actor may look up to book for them: all of them for schedulers and administrators, for practitioners those
 * who have had a visit with them or will. What a patient never took, an offer of the waitlist, makes nobody known.
 */
export function lookUpScope(actor: Actor): PatientScope {
  if (keepsAllSchedules(actor)) return {} as PatientScope;
  const own = { AND: [practitionerScope(actor), { status: { not: "pending" as const } }] };
  return { appointments: { some: own } } as PatientScope;
}

/**
 * The appointments of the patient that an actor is or speaks for: signed in, as the contact of somebody without an account, or by
 * personal link.
 */
export function patientScope(actor: Actor): AppointmentScope {
  if (actor.kind === "link") return { id: actor.appointmentId } as AppointmentScope;
  if (actor.kind !== "user") return NOTHING as AppointmentScope;
  const spokenFor = { patient: { contactUserId: actor.userId } };
  return (
    actor.patientId ? { OR: [{ patientId: actor.patientId }, spokenFor] } : spokenFor
  ) as AppointmentScope;
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
    return isOne ? { practitionerId: isOne } : { id: { in: [] } };
  }
  if (actor.kind === "link") {
    const appointments = { some: { id: actor.appointmentId } };
    return { patient: { appointments }, practitioner: { appointments } };
  }
  if (actor.kind !== "user") return { id: { in: [] } };
  const spokenFor = { patient: { contactUserId: actor.userId } };
  return actor.patientId ? { OR: [{ patientId: actor.patientId }, spokenFor] } : spokenFor;
}

function participantFilter(actor: Actor): Prisma.AppointmentWhereInput {
  switch (actor.kind) {
    case "system":
      return {};
    case "anonymous":
      return NOTHING;
    case "link":
    case "user":
      return { OR: [patientScope(actor), practitionerScope(actor)] };
  }
}

/** An actor as the trail names one: by pseudonym, or not at all. */
export function auditActor(actor: Actor): AuditActor {
  switch (actor.kind) {
    case "user":
      return { kind: "user", pseudonym: actor.pseudonym };
    case "link":
      return { kind: "link", pseudonym: actor.patientPseudonym };
    case "anonymous":
    case "system":
      return { kind: actor.kind };
  }
}
