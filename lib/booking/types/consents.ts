import type { MomentDto } from "@/lib/time/format";
import type { ConsentKind } from "./intake";

/** One consent as whoever gave it reads it: in the words, and the language, in which it was given. */
export type OwnConsentDto = {
  consentId: string;
  kind: ConsentKind;
  version: number;
  agreedOn: string;
  withdrawnOn: string | null;
  locale: string;
  paragraphs: string[];
};

/** A visit with what was agreed to for it. */
export type ConsentedVisitDto = {
  appointmentId: string;
  practitionerName: string;
  starts: MomentDto;
  /** A recording that was agreed to can still be taken back, on the page of the visit. */
  canWithdraw: boolean;
  consents: OwnConsentDto[];
};
