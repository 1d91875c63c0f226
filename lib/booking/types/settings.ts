/** What the clinic decides about booking. */
export type BookingSettings = {
  /** How long a chosen time is held. */
  holdMinutes: number;
  holdsPerVisitorPerHour: number;
  /** Counted only where a trusted proxy says the address. */
  holdsPerAddressPerHour: number;
  /** How long somebody on the waitlist has to take a time that has come free. */
  waitlistOfferMinutes: number;
};
