/** Whose visits a calendar shows: all of an account's, as patient, as contact and as practitioner, or one patient's without an account. */
export type FeedOwner = { userId: string } | { patientId: string };

/** Why a calendar could not be made. */
export type FeedRefusal =
  /** There is one already, whose address nobody knows any more: it is to be stopped first. */
  | "exists"
  /** Not somebody who can have one. */
  | "not_found";

/** The calendar's address, shown this once. */
export type FeedAddressDto = {
  /** For programs that ask for an address. */
  url: string;
  /** The same for the device's own program. */
  webcalUrl: string;
};

/** The page on which a calendar is made and stopped. */
export type FeedPageDto = {
  /** When the present one was made, in words; nothing where there is none. */
  createdOn: string | null;
  /** Where one came from. */
  backHref: string;
  isPractitioner: boolean;
};
