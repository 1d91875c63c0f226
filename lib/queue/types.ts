/** Why nobody was put into the queue. */
export type JoinQueueRefusal =
  /** No such kind of visit is offered at once by anybody of this specialty. */
  | "not_offered"
  /** They wait already. */
  | "already_waiting"
  | "answers"
  | "consents"
  | "unknown_patient";

/** Why an offered visit was not taken. */
export type AnswerRefusal =
  | "not_found"
  /** Its time ran out, or the patient has gone. */
  | "offer_ended"
  /** In a visit, or about to be. */
  | "practitioner_busy"
  | "patient_busy"
  /** The practitioner's next visit begins too soon. */
  | "too_short"
  | "no_guest_seat"
  | "not_offered";
