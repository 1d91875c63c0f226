/** Why a visit was not handed over. */
export type HandoverRefusal =
  | "not_found"
  /** The visit is over, or its time has not come. */
  | "ended"
  /** It is offered to somebody already. */
  | "already_offered"
  /** Not a practitioner who works here, or the one who has it. */
  | "unknown_practitioner"
  /** The colleague is in a visit at the moment. */
  | "practitioner_busy"
  /** One guest more than the licence has seats at that time. */
  | "no_guest_seat"
  /** The offer is not open any more. */
  | "offer_ended";

/** A visit that is offered to a colleague. */
export type HandoverDto = {
  handoverId: string;
  appointmentId: string;
  patientName: string;
  visitType: string;
  startTime: string;
  fromName: string;
  toName: string;
  /** What the one says to the other. */
  note: string | null;
  isInProgress: boolean;
};

/** What colleagues offer to the reader, and the reader to them. */
export type HandoversDto = { offeredToMe: HandoverDto[]; offeredByMe: HandoverDto[] };

/** Somebody to whom a visit can be handed. */
export type ColleagueDto = { practitionerId: string; name: string; specialty: string };
