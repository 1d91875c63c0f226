/** The two who write to each other. */
export type Side = "patient" | "practitioner";

/** Why a message was not sent. */
export type SendRefusal =
  | "not_found"
  /** There is nothing in it but white space. */
  | "empty"
  | "too_long"
  /** More within a minute than anybody types. */
  | "too_many";

/** Why a conversation was not opened. */
export type OpenRefusal =
  /** The two have never had a visit with each other, or whoever asks is neither of them. */
  "not_found";
