/**
 * Everything that is written into the trail. The union makes the compiler demand the right facts for each action; none of
 * them is clinical, a name, an address or a token.
 */
export type AuditAction =
  | { action: "session.started"; details: { method: "password" | "invitation" | "setup" } }
  | { action: "session.refused"; details: { reason: string } }
  | { action: "session.ended"; details: Record<never, never> }
  | { action: "user.created"; details: { roles: readonly string[] } }
  | { action: "user.invited"; details: Record<never, never> }
  | { action: "user.password_set"; details: Record<never, never> }
  | { action: "setup_link.created"; details: Record<never, never> }
  | { action: "appointment.booked"; details: { by: "guest" | "account" } }
  | { action: "appointment.read"; details: { as: "patient" | "practitioner" } }
  | { action: "encounter.arrived"; details: Record<never, never> }
  | { action: "encounter.started"; details: Record<never, never> }
  | { action: "encounter.finished"; details: Record<never, never> }
  | { action: "conference.link_minted"; details: { as: "patient" | "practitioner" } }
  | { action: "practitioner.created"; details: Record<never, never> }
  | { action: "practitioner.changed"; details: { fields: readonly string[] } }
  | { action: "practitioner.hours_changed"; details: { rules: number } }
  | { action: "visit_type.created"; details: Record<never, never> }
  | { action: "visit_type.changed"; details: { fields: readonly string[] } };

/** Who did it. People stand in the trail by their pseudonyms, so that erasing somebody breaks no hash. */
export type AuditActor =
  | { kind: "user"; pseudonym: string }
  | { kind: "link"; pseudonym: string }
  | { kind: "anonymous" }
  | { kind: "system" };

export type AuditEntity = {
  type: "appointment" | "encounter" | "user" | "practitioner" | "visit_type" | "session";
  id: string;
};

export type AuditInput = AuditAction & {
  actor: AuditActor;
  outcome: "success" | "refused";
  /** Whose record or account it concerns: a pseudonym. It chooses the hash chain. */
  subject: string | undefined;
  entity: AuditEntity | undefined;
  /** The client's address, where known. */
  address?: string | undefined;
};
