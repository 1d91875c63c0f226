import type { Prisma } from "@/lib/db/generated/client";

/**
 * What somebody may do. Schedulers keep the clinic's schedules and bookings, administrators the clinic itself as well; neither sees
 * anything clinical.
 */
export type Role = "patient" | "practitioner" | "scheduler" | "administrator";

/** The address of the request with which somebody acts, as far as it is known: the trail has it with everything that they do. */
type FromWhere = { address?: string | undefined };

/** Somebody signed in, as the database said during this request: never as a cookie claims. */
export type UserActor = {
  kind: "user";
  userId: string;
  sessionId: string;
  roles: readonly Role[];
  /** Set when the user is a practitioner, or a patient with visits. */
  practitionerId: string | undefined;
  patientId: string | undefined;
  pseudonym: string;
} & FromWhere;

/** Somebody who holds the personal link of one appointment, and nothing else. */
export type LinkActor = { kind: "link"; appointmentId: string; patientPseudonym: string } & FromWhere;

export type AnonymousActor = { kind: "anonymous" } & FromWhere;

/** The portal itself: a job, the seed, the command line. */
export type SystemActor = { kind: "system" };

export type Actor = UserActor | LinkActor | AnonymousActor | SystemActor;

declare const scoped: unique symbol;

/**
 * A row filter that only `lib/access` can make. Reads of personal rows take one, so that a query without a scope does not
 * compile: what is not yours is not found.
 */
export type AppointmentScope = Prisma.AppointmentWhereInput & { readonly [scoped]: "appointment" };

/** The same for conversations. */
export type ConversationScope = Prisma.ConversationWhereInput & { readonly [scoped]: "conversation" };

/** The same for records opened by break-glass. */
export type EmergencyScope = Prisma.EmergencyAccessWhereInput & { readonly [scoped]: "emergency" };

/** The same for patients who are looked up, or spoken for. */
export type PatientScope = Prisma.PatientWhereInput & { readonly [scoped]: "patient" };

/** The same for personal links: what gives the right is the token that somebody holds. */
export type LinkScope = Prisma.AccessLinkWhereInput & { readonly [scoped]: "link" };

/**
 * Somebody whose data the portal itself gathers or removes, since they have asked: the account, its own patient and those for whom it
 * speaks, and what stands for them in the trail.
 */
export type PersonScope = {
  readonly userId: string;
  readonly patientIds: readonly string[];
  readonly pseudonyms: readonly string[];
  readonly [scoped]: "person";
};

/** The same for accounts. */
export type AccountScope = Prisma.UserWhereInput & { readonly [scoped]: "account" };
