import type { FormState } from "@/lib/core/form";

/** Why a conversation does not become a visit now. */
export type ChatVisitRefusal =
  | "not_found"
  /** The practitioner is in a visit, or about to be. */
  | "practitioner_busy"
  /** The patient has another visit at this time. */
  | "patient_busy"
  /** The practitioner's next visit begins in less than ten minutes. */
  | "too_short"
  | "no_guest_seat"
  /** The practitioner offers no kind of visit that can be booked. */
  | "not_offered";

/** What starting a video from a conversation ends with: where to go on. */
export type StartVideoState = FormState<ChatVisitRefusal> | { status: "made"; appointmentId: string };
