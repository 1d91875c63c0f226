/** Why an answer to the question whether a visit may be recorded was not taken. */
export type RecordingRefusal =
  | "not_found"
  /** The clinic does not record visits. */
  | "not_offered"
  /** Another text was published since this one was read. */
  | "outdated"
  /** The visit has begun: a recording never begins in the midst of it. */
  | "started"
  /** It is over. */
  | "ended";

/** What pages say of a visit's recording. */
export type RecordingState = {
  /** The clinic records visits, and asks. */
  isOffered: boolean;
  isAgreed: boolean;
  /** The video server records it, or does so as soon as the visit begins. */
  isOn: boolean;
};

/** What the patient is asked to agree to, in the reader's language. */
export type RecordingTextDto = { consentTextId: string; version: number; paragraphs: string[] };
