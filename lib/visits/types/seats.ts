/** Who holds the guest seats of the licence at this moment, for a practitioner whose visit found none left. */
export type SeatsDto = {
  /** As the clinic has told the portal; nothing where only TrueConf knows. */
  limit: number | null;
  /**
   * Visits in progress, and those whose practitioner is being rung; times in the practitioner's zone. Whose patients they are is nobody's
   * business here.
   */
  visits: { key: string; practitionerName: string; from: string; to: string; seats: number }[];
  /**
   * This practitioner's TrueConf account, under which a visit takes one seat less: used for it, at hand, of no help while not even that
   * many are left, or not there.
   */
  account: "used" | "at_hand" | "no_help" | "none";
};
