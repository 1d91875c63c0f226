/** Why an agreement to a visit was not taken. */
export type AgreeRefusal =
  | "not_found"
  /** Something that is asked for was not agreed to, or is worded otherwise by now. */
  | "consents"
  /** The visit is over. */
  | "ended";
